"""What comes next is told in words that are true whenever they are read: first an if (F10)."""

import pytest

from domain.message_types import MessageType
from tests.stories.ladder.test_terms_in_parts import in_parts
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("2026-02-12 12:00", "if "),
        ("2026-02-13 23:59", "if "),
        ("2026-02-14 00:00", "if "),
        ("2026-02-16 08:59", "if "),
        ("2026-02-16 09:00", "the money promised for 2026-02-13 has not come"),
    ],
)
def test_nobody_reads_that_promised_money_has_not_come_before_its_day_is_over(
    read: str, words: str
) -> None:
    """Promised for Friday the 13th; the word about it is said on Monday morning."""
    world = Story().until("2026-02-08")
    world.says("2026-02-09 10:00", MessageType.PROMISE, day="2026-02-13")
    world.live(world.at(read))

    assert world.next.why_at(world.at(read)).startswith(words)


@pytest.mark.parametrize(
    ("read", "is_a_condition"),
    [("2026-03-16 12:00", True), ("2026-03-16 23:59", True), ("2026-03-17 09:00", False)],
)
def test_nor_that_the_last_deadline_has_passed(read: str, is_a_condition: bool) -> None:
    """The final demand of 6 March gives ten days; the agency follows on the 17th."""
    world = Story().until("2026-03-06")
    assert world.diary[-1] == "2026-03-06 demand_letter final"
    world.live(world.at(read))

    assert world.next.do == "hand_off"
    assert world.next.why_at(world.at(read)).startswith("if ") is is_a_condition


@pytest.mark.parametrize(
    ("read", "is_a_condition"),
    [("2026-03-17 12:00", True), ("2026-03-18 23:59", True), ("2026-03-19 09:00", False)],
)
def test_nor_that_a_part_was_due_which_is_not_due_yet(read: str, is_a_condition: bool) -> None:
    """2026-11-30: the agency has the first part since the 17th; the second is due on the 18th."""
    world = in_parts().until("2026-03-17")
    world.live(world.at(read))

    assert world.next.step == "part-due-2026-03-18"
    assert world.next.why_at(world.at(read)).startswith("if ") is is_a_condition


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("2026-02-07 12:00", "the promise for 2026-02-20 is to be confirmed in writing"),
        ("2026-02-09 08:59", "the promise for 2026-02-20 is to be confirmed in writing"),
        ("2026-02-09 09:00", "the promise for 2026-02-20 is confirmed in writing"),
    ],
)
def test_nor_that_an_agreement_is_confirmed_before_the_letter_goes(read: str, words: str) -> None:
    """Promised on Saturday the 7th; the letter leaves on Monday morning."""
    world = Story().until("2026-02-06")
    world.says("2026-02-07 11:00", MessageType.PROMISE, day="2026-02-20")
    world.live(world.at(read))

    assert world.next.why_at(world.at(read)) == words
