"""The 81 cases of a municipality as invoices: part payments, appeals, and a step at 60 days."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from starter.rehearsal import by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart
from tests.rehearsal import stage

# Payable from the day of notification; 60 days later the law doubles the sum.
LADDER = """
name = "fines"
minimum_gap_days = 0
[calendar]
window = "00:00-24:00"
working_days_only = false
[[step]]
id = "sixty-days"
on = "due+60"
do = "demand_letter"
tone = "formal"
[plan_b]
on = "due+365"
do = "hand_off"
"""
UNTIL = date(2015, 12, 31)
EVENTS = {
    "Payment": "payment",
    "Insert Date Appeal to Prefecture": "dispute_opened",
    "Appeal to Judge": "dispute_opened",
    "Receive Result Appeal from Prefecture": "dispute_settled",
}
DISMISSED = {"#", "G"}
"""The prefecture or the judge found for the citizen."""

Row = dict[str, str]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return parse_policy(LADDER.replace('"formal"', '"firm"'))


@pytest.fixture(scope="module")
def cases(shared_data: Path) -> list[Row]:
    """The cases that were notified: an unknown claim is not due, so the other nine are no case."""
    with (shared_data / "fines" / "fines_dev.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 81
    return [row for row in rows if row["notified"]]


@pytest.fixture(scope="module")
def events(shared_data: Path, cases: list[Row]) -> list[Row]:
    known = {row["case_id"] for row in cases}
    with (shared_data / "fines" / "fines_dev_events.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["case_id"] in known]
    return [event for row in rows for event in _said(row)]


@pytest.fixture(scope="module")
def cast(
    cases: list[Row], events: list[Row], policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> list[ScriptPart]:
    folder = tmp_path_factory.mktemp("fines")
    return stage.script(folder, map(_invoice, cases), events, policy, UNTIL)


def _invoice(row: Row) -> Row:
    amount = Decimal(row["amount"]) + Decimal(row["expense"] or 0)
    return {
        "number": row["case_id"],
        "customer": row["case_id"],
        "issued": row["notified"],
        "due": row["notified"],
        "currency": "EUR",
        "amount": f"{amount:.2f}",
        "country": "IT",
        "timezone": "Europe/Rome",
    }


def _said(row: Row) -> list[Row]:
    base = {"at": row["date"], "invoice": row["case_id"]}
    if row["activity"] == "Send Appeal to Prefecture" and row["dismissal"] in DISMISSED:
        return [base | {"event": "withdrawn", "reason": "dismissed"}]
    event = EVENTS.get(row["activity"])
    if event == "payment":
        return [base | {"event": event, "amount": f"{Decimal(row['paymentAmount']):.2f}"}]
    return [base | {"event": event}] if event else []


def _by_case(lines: list[ScriptLine]) -> dict[str, list[ScriptLine]]:
    found = defaultdict(list)
    for line in lines:
        found[line.invoice].append(line)
    return found


def _day(line: ScriptLine) -> date:
    """The day in Rome: its midnight is 22:00 or 23:00 of the day before in UTC."""
    return date.fromisoformat(line.at[:10]) + timedelta(days=line.at[11:13] in {"22", "23"})


def _is_open_and_undisputed(part: ScriptPart, day: date) -> bool:
    start = part.calendar.start_of(day)
    said = [event for event in part.events if event.at <= start]
    appeals = sum(event.kind == "dispute_opened" for event in said)
    settled = sum(event.kind == "dispute_settled" for event in said)
    gone = any(event.kind == "withdrawn" for event in said)
    paid = sum(event.amount.minor for event in said if event.amount)
    return paid < part.invoice.amount.minor and appeals <= settled and not gone


def test_the_step_falls_on_the_60th_day_where_the_claim_stands(
    cases: list[Row], cast: list[ScriptPart], policy: Policy
) -> None:
    lines = _by_case(by_rules.rehearse_by_rules(cast, policy))
    penalty = {row["case_id"]: date.fromisoformat(row["penalty_date"]) for row in cases}
    due_on_the_day = [p for p in cast if _is_open_and_undisputed(p, penalty[p.number])]

    assert len(due_on_the_day) > 30
    for part in due_on_the_day:
        sent = [_day(line) for line in lines[part.number] if line.deed == ActionType.DEMAND_LETTER]
        assert sent == [penalty[part.number]], part.number


def test_nobody_is_written_to_during_an_appeal_or_after_payment(
    cast: list[ScriptPart], policy: Policy
) -> None:
    """P41, and the first promise of all."""
    parts = {part.number: part for part in cast}
    written = [
        line
        for line in by_rules.rehearse_by_rules(cast, policy)
        if line.deed in MESSAGES_TO_DEBTOR or line.deed == ActionType.HAND_OFF
    ]

    assert written
    assert all(_is_open_and_undisputed(parts[line.invoice], _day(line)) for line in written)


@pytest.mark.timeout(300)
def test_real_workflows_do_the_same(cast: list[ScriptPart], policy: Policy) -> None:
    some = [part for number, part in enumerate(cast) if number % 4 == 0]
    rules, temporal = stage.both(some, policy)

    assert stage.differences(rules, temporal) == []
