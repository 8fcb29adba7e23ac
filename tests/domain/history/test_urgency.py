"""The points of a customer: what each reason gives, at its limits, and as a policy weighs it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.history.urgency import UrgencyFacts, urgency
from domain.money import Money
from domain.policy.policy_file import parse_policy, shipped_policies, shipped_policy_text
from domain.policy.work_order import WorkOrder

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATE: dict[str, Any] = {"overdue": (Money(100_00, "EUR"),)}


@pytest.mark.parametrize(
    ("facts", "part", "points"),
    [
        ({"overdue": (Money(49_99, "EUR"),)}, "money", 0),
        ({"overdue": (Money(50_00, "EUR"),)}, "money", 4),
        ({"overdue": (Money(99_99, "EUR"),)}, "money", 4),
        ({"overdue": (Money(100_00, "EUR"),)}, "money", 8),
        ({"overdue": (Money(100, "JPY"),)}, "money", 8),
        ({"overdue": (Money(50_00, "EUR"), Money(200_00, "USD"))}, "money", 12),
        ({"overdue": (Money(10**12, "EUR"),)}, "money", 40),
        (LATE | {"days": 2}, "days", 0),
        (LATE | {"days": 3}, "days", 1),
        (LATE | {"days": 400}, "days", 30),
        ({"days": 400}, "days", 0),
        (LATE | {"broken": 2}, "promises", 20),
        (LATE | {"broken": 9}, "promises", 30),
        (LATE | {"customer_class": "good"}, "by_class", -5),
        ({"call_at": NOW}, "work", 40),
        ({"call_at": NOW + timedelta(seconds=1)}, "work", 0),
        ({"call_at": NOW, "task_at": NOW, "passed_on": True}, "work", 50),
    ],
)
def test_each_reason_gives_its_points(facts: dict[str, Any], part: str, points: int) -> None:
    assert getattr(urgency(UrgencyFacts(**facts), NOW), part) == points


def test_a_policy_weighs_the_reasons_otherwise() -> None:
    text = shipped_policy_text("standard") + "\n[today]\ncall = 1\nbroken_promise = 25\ngood = 0\n"
    order = parse_policy(text).work_order
    known = UrgencyFacts(**LATE, broken=1, customer_class="good", call_at=NOW)
    found = urgency(known, NOW, order)

    assert order == WorkOrder(call=1, broken_promise=25, good=0)
    assert (found.work, found.promises, found.by_class, found.money) == (1, 25, 0, 8)
    assert shipped_policies("standard").work_order == WorkOrder()
