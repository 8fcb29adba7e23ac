"""What may be promised: the limits, the day before, the day, the day after."""

from datetime import timedelta

import pytest

from domain.agreements import PromiseState, state_of
from domain.kinds import Kind
from domain.policy_file import parse_policy
from tests.stories.world import World

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
    assert World().says("2026-02-06 23:30", Kind.PROMISE, day=day) == refusal


@pytest.mark.parametrize(
    ("before", "refused"),
    [(0, False), (1, False), (2, True), (3, True)],
)
def test_two_promises_are_allowed(before: int, refused: bool) -> None:
    world = World()
    for _ in range(before):
        world.says("2026-02-06", Kind.PROMISE, day="2026-02-10")

    assert bool(world.says("2026-02-06", Kind.PROMISE, day="2026-02-11")) is refused


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
    world = World(policy=parse_policy(GRACE))
    world.says("2026-02-06", Kind.PROMISE, day="2026-02-10")
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
    assert World().says("2026-02-06", Kind.PROMISE, amount, "2026-02-10") == refusal


def test_money_booked_earlier_on_the_day_of_the_promise_keeps_it() -> None:
    """A bare date means midnight: the customer who paid that morning kept their word."""
    world = World()
    world.says("2026-02-06 11:00", Kind.PROMISE, "400.00", "2026-02-10")
    world.hears(world.at("2026-02-06"), Kind.PAYMENT, "400.00")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.KEPT
    assert promise.plan_b.check_at == world.at("2026-02-11")


def test_money_of_the_day_before_the_promise_does_not_keep_it() -> None:
    world = World()
    world.says("2026-02-06 11:00", Kind.PROMISE, "400.00", "2026-02-10")
    world.hears(world.at("2026-02-06") - timedelta(seconds=1), Kind.PAYMENT, "400.00")
    promise = world.case.running_promise

    assert promise
    assert state_of(world.case, promise, world.now) is PromiseState.RUNNING
