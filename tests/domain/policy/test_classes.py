"""A customer's class: plain thresholds over the customer's own history (P31)."""

import pytest

from domain.policy.classes import History, Trend, class_of, describe_history, why_class
from domain.policy.model import ClassRules


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


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (History(), "new: no invoice was settled yet"),
        (
            History(settled=3, late=1, days_late=1),
            "good: 66 % of 3 settled invoices in time, 0.3 days late on average",
        ),
        (
            History(settled=100, late=50, days_late=50),
            "late payer: 50 of 100 settled invoices late; from 50 % on",
        ),
        (
            History(settled=10, late=1, days_late=50),
            "late payer: 5.0 days late on average; from 5 on",
        ),
        (History(broken_promises=2), "risky: 2 broken promises; 2 are enough"),
        (History(handoffs=1), "risky: 1 invoice went to the agency; 1 are enough"),
    ],
)
def test_the_class_says_why(history: History, why: str) -> None:
    """P31: the figure and its threshold, so that anyone can check it."""
    assert why_class(history, ClassRules()) == why
    named = why_class(history, ClassRules()).partition(":")[0].replace(" ", "_")
    assert named == class_of(history, ClassRules())


@pytest.mark.parametrize(
    ("settled", "days", "recent_days", "trend"),
    [
        (3, 30, 30, Trend.UNKNOWN),  # nothing before the last three
        (4, 30, 30, Trend.SLOWER),  # 0 days before, 10 on average since
        (4, 10, 0, Trend.FASTER),
        (6, 12, 8, Trend.SLOWER),  # 4/3 days then, 8/3 now: 1.3 more
        (6, 12, 7, Trend.STEADY),  # 5/3 then, 7/3 now: 0.7 more
        (6, 15, 9, Trend.SLOWER),  # exactly one day more
        (6, 15, 6, Trend.FASTER),  # exactly one day less
    ],
)
def test_the_last_three_invoices_against_those_before_are_the_trend(
    settled: int, days: int, recent_days: int, trend: Trend
) -> None:
    recent = min(3, settled)
    history = History(settled=settled, days_late=days, recent=recent, recent_days_late=recent_days)

    assert history.trend is trend


def test_a_history_is_told_in_a_few_lines() -> None:
    history = History(
        settled=4,
        late=2,
        days_late=30,
        broken_promises=1,
        handoffs=1,
        promises_made=3,
        promises_kept=2,
        disputes=1,
        recent=3,
        recent_days_late=30,
    )

    assert describe_history(history) == (
        "4 invoices settled, 50 % in time, 7.5 days late on average",
        "pays slower than before: is their way of paying changing?",
        "3 promises, 2 kept in time, 1 broken",
        "1 dispute or question",
        "1 invoice went to the agency",
    )
    assert describe_history(History()) == ()
    assert describe_history(History(disputes=2)) == ("2 disputes or questions",)
