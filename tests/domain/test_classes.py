"""A customer's class: plain thresholds over the customer's own history (P31)."""

import pytest

from domain.classes import History, class_of
from domain.policy import ClassRules


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (History(), "new"),
        (History(settled=1), "good"),
        (History(settled=100, late=49, days_late=49), "good"),
        (History(settled=100, late=50, days_late=50), "late_payer"),  # half of them, from 50 %
        (History(settled=100, late=51, days_late=51), "late_payer"),
        (History(settled=10, late=1, days_late=49), "good"),  # 4.9 days on average
        (History(settled=10, late=1, days_late=50), "late_payer"),  # 5.0
        (History(settled=10, late=1, days_late=51), "late_payer"),
        (History(broken_promises=1), "new"),
        (History(broken_promises=2), "risky"),
        (History(broken_promises=3), "risky"),
        (History(settled=10, handoffs=0), "good"),
        (History(settled=10, handoffs=1), "risky"),
        (History(settled=10, late=10, days_late=100, handoffs=1), "risky"),
    ],
)
def test_the_class_follows_from_the_history(history: History, expected: str) -> None:
    assert class_of(history, ClassRules()) == expected
