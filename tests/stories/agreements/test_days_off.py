"""C11: what was agreed or announced for a day without banking is waited for, too.

14 February 2026 is a Saturday: what is sent then moves on Monday, and is seen on Tuesday. 3 and
6 April are Good Friday and Easter Monday, off in Germany.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agreements.plans import PlanState, plan_state
from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType, Outcome
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

BERLIN, LONDON, NEW_YORK, RIYADH = (
    ("Europe/Berlin", "DE"),
    ("Europe/London", "GB"),
    ("America/New_York", "US"),
    ("Asia/Riyadh", "SA"),
)


@pytest.mark.parametrize(
    ("place", "day", "spoken"),
    [
        (BERLIN, "2026-02-12", "2026-02-13"),  # Thursday: the day after, as ever (P52)
        (BERLIN, "2026-02-13", "2026-02-16"),  # Friday: the next day to write is Monday
        (BERLIN, "2026-02-14", "2026-02-17"),
        (BERLIN, "2026-02-15", "2026-02-17"),
        (BERLIN, "2026-02-16", "2026-02-17"),
        (LONDON, "2026-02-14", "2026-02-17"),
        (NEW_YORK, "2026-02-14", "2026-02-18"),  # Presidents' Day is Monday
        (RIYADH, "2026-02-12", "2026-02-15"),  # the weekend is Friday and Saturday
        (RIYADH, "2026-02-13", "2026-02-16"),
    ],
)
def test_a_promise_is_spoken_of_when_money_of_its_day_can_be_seen(
    place: tuple[str, str], day: str, spoken: str
) -> None:
    world = Story(place=place)
    world.says("2026-02-05 12:00", MessageType.PROMISE, day=day)
    world.until("2026-02-20")

    said = [line for line in world.diary if "promise-broken" in line or "cash-only" in line]
    assert [line.split()[0] for line in said] == [spoken, spoken]
    assert state_of(world.case, world.case.promises[0], world.at(spoken)) is PromiseState.BROKEN


@pytest.mark.parametrize(
    ("paid_at", "kept"),
    [
        ("2026-02-14 12:00", True),
        ("2026-02-16 23:59", True),
        ("2026-02-17 00:00", False),
    ],
)
def test_who_pays_on_saturday_and_is_booked_on_monday_kept_to_it(
    paid_at: str, *, kept: bool
) -> None:
    """A promise, an instalment and an offer alike."""
    promise, plan, offer = Story(), Story(), Story()
    promise.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-14")
    plan.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-14", reason="2 weekly")
    offer.says("2026-02-06 10:00", MessageType.SETTLEMENT, "700.00", "2026-02-14")
    for world, sum_ in ((promise, "1000.00"), (plan, "500.00"), (offer, "700.00")):
        world.says(paid_at, MessageType.PAYMENT, sum_)
        world.until("2026-02-17")

    state = state_of(promise.case, promise.case.promises[0], promise.now)
    assert state is (PromiseState.KEPT if kept else PromiseState.KEPT_LATE)
    first = plan.case.plans[0]
    assert plan_state(plan.case, first, first.checks[0]) is PlanState.RUNNING
    assert (plan.case.left_at(first.checks[0]) == 50000) is kept
    assert offer.outcome is (Outcome.PAID if kept else None)


def test_instalments_and_their_cures_that_fall_on_a_saturday_wait_for_monday() -> None:
    """14, 21 and 28 February are Saturdays, and so is the seventh day of the cure."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-14", reason="3 weekly")
    assert "by 2026-02-23, the plan is over" in world.case.plans[0].plan_b.then
    world.until("2026-02-24")

    assert world.since("2026-02-07") == [
        "2026-02-17 remind instalment-1-1-missed",
        "2026-02-24 call_task instalment-1-1-call",
        "2026-02-24 hold_credit cash-only",
        "2026-02-24 remind instalment-1-1-over",
    ]


@pytest.mark.parametrize("grace", [0, 1, 2, 3])
def test_what_was_fixed_for_a_saturday_is_read_back_with_the_grace_that_held(grace: int) -> None:
    """The check of the first instalment is kept; from it the grace of the others is known."""
    rules = replace(standard_policy().agreements, grace_days=grace)
    policy: Policy = replace(standard_policy(), agreements=rules)
    world = Story(policy=policy)
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-14", reason="3 weekly")
    before = world.case.plans[0].checks
    (message,) = world.messages
    assert message.check_at == before[0]

    assert world.until("2026-02-10").case.plans[0].checks == before


def test_over_easter_nobody_is_accused_before_the_banks_have_opened() -> None:
    """Promised for Good Friday: Tuesday is the next banking day, Wednesday the day to speak."""
    world = Story(due="2026-03-27")
    world.says("2026-03-30 10:00", MessageType.PROMISE, day="2026-04-03")
    world.until("2026-04-10")

    assert "2026-04-08 remind promise-broken-1" in world.diary


@pytest.mark.parametrize(
    ("expected", "reminded"),
    [
        ("2026-02-12", "2026-02-13"),
        ("2026-02-13", "2026-02-16"),
        ("2026-02-14", "2026-02-17"),
        ("2026-02-15", "2026-02-17"),
        ("2026-02-16", "2026-02-17"),
    ],
)
def test_money_on_its_way_is_not_missed_before_a_banking_day(expected: str, reminded: str) -> None:
    """A debit announced for a Saturday is booked on Monday."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.IN_FLIGHT, "1000.00", expected)
    world.until("2026-02-20")

    assert world.since("2026-02-06") == [f"{reminded} remind second"]


def test_who_works_at_any_day_waits_for_no_bank() -> None:
    """``bank_day = false``: as a policy says it for its due dates."""
    world = Story(policy=replace(standard_policy(), bank_day=False))
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-14")
    world.until("2026-02-16")

    assert "2026-02-16 remind promise-broken-1" in world.diary
