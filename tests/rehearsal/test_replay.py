"""Real histories replayed: the reminders and handoffs that others counted, by both engines."""

import csv
import os
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from domain.message_types import ActionType
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from starter.rehearsal import by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart
from tests.rehearsal import stage

# The policy of the data's own README: due+7/+14/+30 at any hour of any day, then an agency.
LADDER = """
name = "ladder"
minimum_gap_days = 0
[calendar]
window = "00:00-24:00"
working_days_only = false
[[step]]
id = "first"
on = "due+7"
do = "remind"
[[step]]
id = "second"
on = "due+14"
do = "remind"
[[step]]
id = "third"
on = "due+30"
do = "remind"
[plan_b]
on = "due+45"
do = "hand_off"
"""
UNTIL = date(2030, 12, 31)
SOAK = bool(os.environ.get("AMICABLE_SOAK"))

Row = dict[str, str]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return parse_policy(LADDER)


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Row]:
    """The file's rows; one number stands twice and one amount has a third decimal."""
    with (shared_data / "receivables" / "replay_dev_150.csv").open(encoding="utf-8") as file:
        return [row | {"number": f"{n:03}"} for n, row in enumerate(csv.DictReader(file), 1)]


@pytest.fixture(scope="module")
def cast(
    rows: list[Row], policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> list[ScriptPart]:
    folder = tmp_path_factory.mktemp("replay")
    return stage.script(folder, map(_invoice, rows), filter(None, map(_paid, rows)), policy, UNTIL)


def _invoice(row: Row) -> Row:
    return {
        "number": row["number"],
        "customer": row["customer_id"],
        "issued": row["issued"],
        "due": row["due"],
        "currency": row["currency"] or "USD",
        "amount": _cents(row["amount"]),
    }


def _paid(row: Row) -> Row | None:
    if not row["paid_on"]:
        return None
    amount = _cents(row["paid_amount"])
    return {"at": row["paid_on"], "invoice": row["number"], "event": "payment", "amount": amount}


def _cents(text: str) -> str:
    return str(Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _counts(lines: list[ScriptLine], rows: list[Row]) -> dict[str, tuple[int, int]]:
    """Reminders and handoffs before the payment, by invoice."""
    paid = {row["number"]: row["paid_on"] or "9999" for row in rows}
    before = [line for line in lines if line.at[:10] < paid[line.invoice]]
    reminders = Counter(line.invoice for line in before if line.deed == ActionType.REMIND)
    gone = Counter(line.invoice for line in before if line.deed == ActionType.HAND_OFF)
    return {number: (reminders[number], gone[number]) for number in paid}


def _expected(rows: list[Row]) -> dict[str, tuple[int, int]]:
    return {
        row["number"]: (
            int(row["A_reminders_before_payment"]),
            int(row["A_agency_before_payment"]),
        )
        for row in rows
        if row["A_boundary"] == "0"
    }


def test_reminders_and_handoffs_equal_the_counts_of_others(
    cast: list[ScriptPart], rows: list[Row], policy: Policy
) -> None:
    found = _counts(by_rules.rehearse_by_rules(cast, policy), rows)
    expected = _expected(rows)

    assert len(expected) == 145
    assert {number: found[number] for number in expected} == expected


def test_a_payment_on_a_step_day_comes_before_the_step(
    cast: list[ScriptPart], rows: list[Row], policy: Policy
) -> None:
    """A bare date means 00:00, and events at an instant precede the deeds at it."""
    found = _counts(by_rules.rehearse_by_rules(cast, policy), rows)
    on_the_day = [row for row in rows if row["A_boundary"] == "1"]

    assert on_the_day
    for row in on_the_day:
        late = int(row["days_late"])
        assert found[row["number"]][0] == sum(late > step for step in (7, 14, 30)), row


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_real_workflows_do_the_same_deeds_at_the_same_instants(
    cast: list[ScriptPart], policy: Policy
) -> None:
    """Of each third invoice here, of all of them in `make soak`."""
    rules, temporal = stage.both(cast[:: 1 if SOAK else 3], policy)

    assert stage.differences(rules, temporal) == []
    assert rules == temporal
