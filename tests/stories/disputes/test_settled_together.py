"""Two disputes of one invoice that are settled one after the other: one letter answers both."""

from __future__ import annotations

import pytest

from domain.message_types import MessageType
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written
from tests.stories.story import Story


def contested_twice() -> Story:
    """EUR 190 for the price, EUR 200 for what was not delivered."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.DISPUTE_OPENED, "190.00", key="price")
    world.says("2026-02-06 11:00", MessageType.DISPUTE_OPENED, "200.00", key="lacking")
    return world


@pytest.mark.parametrize(
    ("second", "letters"),
    [
        ("2026-03-04 12:00:20", 1),
        ("2026-03-04 12:14:59", 1),
        ("2026-03-04 12:15:01", 2),  # the first answer has left by then
    ],
)
def test_one_letter_answers_both(second: str, letters: int) -> None:
    world = contested_twice()
    world.says("2026-03-04 12:00:00", MessageType.DISPUTE_SETTLED, ref="price", reason="for_us")
    world.says(second, MessageType.DISPUTE_SETTLED, ref="lacking", reason="for_us")
    world.until("2026-03-10")

    assert len(world.since("2026-03-04")) == letters


def test_it_says_what_was_credited_for_both() -> None:
    world = contested_twice()
    world.says("2026-03-04 07:00:00", MessageType.DISPUTE_SETTLED, ref="price", reason="for_us")
    world.says(
        "2026-03-04 07:00:20", MessageType.DISPUTE_SETTLED, ref="lacking", reason="for_customer"
    )
    world.until("2026-03-05")
    text = " ".join(LETTERS.write(written(world, world.deeds[-1].step)).text.split())

    assert "You are right in part: we have credited EUR 200.00" in text


def test_an_answer_waits_for_no_dispute_that_goes_on() -> None:
    """A quarter of an hour later it leaves, in the same window."""
    world = contested_twice()
    world.says("2026-03-04 12:00", MessageType.DISPUTE_SETTLED, ref="price", reason="for_us")
    world.until("2026-03-05")

    first = next(deed for deed in world.deeds if deed.at > world.at("2026-03-04"))
    assert first.at == world.at("2026-03-04 12:15")
