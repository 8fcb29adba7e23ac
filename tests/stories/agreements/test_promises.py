"""Promises: kept, kept in part, broken, replaced, refused (P50 to P54)."""

from dataclasses import replace

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType, Outcome
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story


def promised(day: str = "2026-02-12", amount: str = "") -> Story:
    """A customer who says on 6 February when they will pay."""
    world = Story()
    assert world.says("2026-02-06 11:00", MessageType.PROMISE, amount, day) == ""
    return world


def test_every_promise_says_when_it_is_checked_and_what_follows() -> None:
    """P51 P53: the Plan B is known when the agreement is made."""
    promise = promised().case.running_promise

    assert promise is not None
    assert promise.plan_b.check_at.isoformat() == "2026-02-12T23:00:00+00:00"
    assert "the same day" in promise.plan_b.then


def test_a_kept_promise_ends_the_story_without_another_word() -> None:
    world = promised()
    world.says("2026-02-12 23:59", MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-02-07") == ["2026-02-12 close close"]
    assert world.outcome is Outcome.PAID


def test_what_was_promised_is_confirmed_in_writing_and_then_nothing_is_said() -> None:
    """P50: once, in the next contact window, with what else is agreed on in the same sitting."""
    world = promised("2026-02-27").until("2026-02-27")

    assert world.since("2026-02-06") == ["2026-02-06 acknowledge agreement-1-confirmed"]
    assert world.deeds[-1].at == world.at("2026-02-06 11:15")
    assert world.deeds[-1].why == "the promise for 2026-02-27 is confirmed in writing"


def test_a_broken_promise_is_spoken_about_the_same_day_and_costs_credit() -> None:
    """P52 P54: it passed at midnight; at nine we write, and deliveries are cash only."""
    world = promised("2026-02-11").until("2026-02-12")

    assert world.since("2026-02-07") == [
        "2026-02-12 call_task agreement-1-call",
        "2026-02-12 hold_credit cash-only",
        "2026-02-12 remind promise-broken-1",
    ]
    first = world.deeds[-3]
    assert first.at.isoformat() == "2026-02-12T08:00:00+00:00"
    assert first.why == "the money promised for 2026-02-11 has not come"


def test_after_a_broken_promise_the_ladder_goes_on_where_it_stood() -> None:
    """Not from the first level, and never two messages within two days."""
    world = promised("2026-02-11").until("2026-03-20")

    assert world.since("2026-02-13") == [
        "2026-02-20 remind second",
        "2026-02-23 call_task call",
        "2026-02-23 notify_sales sales",
        "2026-02-23 demand_letter formal",
        "2026-02-25 hold_credit credit-hold",
        "2026-03-06 demand_letter final",
        "2026-03-17 hand_off plan-b",
    ]


def test_a_promise_that_ends_on_a_friday_is_spoken_about_on_monday() -> None:
    """P52: the first hour at which one may write."""
    world = promised("2026-02-13").until("2026-02-16")

    assert "2026-02-16 remind promise-broken-1" in world.since("2026-02-14")


def test_a_promised_part_that_came_is_kept_and_the_rest_goes_on() -> None:
    """It went on all along: only the 400.00 were held back."""
    world = promised("2026-02-12", "400.00")
    world.says("2026-02-12 18:00", MessageType.PAYMENT, "400.00")
    world.until("2026-02-16")

    assert [line for line in world.since("2026-02-07") if "remind" in line] == [
        "2026-02-09 remind second"
    ]
    promise = world.case.running_promise
    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.KEPT


def test_half_of_what_was_promised_is_a_broken_promise() -> None:
    world = promised("2026-02-12", "400.00")
    world.says("2026-02-12 18:00", MessageType.PAYMENT, "399.50")
    world.until("2026-02-13")

    assert world.since("2026-02-13")[:3] == [
        "2026-02-13 call_task agreement-1-call",
        "2026-02-13 hold_credit cash-only",
        "2026-02-13 remind promise-broken-1",
    ]


def test_money_that_comes_after_the_promised_day_is_late() -> None:
    """The last second of the day counts, the first of the next one does not."""
    world = promised("2026-02-11", "400.00")
    world.says("2026-02-12 00:00", MessageType.PAYMENT, "400.00")
    world.until("2026-02-12")

    assert "2026-02-12 remind promise-broken-1" in world.diary


def test_a_second_promise_takes_the_place_of_the_first() -> None:
    """P32: it is remembered, and a third one is a supervisor's decision."""
    world = promised("2026-02-11")
    assert world.says("2026-02-11 16:00", MessageType.PROMISE, day="2026-02-18") == ""
    world.until("2026-02-18")

    assert world.since("2026-02-06") == [
        "2026-02-06 acknowledge agreement-1-confirmed",
        "2026-02-11 acknowledge agreement-2-confirmed",
    ]

    world.until("2026-02-19")
    assert "2026-02-19 remind promise-broken-2" in world.since("2026-02-19")
    refusal = world.says("2026-02-20", MessageType.PROMISE, day="2026-02-27")
    assert (
        refusal == "2 promises were made before; a supervisor must approve one more (approved_by)"
    )
    assert (
        world.says("2026-02-20", MessageType.PROMISE, day="2026-02-27", approved_by="m.weber") == ""
    )


def test_two_broken_promises_are_spoken_about_twice_and_credit_is_held_once() -> None:
    world = promised("2026-02-10").until("2026-02-11")
    world.says("2026-02-12 10:00", MessageType.PROMISE, day="2026-02-16")
    world.until("2026-02-17")

    assert [line for line in world.diary if "promise" in line or "cash" in line] == [
        "2026-02-11 hold_credit cash-only",
        "2026-02-11 remind promise-broken-1",
        "2026-02-17 remind promise-broken-2",
    ]


def test_cash_only_ends_when_all_is_paid() -> None:
    """P54: no more credit until all is paid."""
    world = promised("2026-02-10").until("2026-02-11")
    world.says("2026-02-12 09:30", MessageType.PAYMENT, "600.00")
    assert world.until("2026-02-12").case.credit_held
    world.says("2026-02-13 08:30", MessageType.PAYMENT, "400.00")
    world.until("2026-02-13")

    assert world.since("2026-02-13") == [
        "2026-02-13 release_credit release_credit",
        "2026-02-13 close close",
    ]


def test_a_payment_that_bounces_before_the_promised_day_leaves_the_promise_running() -> None:
    world = promised("2026-02-20")
    world.says("2026-02-09", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-11", MessageType.PAYMENT_REVERSED)
    world.until("2026-02-20")

    assert world.since("2026-02-07") == ["2026-02-09 close close", "2026-02-11 reopen reopen"]


def test_promises_before_the_due_date_hold_the_reminders_too() -> None:
    world = Story()
    world.says("2026-01-30", MessageType.PROMISE, day="2026-02-10")
    world.until("2026-02-10")

    assert world.since("2026-01-30") == ["2026-01-30 acknowledge agreement-1-confirmed"]


def test_a_promise_made_after_hours_is_confirmed_the_next_morning() -> None:
    """P50: on a Friday evening for Wednesday; on Monday at nine it stands in writing."""
    world = Story()
    world.says("2026-02-06 19:00", MessageType.PROMISE, day="2026-02-11")
    world.until("2026-02-11")

    assert world.since("2026-02-06") == ["2026-02-09 acknowledge agreement-1-confirmed"]


def test_a_promise_that_is_kept_before_it_could_be_confirmed_is_not_confirmed_any_more() -> None:
    world = Story()
    world.says("2026-02-06 19:00", MessageType.PROMISE, "400.00", "2026-02-11")
    world.says("2026-02-07", MessageType.PAYMENT, "400.00")
    world.until("2026-02-09")

    assert "acknowledge" not in str(world.since("2026-02-06"))


def test_a_call_is_asked_for_where_the_ladder_has_none_that_day() -> None:
    """P52: contact and a call on the same day; here deliveries are held already."""
    world = Story().until("2026-02-28")
    world.says("2026-03-02 10:00", MessageType.PROMISE, day="2026-03-04")
    world.until("2026-03-05")

    assert world.since("2026-03-05")[:3] == [
        "2026-03-05 call_task agreement-1-call",
        "2026-03-05 remind promise-broken-1",
    ]


def test_a_friendly_word_before_the_day_where_the_policy_wants_it() -> None:
    """Three days ahead, never within the gap, and never to who has paid."""
    agreements = replace(standard_policy().agreements, remind_before_days=3)
    policy = replace(standard_policy(), agreements=agreements)
    world = Story(policy=policy)
    world.says("2026-02-06 11:00", MessageType.PROMISE, day="2026-02-20")
    world.until("2026-02-20")
    assert world.since("2026-02-07") == ["2026-02-17 remind agreement-1-reminder"]


@pytest.mark.parametrize(
    ("day", "reminder"),
    [
        ("2026-02-09", []),  # three days after the promise: on its very day it would be no help
        ("2026-02-10", ["2026-02-09 remind agreement-1-reminder"]),
        ("2026-02-12", ["2026-02-09 remind agreement-1-reminder"]),
        ("2026-02-13", ["2026-02-10 remind agreement-1-reminder"]),
    ],
)
def test_the_friendly_word_keeps_the_gap_and_comes_before_the_day(
    day: str, reminder: list[str]
) -> None:
    agreements = replace(standard_policy().agreements, remind_before_days=3)
    world = Story(policy=replace(standard_policy(), agreements=agreements, minimum_gap_days=3))
    world.says("2026-02-06 11:00", MessageType.PROMISE, day=day)
    world.until(day)
    assert world.since("2026-02-07") == reminder
