"""What was contested is answered in writing, even where the next letter is a demand (A1).

EUR 200 of 1,000 were contested; the other 800 were due all the while, and asked for.
"""

from __future__ import annotations

import pytest

from domain.message_types import MessageType
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written
from tests.stories.story import Story


def granted(settled: str) -> Story:
    world = Story()
    world.says("2026-02-11 10:00", MessageType.DISPUTE_OPENED, "200.00")
    assert world.says(settled, MessageType.DISPUTE_SETTLED, reason="for_customer") == ""
    return world


def text_of(world: Story, step: str) -> str:
    return " ".join(LETTERS.write(written(world, step)).text.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("settled", "step"),
    [
        ("2026-02-18 12:00", "formal"),
        ("2026-02-19 08:00", "formal"),
        ("2026-02-20 12:00", "final"),
    ],
)
def test_the_formal_letter_says_first_that_the_customer_was_right(settled: str, step: str) -> None:
    """Nothing grew by it, so no word of its own was written; it went without an answer before."""
    world = granted(settled).until("2026-03-31")

    assert "You are right: we have credited EUR 200.00" in text_of(world, step)


def test_it_is_said_once() -> None:
    world = granted("2026-02-18 12:00").until("2026-03-31")

    assert "we have credited EUR 200.00" not in text_of(world, "final")
