"""One customer with several invoices, rehearsed: one voice, and the same lines by both engines."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from domain.message_types import MESSAGES_TO_DEBTOR
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from starter.rehearsal import by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart
from tests.rehearsal import stage

LADDER = """
name = "one voice"
minimum_gap_days = 2
[contact]
messages_per_week = 2
bundle_days = 2
[[step]]
id = "before"
on = "due-3"
do = "remind"
channels = ["sms", "email"]
tone = "warm"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email"]
[[step]]
id = "call"
on = "due+4"
do = "call_task"
[[step]]
id = "second"
on = "due+7"
do = "remind"
channels = ["email", "sms"]
tone = "clear"
deadline_days = 5
[[step]]
id = "letter"
on = "previous+9"
do = "demand_letter"
channels = ["email"]
tone = "firm"
deadline_days = 10
[plan_b]
on = "deadline+1"
do = "hand_off"
"""
PLACE = {"country": "DE", "timezone": "Europe/Berlin", "currency": "EUR"}
UNTIL = date(2026, 5, 31)
WEEK = timedelta(days=7)

# One customer whose invoices fall due a few days apart, and one with a single invoice beside it.
INVOICES = [
    ("01", "many", "2026-01-07", "2026-02-04"),
    ("02", "many", "2026-01-08", "2026-02-05"),
    ("03", "many", "2026-01-09", "2026-02-05"),
    ("04", "many", "2026-01-12", "2026-02-11"),
    ("05", "many", "2026-01-15", "2026-02-16"),
    ("06", "many", "2026-02-02", "2026-03-02"),
    ("07", "alone", "2026-01-08", "2026-02-05"),
]
EVENTS = [
    ("2026-02-10T08:30:00Z", "02", "payment", "100.00", "", ""),
    ("2026-02-12T10:00:00Z", "03", "call_result", "", "", "no_answer"),
    ("2026-02-17T13:20:00Z", "04", "call_result", "", "", "reached"),
    ("2026-02-20T09:00:00Z", "05", "promise", "", "2026-02-25", ""),
    ("2026-02-24T12:00:00Z", "01", "dispute_opened", "", "", "goods"),
    ("2026-03-06T12:00:00Z", "01", "dispute_settled", "", "", ""),
    ("2026-03-11T12:00:00Z", "03", "opt_out", "", "", "email"),
    ("2026-03-20", "04", "pause", "", "2026-03-30", ""),
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return parse_policy(LADDER)


@pytest.fixture(scope="module")
def cast(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> list[ScriptPart]:
    names = ("number", "customer", "issued", "due")
    rows = [dict(zip(names, row, strict=True), amount="100.00", **PLACE) for row in INVOICES]
    said = ("at", "invoice", "event", "amount", "date", "reason")
    events = [dict(zip(said, row, strict=True)) for row in EVENTS]
    return stage.script(tmp_path_factory.mktemp("voice"), rows, events, policy, UNTIL)


@pytest.fixture(scope="module")
def lines(cast: list[ScriptPart], policy: Policy) -> list[ScriptLine]:
    return by_rules.rehearse_by_rules(cast, policy)


def _messages(lines: list[ScriptLine], customer: str) -> dict[datetime, list[ScriptLine]]:
    """What a customer was sent, by instant: the lines of one instant are one message."""
    mine = {number for number, whose, *_ in INVOICES if whose == customer}
    found = defaultdict(list)
    for line in lines:
        if line.invoice in mine and line.deed in MESSAGES_TO_DEBTOR:
            found[datetime.fromisoformat(line.at)].append(line)
    return found


def test_in_no_seven_days_does_a_customer_hear_from_us_more_often_than_the_policy_says(
    lines: list[ScriptLine],
) -> None:
    """B4, recounted over all invoices; a confirmation answers the customer and is not held back."""
    sent = _messages(lines, "many")
    ours = [at for at, said in sent.items() if said[0].deed != "acknowledge"]

    assert len(ours) > 7
    assert all(sum(at - WEEK < other <= at for other in sent) <= 2 for at in ours)


def test_messages_about_all_invoices_keep_the_gap_and_a_conversation_is_followed_by_quiet(
    lines: list[ScriptLine],
) -> None:
    sent = sorted(_messages(lines, "many"))
    talk = datetime.fromisoformat("2026-02-17T13:20:00+00:00")

    assert not [at for at in sent if talk < at < talk + timedelta(days=2)]
    for before, after in pairwise(sent):
        broken = any("promise-broken" in str(one.step) for one in _messages(lines, "many")[after])
        kind = {one.deed for one in _messages(lines, "many")[after]}
        if not broken and kind != {"acknowledge"}:
            assert (after.date() - before.date()).days >= 2


def test_what_is_due_together_is_said_together(lines: list[ScriptLine]) -> None:
    together = [said for said in _messages(lines, "many").values() if len(said) > 1]

    assert len(together) >= 4
    assert any("brought forward" in str(line.why) for said in together for line in said)
    assert all(len({line.channel for line in said}) == 1 for said in together)


def test_who_opts_out_of_mail_hears_by_sms_about_every_invoice(lines: list[ScriptLine]) -> None:
    after = [
        line
        for at, said in _messages(lines, "many").items()
        for line in said
        if at > datetime.fromisoformat("2026-03-11T12:00:00+00:00")
    ]

    assert {line.channel for line in after} <= {"sms"}


def test_another_customer_is_not_touched_by_any_of_it(
    lines: list[ScriptLine], cast: list[ScriptPart], policy: Policy
) -> None:
    alone = [part for part in cast if part.number == "07"]

    assert [line for line in lines if line.invoice == "07"] == by_rules.rehearse_by_rules(
        alone, policy
    )


def test_no_step_is_said_twice(lines: list[ScriptLine]) -> None:
    steps = Counter((line.invoice, line.step) for line in lines if line.step)

    assert max(steps.values()) == 1


@pytest.mark.timeout(300)
def test_both_engines_tell_the_same(cast: list[ScriptPart], policy: Policy) -> None:
    rules, temporal = stage.both(cast, policy)

    assert stage.differences(rules, temporal) == []
    assert rules == temporal
