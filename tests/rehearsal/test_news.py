"""Bounces, answers and silence rehearsed: both engines go the same ways on the same days."""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import parse_policy
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError
from starter.importing.files.rehearsal import read_events, read_rehearsal_invoices
from starter.rehearsal import by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart
from tests.rehearsal import stage

POLICY = parse_policy(
    """
name = "news"
[contact]
silence_days = 10
bundle_days = 2
[[step]]
id = "confirm-receipt"
on = "issued+3"
do = "confirm"
channels = ["email", "sms"]
[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email", "sms", "voice"]
[[step]]
id = "second"
on = "due+6"
do = "remind"
channels = ["email", "sms"]
[[step]]
id = "call"
on = "due+8"
do = "call_task"
[[step]]
id = "formal"
on = "due+15"
do = "demand_letter"
channels = ["email", "sms"]
deadline_days = 10
[plan_b]
on = "deadline+1"
do = "hand_off"
"""
)
UNTIL = date(2026, 4, 30)
INVOICES = [
    {"number": "01", "customer": "bounces", "due": "2026-02-04"},
    {"number": "02", "customer": "bounces", "due": "2026-02-05"},
    {"number": "03", "customer": "silent", "due": "2026-02-04"},
    {"number": "04", "customer": "answers", "due": "2026-02-04"},
    {"number": "05", "customer": "full", "due": "2026-02-04"},
    {"number": "06", "customer": "nowhere", "due": "2026-02-04", "email": "x@b.example"},
    {"number": "07", "customer": "known", "due": "2026-02-04"},
]
EVENTS = [
    ("2026-02-05T10:30:00Z", "01", "bounced", "email"),
    ("2026-02-05T10:31:00Z", "02", "bounced", "email"),
    ("2026-01-09T10:00:00Z", "04", "delivered", "email"),
    ("2026-02-06T15:00:00Z", "04", "replied", "email"),
    ("2026-02-07T15:00:00Z", "04", "replied", "email"),
    ("2026-02-20T08:00:00Z", "04", "opened", "email"),
    ("2026-02-05T12:00:00Z", "05", "unreached", "email"),
    ("2026-02-06T14:00:00Z", "05", "unreached", "sms"),
    ("2026-02-09T14:00:00Z", "05", "unreached", "voice"),
    ("2026-01-08T14:00:00Z", "06", "bounced", ""),
    ("2026-01-07T14:00:00Z", "07", "confirmed", ""),
    ("2026-02-12T14:00:00Z", "07", "opt_out", "sms"),
]


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> list[ScriptPart]:
    """The parts of the rehearsal."""
    plain = {"issued": "2026-01-05", "currency": "EUR", "amount": "100.00", "phone": "+4930901820"}
    plain |= {"email": "ap@b.example", "country": "DE", "timezone": "Europe/Berlin"}
    rows = [{**plain, **row} for row in INVOICES]
    rows[5]["phone"] = ""
    names = ("at", "invoice", "event", "reason")
    said = [dict(zip(names, event, strict=True)) for event in EVENTS]
    return stage.script(tmp_path_factory.mktemp("news"), rows, said, POLICY, UNTIL)


def ways(lines: list[ScriptLine], number: str) -> list[str]:
    """What was said about an invoice, on which day and which way."""
    mine = (line for line in lines if line.invoice == number and line.channel)
    return [f"{line.at[:10]} {line.step} {line.channel}" for line in mine]


def test_what_comes_back_goes_another_way_and_silence_changes_it(cast: list[ScriptPart]) -> None:
    """P14 P02: as the events of each customer say."""
    told = by_rules.rehearse_by_rules(cast, POLICY)

    assert ways(told, "01")[1:4] == [
        "2026-02-05 polite email",
        "2026-02-05 polite~2 sms",
        "2026-02-09 second sms",
    ]
    assert ways(told, "02")[1:3] == ["2026-02-09 polite sms", "2026-02-12 second sms"]
    assert ways(told, "03")[-1] == "2026-02-19 formal sms"
    assert ways(told, "04")[2:] == ["2026-02-10 second email", "2026-02-19 formal email"]
    assert ways(told, "05")[1:5] == [
        "2026-02-05 polite email",
        "2026-02-05 polite~2 sms",
        "2026-02-06 polite~3 voice",
        "2026-02-12 second email",
    ]
    assert [f"{x.at[:10]} {x.step}" for x in told if x.invoice == "06"][:2] == [
        "2026-01-08 confirm-receipt",
        "2026-01-08 unreached",
    ]
    assert not [line for line in told if line.invoice == "07" and line.deed == "confirm"]


def test_both_engines_tell_the_same(cast: list[ScriptPart]) -> None:
    rules, real = stage.both(cast, POLICY)

    assert not stage.differences(rules, real)


def test_an_event_about_a_channel_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    invoices = tmp_path / "invoices.csv"
    invoices.write_text(
        "number,customer,issued,due,currency,amount\n1,C,2026-01-05,2026-02-04,EUR,1.00\n"
    )
    events = tmp_path / "events.csv"
    events.write_text("at,invoice,event,reason\n2026-01-08,1,bounced,fax\n")
    rows = read_rehearsal_invoices(invoices, ReadOptions())

    with pytest.raises(FileError, match="'fax' is no channel; write one of email, sms, voice"):
        read_events(events, rows, ReadOptions())
