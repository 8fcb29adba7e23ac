"""A direct debit that could not be collected: the next letter says so, once."""

from __future__ import annotations

import pytest

from adapters.letters.renewed import untold
from domain.message_types import MessageType
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written
from tests.stories.story import Story

SAID = "was on its way; on 9 February 2026 we were told that it could not be carried out"


def debit_failed() -> Story:
    """Reminded on 5 February; a debit was announced that day, and failed on the 9th."""
    world = Story()
    world.says("2026-02-05 12:00", MessageType.IN_FLIGHT, "1000.00", "2026-02-12")
    assert world.says("2026-02-09 07:00", MessageType.IN_FLIGHT_FAILED) == ""
    return world


def test_the_next_letter_says_so_and_the_one_after_it_does_not() -> None:
    world = debit_failed().until("2026-03-31")
    first, *later = [deed.step for deed in world.deeds if deed.at > world.at("2026-02-09")]

    text = " ".join(LETTERS.write(written(world, first)).text.replace("\u00a0", " ").split())
    assert SAID in text
    assert "ignore this message" not in text
    (second,) = [step for step in later if step == "final"]
    assert "could not be carried out" not in LETTERS.write(written(world, second)).text


@pytest.mark.parametrize(
    ("paid_at", "told"), [("2026-02-08 12:00", True), ("2026-02-09 07:01", False)]
)
def test_money_that_comes_after_it_leaves_nothing_to_tell(paid_at: str, *, told: bool) -> None:
    world = Story()
    world.says("2026-02-05 12:00", MessageType.IN_FLIGHT, "1000.00", "2026-02-12", key="f1")
    said = [("2026-02-09 07:00", MessageType.IN_FLIGHT_FAILED, "", "f1")]
    said.append((paid_at, MessageType.PAYMENT, "100.00", ""))
    for when, kind, amount, ref in sorted(said):
        world.says(when, kind, amount, ref=ref)

    assert (untold(world.case) == "payment_failed") is told
