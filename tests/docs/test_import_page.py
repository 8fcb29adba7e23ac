"""The page about imports: its samples are read, and it leaves no column, meaning or option out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from starter.cli.docs import all_commands
from starter.importing.exports.profiles import profile_names
from starter.importing.exports.reader import read_export
from starter.importing.exports.settling import Meaning
from starter.importing.files.invoices import EXPORT_FIELDS
from starter.importing.files.options import ReadOptions, with_mapping_file
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
SAMPLES: dict[str, str] = dict(re.findall(r"```csv ([\w-]+)\n(.*?)```", PAGE, re.DOTALL))
RESULTS: dict[str, str] = dict(re.findall(r"```json ([\w-]+)\n(.*?)\n```", PAGE, re.DOTALL))
(MAPPING,) = re.findall(r"```toml mapping\n(.*?)```", PAGE, re.DOTALL)
OF_EVERY_COMMAND = {"-o", "--output", "--creditor", "--policy", "--yes", "--country", "--zone"}


def test_every_sample_has_its_result() -> None:
    assert set(SAMPLES) == set(RESULTS)
    assert len(SAMPLES) > 1


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_what_the_page_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(SAMPLES[name], encoding="utf-8")
    found = read_export(path, ReadOptions())
    told: dict[str, Any] = {"opened": {row.number: row.open.plain for row in found.rows}}
    named = [one for one in found.left_out if one.number or "sum" in one.why]
    told["left_out"] = {one.number or "Total": one.why for one in named}
    if found.credits:
        told["credits"] = {one.number: one.amount.plain for one in found.credits}
    assert told == json.loads(RESULTS[name])


def test_the_mapping_file_of_the_page_is_one(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(MAPPING, encoding="utf-8")
    options = with_mapping_file(ReadOptions(), path)
    assert options.meanings == {"In Klärung": "open"}
    content = (
        "Beleg;Kunde;Datum;Fällig;Betrag;Offen;Sachbearbeiter\n"
        "R-1;C1;02.01.2026;01.02.2026;1.190,00;190,00;Eva\n"
    )
    (tmp_path / "in.csv").write_bytes(content.encode("cp1252"))
    found = read_export(tmp_path / "in.csv", options)
    assert [(row.number, row.open.plain) for row in found.rows] == [("R-1", "190.00")]
    assert found.ignored == ("Sachbearbeiter",)


def test_the_page_names_every_column_meaning_and_program() -> None:
    named = set(re.findall(r"`([\w-]+)`", PAGE))
    assert set(EXPORT_FIELDS) <= named
    assert {*Meaning} <= named
    assert set(profile_names()) <= named


def test_the_page_names_every_option_of_the_command() -> None:
    (command,) = [found for words, found in all_commands() if words == "invoice import"]
    options = {parameter.opts[0] for parameter in command.params if parameter.opts[0][0] == "-"}
    assert {option for option in options - OF_EVERY_COMMAND if option not in PAGE} == set()
