"""What comes next is told in words that are true whenever they are read: first an if (F10)."""

import pytest

from domain.message_types import MessageType
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
