"""Small files of faults that others found: whatever a folder holds, both engines print the same.

A folder can be played that has both files; its last day stands in the table beside the folders.
"""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from starter.cli.main import app

FILES = ("invoices.csv", "events.csv")
ROW = re.compile(r"^\| (?P<folder>\S+) \| (?P<until>\d{4}-\d\d-\d\d)", re.MULTILINE)
"""A line of the table: the folder, and the day up to which it is played."""

LINES = {
    "02-money-back": "renewed-money-back",
    "03-one-ore": "small-rest",
    "04-rest-below-tolerance": "small-rest",
    "05-due-date-moved": "release_credit",
    "07-one-call-per-invoice": "one call about 3 invoices",
}
"""What each must at least say, so that nothing is compared with nothing."""


def _printed(folder: Path, until: str, engine: str) -> bytes:
    """What the command prints, byte for byte."""
    invoices, events = (str(folder / name) for name in FILES)
    told = ["rehearse", "--invoices", invoices, "--events", events, "--until", until]
    done = CliRunner().invoke(app, [*told, "--engine", engine, "-o", "jsonl"])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


@pytest.fixture(scope="module")
def folders(shared_data: Path) -> dict[Path, str]:
    """The folders that can be played, with their last days."""
    table = shared_data / "faults" / "README.md"
    if not table.is_file():
        pytest.skip(f"no table of faults at {table}; set AMICABLE_SHARED_DATA")
    rows = ROW.finditer(table.read_text(encoding="utf-8"))
    found = {shared_data / "faults" / row["folder"]: row["until"] for row in rows}
    return {
        folder: until
        for folder, until in found.items()
        if all((folder / name).is_file() for name in FILES)
    }


@pytest.mark.timeout(900)
def test_both_engines_print_the_same_bytes_for_every_folder(folders: dict[Path, str]) -> None:
    assert {folder.name for folder in folders} >= set(LINES)
    for folder, until in folders.items():
        rules = _printed(folder, until, "rules")

        assert LINES.get(folder.name, "").encode() in rules, folder.name
        assert _printed(folder, until, "temporal") == rules, folder.name
