"""A discount whose last day falls into a dispute or a pause: who was right may still earn it (P07).

EUR 1,000 of 5 January 2026; EUR 980 settle it up to and including Thursday, the 15th.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.intake.replies import about_dispute_or_call
from domain.message_types import MessageType, Outcome
from domain.money import Money
from domain.payments.discounts import discount_of
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written
from tests.stories.story import Story


def contested(opened: str = "2026-01-13 10:00", amount: str = "100.00", reason: str = "") -> Story:
    world = Story()
    terms = discount_of("2", "10", None, world.invoice.issued, Money(100_000, "EUR"))
    world.invoice = replace(world.invoice, discount=terms)
    assert world.says(opened, MessageType.DISPUTE_OPENED, amount, reason=reason) == ""
    return world


def settled(world: Story, ended: str, at: str = "2026-01-21 12:00", conceded: str = "") -> Story:
    assert world.says(at, MessageType.DISPUTE_SETTLED, conceded, reason=ended) == ""
    return world


@pytest.mark.parametrize(
    ("ended", "conceded", "last_day"),
    [
        ("for_customer", "", "2026-01-28"),
        ("split", "40.00", "2026-01-28"),
        ("for_us", "", "2026-01-15"),
    ],
)
def test_who_contested_with_reason_gets_a_new_last_day(
    ended: str, conceded: str, last_day: str
) -> None:
    """Two days were left; a new deadline gives seven."""
    world = settled(contested(), ended, conceded=conceded)

    assert world.case.discount_until == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("opened", "last_day"),
    [
        ("2026-01-06 10:00", "2026-01-30"),  # nine days were left
        ("2026-01-15 23:59", "2026-01-28"),
        ("2026-01-16 00:00", "2026-01-15"),  # it was over before anything was contested
    ],
)
def test_as_many_days_as_were_left_when_it_began(opened: str, last_day: str) -> None:
    world = settled(contested(opened), "for_customer")

    assert world.case.discount_until == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("at", "last_day"),
    [
        ("2026-01-14 12:00", "2026-01-15"),
        ("2026-01-15 23:59", "2026-01-15"),
        ("2026-01-16 00:00", "2026-01-23"),
    ],
)
def test_what_was_settled_before_its_last_day_moves_nothing(at: str, last_day: str) -> None:
    """The day before, the day, the day after."""
    world = settled(contested(), "for_customer", at)

    assert world.case.discount_until == date.fromisoformat(last_day)


@pytest.mark.parametrize(("paid", "left"), [("2026-01-28 23:59", 0), ("2026-01-29 00:00", 2000)])
def test_money_by_the_new_last_day_settles_it(paid: str, left: int) -> None:
    world = settled(contested(), "for_customer")
    world.says(paid, MessageType.PAYMENT, "880.00")

    assert world.case.open == left
    assert (world.case.outcome is Outcome.PAID) is (left == 0)


def test_money_that_came_during_the_dispute_has_earned_it_once_that_was_right() -> None:
    """The rest was paid on the 18th, less the discount."""
    world = contested()
    world.says("2026-01-18", MessageType.PAYMENT, "880.00")
    settled(world, "for_customer")

    assert world.case.open == 0
    assert world.case.discount == 2000


@pytest.mark.parametrize("reason", ["hardship"])
def test_who_cannot_pay_contests_nothing(reason: str) -> None:
    world = settled(contested(amount="", reason=reason), "for_us")

    assert world.case.discount_until == date(2026, 1, 15)


def test_a_pause_moves_nothing() -> None:
    """Nobody asks meanwhile; paying early is open to the customer all the time."""
    world = Story()
    terms = discount_of("2", "10", None, world.invoice.issued, Money(100_000, "EUR"))
    world.invoice = replace(world.invoice, discount=terms)
    world.says("2026-01-13 10:00", MessageType.PAUSE, day="2026-01-20")
    world.says("2026-01-21", MessageType.RESUME)

    assert world.case.discount_until == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (
            "for_customer",
            "100.00 EUR conceded and credited; the discount can be earned until 2026-01-28 now",
        ),
        ("for_us", "nothing was conceded"),
    ],
)
def test_whoever_settles_it_hears_of_the_new_day(ended: str, told: str) -> None:
    world = settled(contested(), ended)

    assert about_dispute_or_call(world.case, world.messages[-1], world.facts.calendar) == told


def test_the_customer_hears_of_it_in_the_letter_that_answers_the_dispute() -> None:
    """The same day, before the invoice is due; who was wrong hears it with the next reminder."""
    right, wrong = (
        settled(contested(), end, "2026-01-21 07:00").until("2026-02-01")
        for end in ("for_customer", "for_us")
    )
    text = LETTERS.write(written(right, "dispute-1-decided")).text

    assert right.since("2026-01-21") == ["2026-01-21 acknowledge dispute-1-decided"]
    assert "You are right: we have credited EUR 100.00" in text
    assert "EUR 880.00 is enough if it reaches us by 28 January 2026" in text
    assert wrong.since("2026-01-21") == []


def test_a_word_before_the_due_date_tells_how_a_dispute_was_decided() -> None:
    world = settled(contested(), "for_us").until("2026-02-03")
    text = LETTERS.write(written(world, "gentle")).text

    assert "have found it to be right as it stands" in text
    assert "arrives by" not in text
