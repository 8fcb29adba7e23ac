"""A rate that becomes known later, rehearsed: both engines share out the money alike."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from domain.interest.added_rates import AddedRate
from domain.policy.policy_file import parse_policy
from starter.rehearsal import by_rules, by_temporal
from tests.rehearsal.stage import differences, event, invoice, script

POLICY = parse_policy(
    """
name = "past the table"
[[step]]
id = "first"
on = "due+7"
do = "remind"
[plan_b]
on = "due+120"
do = "ask_person"
[charges]
interest = "law"
jurisdiction = "DE"
confirmed_by = "J. Doe, 2026-01-02"
order = ["interest", "costs", "principal"]
"""
)
KNOWN = AddedRate(
    jurisdiction="DE",
    start=date(2026, 7, 1),
    percent=Decimal("1.52"),
    source="Bundesbank",
    added_by="anna",
    added_at=datetime(2026, 8, 3, 9, tzinfo=UTC),
    confirmed_by="ben",
    confirmed_at=datetime(2026, 8, 10, 9, tzinfo=UTC),
)


def test_both_engines_count_a_rate_from_the_day_on_which_it_became_known(tmp_path: Path) -> None:
    """Before the tenth of August 1,005.63 settle it; after it interest of July is owed, too."""
    numbers = {"before": "2026-07-20", "after": "2026-08-12"}
    rows = [invoice(one, issued="2026-05-11", due="2026-06-10") for one in numbers]
    events = [event(f"{day}T12:00:00Z", one, "payment", "1005.63") for one, day in numbers.items()]
    cast = script(tmp_path, rows, events, POLICY, date(2026, 9, 15))
    rules = by_rules.rehearse_by_rules(cast, POLICY, rates=(KNOWN,))
    real = by_temporal.rehearse_by_temporal(cast, POLICY, rates=(KNOWN,))
    last = {line.invoice: (line.open, line.outcome) for line in rules}

    assert differences(rules, real) == []
    # 1000 x 10.52 % x 42 / 365 = 12.10 of the payment are interest, and so much stays open.
    assert last == {"before": ("0.00", "paid"), "after": ("12.10", "open")}
    unknown = by_rules.rehearse_by_rules(cast, POLICY, rates=(replace(KNOWN, confirmed_at=None),))
    assert {line.outcome for line in unknown if line.invoice == "after"} >= {"paid"}
