"""What may be promised: the limits, the day before, the day, the day after."""

from datetime import timedelta

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.agreements.text import remark
from domain.history.record import record_of
from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

GRACE = """
name = "patient"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[agreements]
grace_days = 3
"""


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        ("2026-02-05", "2026-02-05 is already past; a promise looks ahead"),
        ("2026-02-06", ""),
        ("2026-02-07", ""),
        ("2026-03-07", ""),
        ("2026-03-08", ""),  # thirty days from the 6th
        ("2026-03-09", "2026-03-09 is more than 30 days away; offer a plan"),
        ("9999-12-31", "9999-12-31 is more than 30 days away; offer a plan"),
        ("", "a promise needs the date of the payment"),
    ],
)
def test_a_promise_looks_ahead_but_not_too_far(day: str, refusal: str) -> None:
    assert Story().says("2026-02-06 23:30", MessageType.PROMISE, day=day) == refusal


@pytest.mark.parametrize(
    ("before", "refused"),
    [(0, False), (1, False), (2, True), (3, True)],
)
def test_two_promises_are_allowed(before: int, refused: bool) -> None:
    world = Story()
    for _ in range(before):
        world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")

    assert bool(world.says("2026-02-06", MessageType.PROMISE, day="2026-02-11")) is refused


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("2026-02-10 23:59", PromiseState.RUNNING),
        ("2026-02-13 23:59", PromiseState.RUNNING),  # three days of grace
        ("2026-02-14 00:00", PromiseState.BROKEN),
    ],
)
def test_a_promise_breaks_when_its_day_and_the_grace_are_over(
    when: str, state: PromiseState
) -> None:
    world = Story(policy=parse_policy(GRACE))
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.at(when)) is state


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        ("", ""),
        ("0.01", ""),
        ("1000.00", ""),
        ("2000.00", ""),  # more than is open means all of it
        ("0", "a promise of nothing is none"),
        ("-1", "a promise of nothing is none"),
    ],
)
def test_a_promise_speaks_of_a_sum_or_of_all_that_is_open(amount: str, refusal: str) -> None:
    assert Story().says("2026-02-06", MessageType.PROMISE, amount, "2026-02-10") == refusal


def test_a_promise_of_one_cent_is_kept_by_one_cent() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "0.01", "2026-02-10")
    world.says("2026-02-07", MessageType.PAYMENT, "0.01")
    assert state_of(world.case, world.case.promises[0], world.now) is PromiseState.KEPT


def test_an_offer_and_an_instalment_of_nothing_are_named_as_what_they_are() -> None:
    offered = Story().says("2026-02-06", MessageType.SETTLEMENT, "0", "2026-02-10")
    assert offered == "an offer of nothing is none"
    agreed = Story().says(
        "2026-02-06", MessageType.PLAN_AGREED, "0", "2026-02-10", reason="3 monthly"
    )
    assert agreed == "an instalment of nothing is none"


def test_money_booked_earlier_on_the_day_of_the_promise_keeps_it() -> None:
    """A bare date means midnight: the customer who paid that morning kept their word."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-10")
    world.hears(world.at("2026-02-06"), MessageType.PAYMENT, "400.00")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.KEPT
    assert promise.plan_b.check_at == world.at("2026-02-11")


def test_money_of_the_day_before_the_promise_does_not_keep_it() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-10")
    world.hears(world.at("2026-02-06") - timedelta(seconds=1), MessageType.PAYMENT, "400.00")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.RUNNING


def test_after_two_broken_promises_the_next_one_needs_a_supervisor() -> None:
    """P32: broken ones count, not those that another one replaced in time."""
    policy = parse_policy(GRACE.replace("grace_days = 3", "promises_allowed = 9"))
    world = Story(policy=policy)
    for day, promised in (("2026-02-06", "2026-02-07"), ("2026-02-10", "2026-02-11")):
        assert world.says(day, MessageType.PROMISE, day=promised) == ""
    world.says("2026-02-11 09:00", MessageType.PROMISE, day="2026-02-13")  # in time: a new date

    assert world.says("2026-02-13 09:00", MessageType.PROMISE, day="2026-02-16") == ""
    refusal = world.says("2026-02-18", MessageType.PROMISE, day="2026-02-20")
    assert refusal == (
        "2 promises were broken before; a supervisor must approve one more (approved_by)"
    )
    assert (
        world.says("2026-02-18", MessageType.PROMISE, day="2026-02-20", approved_by="m.weber") == ""
    )
    assert world.case.promises[-1].approved_by == "m.weber"


@pytest.mark.parametrize(
    ("paid", "when", "state"),
    [
        ("400.00", "2026-02-10 23:59", PromiseState.KEPT),
        ("400.00", "2026-02-11 00:00", PromiseState.KEPT_LATE),
        ("399.50", "2026-02-10", PromiseState.IN_PART),
        ("0.01", "2026-02-12", PromiseState.IN_PART),
        ("", "2026-02-12", PromiseState.BROKEN),
    ],
)
def test_a_promise_is_kept_kept_late_in_part_or_broken(
    paid: str, when: str, state: PromiseState
) -> None:
    """P51."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-10")
    if paid:
        world.says(when, MessageType.PAYMENT, paid)
    world.until("2026-02-13")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is state
    record = record_of(world.case, world.calendar)
    assert record.promises_made == 1
    assert record.promises_kept == (state is PromiseState.KEPT)
    assert record.promises_late == (state is PromiseState.KEPT_LATE)
    assert record.promises_part == (state is PromiseState.IN_PART)


def test_money_that_was_there_when_the_promise_was_made_does_not_keep_it() -> None:
    """EUR 400 in the morning, EUR 400 more promised before noon: that is still to come."""
    world = Story()
    world.says("2026-02-06 09:00", MessageType.PAYMENT, "400.00")
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-10")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.RUNNING


def test_more_than_is_open_is_promised_as_all_of_it_and_said_so() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "1200.00", "2026-02-10")
    promise = world.case.running_promise

    assert promise
    assert promise.amount is None
    assert remark(promise, "EUR") == (
        "that is 200.00 EUR more than is open, so all that is open is promised"
    )


def test_a_later_policy_neither_takes_back_nor_moves_a_promise() -> None:
    """What was agreed is agreed: its check is fixed when it is recorded."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, day="2026-02-20")
    before = world.case.promises
    world.policy = parse_policy(GRACE + "longest_promise_days = 1\npromises_allowed = 0\n")

    assert not world.folded.refused
    assert world.case.promises == before


def test_the_customers_written_acceptance_is_remembered() -> None:
    """P50."""
    world = Story()
    assert world.says("2026-02-06", MessageType.AGREEMENT_CONFIRMED, ref="p") == (
        "there is no agreement that this could confirm"
    )
    world.says("2026-02-06 11:00", MessageType.PROMISE, day="2026-02-10", key="p")
    world.says("2026-02-06 15:00", MessageType.AGREEMENT_CONFIRMED, ref="p", channel="email")
    promise = world.case.running_promise

    assert promise
    assert promise.confirmed_at == world.at("2026-02-06 15:00")
