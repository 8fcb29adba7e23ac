"""What is too little to chase breaks no agreement, nor does what is contested (A6, A7)."""

import pytest

from domain.agreements.plans import PlanState, plan_state
from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story

SHORT = [("600.00", True), ("599.99", True), ("599.51", True), ("599.50", False)]
"""What came of 600.00, and whether that keeps the agreement: less than 0.50 is chased of nobody."""


@pytest.mark.parametrize(("paid", "kept"), SHORT)
def test_a_promise(paid: str, *, kept: bool) -> None:
    """Promised for 12 February."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, "600.00", "2026-02-12")
    world.says("2026-02-10 10:00", MessageType.PAYMENT, paid)
    world.until("2026-02-13")

    assert ("2026-02-13 hold_credit cash-only" in world.diary) is not kept
    assert ("2026-02-13 remind promise-broken-1" in world.diary) is not kept
    promise = world.case.promises[0]
    state = PromiseState.KEPT if kept else PromiseState.IN_PART
    assert state_of(world.case, promise, world.now) is state


@pytest.mark.parametrize(("paid", "kept"), SHORT)
def test_an_instalment(paid: str, *, kept: bool) -> None:
    """Two of 600.00, the first on 13 February."""
    world = Story(amount="1200.00")
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-13", reason="2 monthly")
    world.says("2026-02-13 10:00", MessageType.PAYMENT, paid)
    world.until("2026-02-16")

    assert ("2026-02-16 remind instalment-1-1-missed" in world.diary) is not kept
    state = PlanState.RUNNING if kept else PlanState.BEHIND
    assert plan_state(world.case, world.case.plans[0], world.now) is state


@pytest.mark.parametrize(("paid", "kept"), SHORT)
def test_an_offer(paid: str, *, kept: bool) -> None:
    """600.00 settle the 1,000.00 by 20 February."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.SETTLEMENT, "600.00", "2026-02-20")
    world.says("2026-02-20 10:00", MessageType.PAYMENT, paid)
    world.until("2026-02-23")

    assert world.outcome is (Outcome.PAID if kept else None)


@pytest.mark.parametrize(
    ("settled", "day", "spoken"),
    [
        ("2026-02-12 23:59", "2026-02-12", "2026-02-13"),  # before its check: nothing has changed
        ("2026-02-13 00:00", "2026-02-20", "2026-02-23"),
        ("2026-02-16 10:00", "2026-02-23", "2026-02-24"),
    ],
)
@pytest.mark.parametrize(
    ("holds", "lets_go"),
    [
        (MessageType.DISPUTE_OPENED, MessageType.DISPUTE_SETTLED),
        (MessageType.PAUSE, MessageType.RESUME),
    ],
)
def test_a_promise_over_contested_money_gets_a_new_day(
    holds: MessageType, lets_go: MessageType, settled: str, day: str, spoken: str
) -> None:
    """Promised for the 12th, contested on the 10th: nobody is accused, cash only comes after it."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-10 10:00", holds)
    world.says(settled, lets_go)
    assert str(world.case.promises[0].day) == day
    world.until(day)
    assert not [line for line in world.diary if "broken" in line or "cash-only" in line]

    world.until("2026-02-28")
    broken = next(line for line in world.diary if "promise-broken-1" in line)
    assert (
        broken.split()[0] == {"12": "2026-02-13", "20": "2026-02-23", "23": "2026-02-24"}[day[8:]]
    )


@pytest.mark.parametrize(
    ("contested", "paid", "accused"),
    [
        (["500.00"], "500.00", False),  # all that was left was contested
        (["500.00"], "499.51", False),  # … or too little to be chased
        (["500.00"], "499.50", True),
        (["500.00"], "0.00", True),  # what nobody contested was promised, and has not come
        (["300.00", "200.00"], "500.00", False),  # two disputes together
        (["500.00", "500.00"], "0.00", False),
        (["300.00", "199.49"], "500.00", True),
    ],
)
def test_a_promise_of_which_the_rest_is_contested_is_not_broken_when_that_ends(
    contested: list[str], paid: str, *, accused: bool
) -> None:
    """1,000.00 promised for the 12th, contested in part on the 9th, settled for us on the 18th."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    for sum_ in contested:
        assert not world.says("2026-02-09 10:00", MessageType.DISPUTE_OPENED, sum_, reason="price")
    if paid != "0.00":
        world.says("2026-02-11 10:00", MessageType.PAYMENT, paid)
    world.until("2026-02-17")
    world.says("2026-02-18 10:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.until("2026-02-18")

    words = "promise-broken", "cash-only", "agreement-1-call"
    assert any(word in line for line in world.diary for word in words) is accused
    if not accused:
        assert "2026-02-18 acknowledge agreement-1-moved-2026-02-25" in world.diary
        assert "2026-02-26 remind promise-broken-1" in world.until("2026-02-26").diary


def test_a_promise_made_beside_a_dispute_is_of_what_is_not_contested() -> None:
    world = Story()
    world.says("2026-02-05 10:00", MessageType.DISPUTE_OPENED, "400.00", reason="goods", key="d")
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-12 10:00", MessageType.PAYMENT, "600.00")
    world.says("2026-02-16 10:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.until("2026-02-20")

    assert not [line for line in world.diary if "broken" in line or "cash-only" in line]
    assert "2026-02-16 acknowledge agreement-1-moved-2026-02-23" in world.diary


def test_an_instalment_of_which_the_rest_is_contested_comes_later() -> None:
    """Two of 500.00; the first came, and 500.00 were contested over the day of the second."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-13", reason="2 weekly")
    world.says("2026-02-12 10:00", MessageType.PAYMENT, "500.00")
    world.says("2026-02-16 10:00", MessageType.DISPUTE_OPENED, "500.00", reason="goods")
    world.says("2026-02-25 10:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.until("2026-02-28")

    assert [str(part.day) for part in world.case.plans[0].parts] == ["2026-02-13", "2026-03-01"]
    assert not [line for line in world.diary if "missed" in line]
