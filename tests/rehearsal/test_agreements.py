"""Agreements rehearsed: promises, plans and offers give the same lines by both engines."""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import standard_policy
from tests.rehearsal import stage

INVOICE = {"issued": "2026-01-05", "due": "2026-02-04", "currency": "EUR", "amount": "1000.00"}
PLACE = {"country": "DE", "timezone": "Europe/Berlin"}
EVENTS = [
    ("2026-02-06", "1", "promise", "", "2026-02-11", ""),
    ("2026-02-06", "2", "payment", "300.00", "", ""),
    ("2026-02-06", "2", "plan_agreed", "", "2026-02-27", "2 monthly"),
    ("2026-02-27", "2", "payment", "350.00", "", ""),
    ("2026-02-06", "3", "settlement", "700.00", "2026-02-20", ""),
    ("2026-02-06", "3", "payment", "700.00", "", ""),  # that very day: it settles it
    ("2026-02-06", "4", "settlement", "700.00", "2026-02-20", ""),
    ("2026-02-06", "5", "plan_agreed", "", "2026-02-13", "4 weekly"),
    ("2026-02-20", "5", "plan_ended", "", "", ""),
]


@pytest.mark.timeout(200)
def test_both_engines_tell_the_same_of_promises_plans_and_offers(tmp_path: Path) -> None:
    invoices = [INVOICE | PLACE | {"number": n, "customer": f"C{n}"} for n in "12345"]
    names = ("at", "invoice", "event", "amount", "date", "reason")
    events = [dict(zip(names, event, strict=True)) for event in EVENTS]
    policy = standard_policy()
    cast = stage.script(tmp_path, invoices, events, policy, date(2026, 5, 31))
    rules, temporal = stage.both(cast, policy)

    assert stage.differences(rules, temporal) == []
    told = {number: [line for line in rules if line.invoice == number] for number in "12345"}
    assert "promise-broken-1" in [line.step for line in told["1"]]
    assert "instalment-1-2-over" in [line.step for line in told["2"]]
    assert (told["3"][-1].deed, told["3"][-1].outcome) == ("close", "paid")
    assert [line.deed for line in told["4"]].count("acknowledge") == 1
    assert {line.outcome for line in told["4"][-1:]} == {"with_agency"}
