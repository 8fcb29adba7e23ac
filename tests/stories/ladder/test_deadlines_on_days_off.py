"""A letter's deadline on a day off: nothing follows before a payment of that day can be seen.

14 March 2026 is a Saturday: what is sent then moves on Monday (BGB § 193), and is seen on Tuesday.
3 and 6 April are Good Friday and Easter Monday, off in Germany.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.message_types import MessageType, Outcome
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

BERLIN, LONDON, NEW_YORK, RIYADH = (
    ("Europe/Berlin", "DE"),
    ("Europe/London", "GB"),
    ("America/New_York", "US"),
    ("Asia/Riyadh", "SA"),
)

PRESSED_AFTER = """
name = "pressed-after-the-deadline"
[[step]]
id = "first"
on = "due+1"
do = "remind"
channels = ["email"]
tone = "clear"
deadline_days = DAYS
[[step]]
id = "call"
on = "deadline+1"
do = "call_task"
[[step]]
id = "hold"
on = "deadline+1"
do = "hold_credit"
[[step]]
id = "second"
on = "deadline+1"
do = "demand_letter"
channels = ["email"]
tone = "final"
deadline_days = 10
[plan_b]
on = "deadline+1"
do = "hand_off"
"""


@pytest.mark.parametrize(
    ("due", "deadline", "handed_over"),
    [
        ("2026-01-30", "2026-03-12", "2026-03-13"),  # Thursday: the day after, as ever
        ("2026-02-02", "2026-03-14", "2026-03-17"),  # Saturday
        ("2026-02-03", "2026-03-15", "2026-03-17"),  # Sunday
        ("2026-02-04", "2026-03-16", "2026-03-17"),  # Monday
        ("2026-02-24", "2026-04-05", "2026-04-08"),  # Easter Sunday
    ],
)
def test_nobody_is_handed_over_before_the_money_of_the_last_day_can_be_seen(
    due: str, deadline: str, handed_over: str
) -> None:
    """A1: who pays on a Sunday, the last day, is not with the agency on Monday morning."""
    world = Story(due=due).until("2026-04-30")
    final = next(deed for deed in world.deeds if deed.step == "final")

    assert str(final.deadline) == deadline
    assert [line for line in world.diary if "plan-b" in line] == [f"{handed_over} hand_off plan-b"]


@pytest.mark.parametrize(
    ("booked", "handed_over"),
    [("2026-03-13 12:00", False), ("2026-03-16 12:00", False), ("2026-03-17 12:00", True)],
)
def test_who_pays_on_the_saturday_and_is_booked_on_monday_paid_in_time(
    booked: str, *, handed_over: bool
) -> None:
    world = Story(due="2026-02-02")
    world.says(booked, MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert ("2026-03-17 hand_off plan-b" in world.diary) is handed_over
    assert world.outcome is Outcome.PAID


@pytest.mark.parametrize(
    ("place", "day", "handed_over"),
    [
        (BERLIN, "2026-02-13", "2026-02-16"),  # Friday
        (BERLIN, "2026-02-14", "2026-02-17"),
        (LONDON, "2026-02-14", "2026-02-17"),
        (NEW_YORK, "2026-02-14", "2026-02-18"),  # Presidents' Day is Monday
        (RIYADH, "2026-02-12", "2026-02-15"),  # the weekend is Friday and Saturday
        (RIYADH, "2026-02-13", "2026-02-16"),
    ],
)
def test_the_days_off_are_those_of_the_customers_country(
    place: tuple[str, str], day: str, handed_over: str
) -> None:
    """The final demand was said elsewhere, ten days before that day."""
    said = {"2026-02-12": "2026-02-02", "2026-02-13": "2026-02-03", "2026-02-14": "2026-02-04"}
    world = Story(issued="2025-11-07", due="2025-12-07", opened="2026-02-05", place=place)
    world.says("2026-02-05", MessageType.REMINDED_ELSEWHERE, day=said[day], ref="final")
    world.until("2026-02-28")

    assert world.diary == [f"{handed_over} hand_off plan-b"]


@pytest.mark.parametrize(
    ("days", "deadline", "after"),
    [
        (8, "2026-02-13", "2026-02-16"),
        (9, "2026-02-14", "2026-02-17"),
        (10, "2026-02-15", "2026-02-17"),
        (11, "2026-02-16", "2026-02-17"),
    ],
)
def test_calls_holds_and_letters_that_follow_a_deadline_wait_as_long(
    days: int, deadline: str, after: str
) -> None:
    policy = parse_policy(PRESSED_AFTER.replace("DAYS", str(days)))
    world = Story(policy=policy).until("2026-02-05")
    assert str(world.case.deeds[0].deadline) == deadline
    world.until("2026-02-20")

    assert world.since("2026-02-06") == [
        f"{after} call_task call",
        f"{after} hold_credit hold",
        f"{after} demand_letter second",
    ]


def test_a_call_tells_that_a_deadline_is_waited_for() -> None:
    world = Story(policy=parse_policy(PRESSED_AFTER.replace("DAYS", "9"))).until("2026-02-05")

    assert world.next.step == "call"
    assert world.next.why == "deadline+1 is 2026-02-15; the deadline of 2026-02-14 is waited for"


def test_a_plan_b_on_a_fixed_day_is_demanded_early_enough_for_a_weekend_deadline() -> None:
    """Plan B is on Monday, 2 March: a deadline on that Sunday would be over on Tuesday only."""
    text = PRESSED_AFTER.split("[[step]]", maxsplit=1)[0] + (
        '[[step]]\nid = "call"\non = "due+1"\ndo = "call_task"\n'
        '[plan_b]\non = "due+26"\ndo = "hand_off"\n'
    )
    world = Story(policy=parse_policy(text)).until("2026-03-31")

    demand = next(deed for deed in world.deeds if deed.step == "renewed-deadline-1")
    assert (str(world.calendar.local_date(demand.at)), str(demand.deadline)) == (
        "2026-02-20",
        "2026-02-27",
    )
    assert world.diary[-1] == "2026-03-02 hand_off plan-b"


def test_a_slip_over_the_monday_that_stands_for_the_last_day_gives_a_new_deadline() -> None:
    """Written off on Monday, undone on Tuesday: on the last day to pay nothing was owed."""
    world = Story(due="2026-02-02")
    world.says("2026-03-16 10:00", MessageType.WRITE_OFF)
    world.says("2026-03-17 10:00", MessageType.WRITE_OFF_UNDONE)
    world.until("2026-03-31")

    assert world.since("2026-03-17") == [
        "2026-03-17 reopen reopen",
        "2026-03-17 demand_letter renewed-deadline-1",
        "2026-03-25 hand_off plan-b",
    ]


def test_call_and_cash_only_after_money_that_went_back_wait_for_its_deadline() -> None:
    """Promised for 20 February and paid early; it went back, and is asked for by a Saturday."""
    world = Story(policy=replace(standard_policy(), new_deadline_days=5))
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-20")
    world.says("2026-02-10 10:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-17 10:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-03-06")

    word = next(deed for deed in world.deeds if deed.step == "renewed-money-back-1")
    assert str(word.deadline) == "2026-02-28"
    assert world.since("2026-02-18")[:3] == [
        "2026-02-23 remind renewed-money-back-1",
        "2026-03-03 call_task agreement-1-call",
        "2026-03-03 hold_credit cash-only",
    ]


def test_who_works_at_any_day_waits_for_no_bank() -> None:
    """``bank_day = false``: as a policy says it for its due dates."""
    world = Story(due="2026-02-02", policy=replace(standard_policy(), bank_day=False))
    world.until("2026-03-31")

    assert "2026-03-16 hand_off plan-b" in world.diary
