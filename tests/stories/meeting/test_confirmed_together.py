"""What a customer agrees on in one call for several invoices is confirmed in one letter (P50)."""

from __future__ import annotations

import pytest

from domain.message_types import MessageType
from tests.stories.several import Several

TYPED = ("2026-02-10 10:00", "2026-02-10 10:04", "2026-02-10 10:09")


def three_invoices() -> Several:
    world = Several()
    for _ in TYPED:
        world.opens("2026-01-05 00:00", "2026-01-20")
    return world.until("2026-02-10 10:00")


def said(world: Several, since: str = "2026-02-10") -> list[str]:
    """What was written from a day on."""
    return [line for line in world.messages if line >= since]


def test_three_promises_of_one_call_are_confirmed_in_one_letter() -> None:
    world = three_invoices()
    for number, at in enumerate(TYPED, start=1):
        world.says(at, f"R-{number}", MessageType.PROMISE, day="2026-02-27")

    assert said(world.until("2026-02-20 00:00")) == ["2026-02-10 10:15 R-1 R-2 R-3"]


def test_a_promise_a_plan_and_an_offer_are_one_letter_as_well() -> None:
    world = three_invoices()
    world.says(TYPED[0], "R-1", MessageType.PROMISE, day="2026-02-27")
    world.says(TYPED[1], "R-2", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 weekly")
    world.says(TYPED[2], "R-3", MessageType.SETTLEMENT, amount="80.00", day="2026-02-27")

    assert said(world.until("2026-02-20 00:00")) == ["2026-02-10 10:15 R-1 R-2 R-3"]


@pytest.mark.parametrize(
    ("later", "letters"),
    [
        ("2026-02-10 10:14", ["2026-02-10 10:15 R-1 R-2"]),
        ("2026-02-10 10:15", ["2026-02-10 10:15 R-1 R-2"]),
        ("2026-02-10 10:16", ["2026-02-10 10:15 R-1", "2026-02-10 10:31 R-2"]),
    ],
)
def test_a_letter_waits_a_quarter_of_an_hour_at_most(later: str, letters: list[str]) -> None:
    """A minute before, on the minute, a minute after."""
    world = three_invoices()
    world.says("2026-02-10 10:00", "R-1", MessageType.PROMISE, day="2026-02-27")
    world.says(later, "R-2", MessageType.PROMISE, day="2026-02-27")

    assert said(world.until("2026-02-11 00:00"))[: len(letters)] == letters


@pytest.mark.parametrize(
    ("said_at", "goes_at"),
    [
        ("2026-02-10 16:44", "2026-02-10 16:59 R-1"),
        ("2026-02-10 16:45", "2026-02-10 16:45 R-1"),
        ("2026-02-10 16:59", "2026-02-10 16:59 R-1"),
        ("2026-02-10 17:00", "2026-02-11 09:00 R-1"),
    ],
)
def test_nobody_waits_for_the_next_day_because_of_it(said_at: str, goes_at: str) -> None:
    """Where the contact window closes before the quarter of an hour is over, it goes at once."""
    world = three_invoices()
    world.says(said_at, "R-1", MessageType.PROMISE, day="2026-02-27")

    assert said(world.until("2026-02-12 00:00"))[0] == goes_at


def test_one_that_was_taken_back_meanwhile_does_not_go_along() -> None:
    world = three_invoices()
    world.says(TYPED[0], "R-1", MessageType.PROMISE, day="2026-02-27")
    world.says(TYPED[1], "R-2", MessageType.PROMISE, day="2026-02-27")
    taken = f"{TYPED[1]}/R-2/{MessageType.PROMISE}"
    world.says(TYPED[2], "R-2", MessageType.TAKEN_BACK, ref=taken)

    assert said(world.until("2026-02-11 00:00"))[0] == "2026-02-10 10:15 R-1"
