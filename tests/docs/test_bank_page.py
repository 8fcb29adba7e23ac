"""The page about bank statements: its sample is read, and it leaves no state or reason out."""

from __future__ import annotations

import json
import re

import pytest

from activities.ports.bank.store import EntryState
from adapters.bank.bank_files import read_bank_file
from adapters.bank.tables.csv_profile import BANK_COLUMNS, read_profile, shipped_profiles
from domain.bank.matching import MatchReason
from starter.cli.docs import all_commands
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "bank.md").read_text(encoding="utf-8")
INNER = {MatchReason.PERSON, MatchReason.RETURN, MatchReason.NOTHING}


def _block(sort: str) -> str:
    (found,) = re.findall(rf"```{sort}\n(.*?)\n```", PAGE, re.DOTALL)
    return str(found)


@pytest.mark.parametrize(("sort", "which"), [("mt940", "example"), ("csv", "profile")])
def test_the_sample_becomes_what_the_page_says(sort: str, which: str) -> None:
    own = [read_profile("own.toml", _block("toml profile").encode())] if sort == "csv" else []
    (statement,) = read_bank_file("sample", _block(f"{sort} {which}").encode(), own)
    credits_of = {
        one.amount.plain: [one.payer_name, one.text, one.end_to_end]
        for one in statement.entries
        if one.is_credit
    }
    told = {"account": statement.account, "credits": credits_of, "missing": statement.missing}
    assert told == json.loads(_block(f"json {which}"))


def test_the_page_names_every_state_reason_and_verb() -> None:
    named = set(re.findall(r"`([\w-]+)`", PAGE))
    assert {*EntryState} <= named
    assert {*BANK_COLUMNS} <= named
    assert all(one.name.split()[0] in PAGE for one in shipped_profiles())
    assert {*MatchReason} - INNER <= named
    verbs = {words for words, _ in all_commands() if words.startswith("bank ")}
    assert {words for words in verbs if words not in PAGE} == set()
