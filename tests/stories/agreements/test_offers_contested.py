"""An offer whose last day falls into a dispute or a pause: it waits, and gets a new day."""

from __future__ import annotations

import pytest

from domain.agreements.settlements import OfferState, offer_state
from domain.agreements.text import moved_by
from domain.message_types import MessageType, Outcome
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written
from tests.stories.story import Story


def contested(opened: str = "2026-02-10 10:00") -> Story:
    """EUR 700 settle the EUR 1,000 if they come by Friday, 20 February; then it is contested."""
    world = Story()
    assert world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "700.00", "2026-02-20") == ""
    assert world.says(opened, MessageType.DISPUTE_OPENED) == ""
    return world


def decided(world: Story, at: str = "2026-03-04 12:00") -> Story:
    assert world.says(at, MessageType.DISPUTE_SETTLED, reason="for_us") == ""
    return world


def test_customer_and_person_hear_what_became_of_the_offer() -> None:
    """Ten days were left when it was contested: ten days after the answer it ends.

    14 March is a Saturday: what is paid on it is seen on Tuesday, and so the offer ends then.
    """
    world = contested()
    told = moved_by(world.case, world.messages[-1])
    assert told == "the offer until 2026-02-20 waits for its end, and then gets a new day"

    decided(world)
    assert moved_by(world.case, world.messages[-1]) == "the offer stands until 2026-03-14 now"
    world.until("2026-03-31")

    assert world.since("2026-03-04")[:2] == [
        "2026-03-04 acknowledge agreement-1-moved-2026-03-14",
        "2026-03-17 remind second",
    ]


def test_the_letter_answers_the_dispute_and_names_the_new_day() -> None:
    world = decided(contested(), "2026-03-04 07:00").until("2026-03-05")
    text = " ".join(LETTERS.write(written(world, "agreement-1-moved-2026-03-14")).text.split())

    assert "have found it to be right as it stands. We would like to settle this" in text
    assert "if EUR 700.00 reaches us by 14 March 2026, our invoice R-1 is settled in full" in text


@pytest.mark.parametrize(
    ("paid_at", "settled"),
    [
        ("2026-02-20 12:00", True),  # its first day
        ("2026-02-25 12:00", True),  # while it was contested
        ("2026-03-14 12:00", True),
        ("2026-03-16 23:59", True),  # the banking day after the Saturday
        ("2026-03-17 00:00", False),
    ],
)
def test_money_settles_it_until_the_end_of_the_new_day(paid_at: str, *, settled: bool) -> None:
    world = contested()
    if paid_at < "2026-03-04":
        world.says(paid_at, MessageType.PAYMENT, "700.00")
    else:
        decided(world).says(paid_at, MessageType.PAYMENT, "700.00")

    assert (world.case.outcome is Outcome.PAID) is settled
    assert world.case.open == (0 if settled else 30000)


@pytest.mark.parametrize(
    ("opened", "moved"),
    [("2026-02-20 00:00", True), ("2026-02-20 23:59", True), ("2026-02-21 00:00", False)],
)
def test_a_dispute_after_its_last_day_brings_it_not_back(opened: str, *, moved: bool) -> None:
    world = decided(contested(opened))
    (offer,) = world.case.settlements

    assert str(offer.day) == ("2026-03-11" if moved else "2026-02-20")
    lapsed = offer_state(world.case, offer, world.now) is OfferState.LAPSED
    assert lapsed is not moved


def test_a_dispute_that_is_over_before_its_last_day_moves_nothing() -> None:
    world = decided(contested(), "2026-02-20 12:00").until("2026-02-23")

    assert str(world.case.settlements[0].day) == "2026-02-20"
    assert world.since("2026-02-20") == ["2026-02-23 remind second"]
    text = LETTERS.write(written(world, "second")).text
    assert "have found it to be right as it stands" in " ".join(text.split())


def test_an_offer_made_to_end_a_dispute_keeps_its_day() -> None:
    """What was contested already when it was made holds it as little as it holds a promise."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.DISPUTE_OPENED)
    world.says("2026-02-10 10:00", MessageType.SETTLEMENT, "700.00", "2026-02-20")
    decided(world, "2026-03-04 12:00")

    assert str(world.case.settlements[0].day) == "2026-02-20"


def test_a_dispute_of_part_moves_nothing() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "700.00", "2026-02-20")
    world.says("2026-02-10 10:00", MessageType.DISPUTE_OPENED, "200.00")
    decided(world)

    assert str(world.case.settlements[0].day) == "2026-02-20"


def test_a_pause_moves_it_as_well() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "700.00", "2026-02-20")
    world.says("2026-02-18 10:00", MessageType.PAUSE, day="2026-02-27")
    told = moved_by(world.case, world.messages[-1])
    world.until("2026-03-31")

    assert told == "the offer stands until 2026-03-07 now"
    assert world.since("2026-02-18")[:2] == [
        "2026-03-02 acknowledge agreement-1-moved-2026-03-07",
        "2026-03-10 remind second",
    ]


def test_what_the_customer_accepted_in_writing_is_kept_while_it_waits() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "700.00", "2026-02-20", key="s1")
    world.says("2026-02-07 11:00", MessageType.AGREEMENT_CONFIRMED, ref="s1")
    world.says("2026-02-10 10:00", MessageType.DISPUTE_OPENED)

    again = world.says("2026-02-25 10:00", MessageType.SETTLEMENT, "800.00", "2026-03-10")
    assert "accepted the offer" in again
