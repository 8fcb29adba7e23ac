"""The opening of a window is spread: each customer has an instant of its own, within the window."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import Calendar
from domain.case.facts import Action
from domain.contact.spreading import opening_for
from domain.decision.bundling import spread_out
from domain.message_types import ActionType
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

DAY = date(2026, 3, 2)
BERLIN = Calendar("Europe/Berlin", "DE")
NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def policy(minutes: int) -> Policy:
    standard = standard_policy()
    return replace(standard, contact=replace(standard.contact, spread_minutes=minutes))


def test_ten_thousand_customers_come_evenly_over_the_minutes() -> None:
    seconds = Counter(
        (opening_for(f"acme/C-{n}", BERLIN, DAY, 20) - NINE).total_seconds() for n in range(10_000)
    )
    assert min(seconds) >= 0
    assert max(seconds) < 20 * 60
    assert len(seconds) > 1_100, "nearly every second has somebody"
    assert max(seconds.values()) < 30, "and none of them very many"


def test_a_customer_has_the_same_instant_on_every_day_and_for_ever() -> None:
    """In every process and every version: a plan that was shown is kept."""
    first = [opening_for("acme/C-1", BERLIN, DAY, 20), opening_for("acme/C-2", BERLIN, DAY, 20)]
    later = opening_for("acme/C-1", BERLIN, DAY + timedelta(days=1), 20)
    assert [at.isoformat() for at in first] == [
        "2026-03-02T08:08:09+00:00",
        "2026-03-02T08:19:31+00:00",
    ]
    assert later == first[0] + timedelta(days=1)


@pytest.mark.parametrize("customer", [f"acme/C-{n}" for n in range(50)])
def test_nobody_is_moved_past_the_end_of_a_short_window(customer: str) -> None:
    short = replace(BERLIN, opens=9 * 60, closes=9 * 60 + 15)
    assert NINE <= opening_for(customer, short, DAY, 240) < NINE + 15 * MINUTE


@pytest.mark.parametrize(
    ("do", "at", "minutes", "moves"),
    [
        (ActionType.REMIND, NINE, 20, True),
        (ActionType.CALL_TASK, NINE, 20, True),
        (ActionType.HAND_OFF, NINE, 20, True),
        (ActionType.HOLD_CREDIT, NINE, 20, True),
        (ActionType.ASK_PERSON, NINE, 20, True),
        (ActionType.RECALL, NINE, 20, False),
        (ActionType.RELEASE_CREDIT, NINE, 20, False),
        (ActionType.REMIND, NINE + MINUTE, 20, False),  # no opening: somebody chose that instant
        (ActionType.REMIND, None, 20, False),
        (ActionType.REMIND, NINE, 0, False),
    ],
)
def test_what_is_planned_for_an_opening_is_spread(
    do: ActionType, at: datetime | None, minutes: int, moves: bool
) -> None:
    facts = Story(due="2026-02-27").facts
    action = Action(do=do, at=at, why="due+3")
    assert (spread_out(action, facts, policy(minutes)) != action) is moves
