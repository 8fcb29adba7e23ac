"""Promises for several invoices of a customer that are broken on one day: one word about all.

Each invoice of 100.00 was due on 4 February, and promised for the 18th, a Wednesday; nothing came.
"""

import pytest

from domain.message_types import MessageType
from domain.parties.customer import Touch
from tests.stories.several import Several

THE_DAY_AFTER = "2026-02-19"


def promised(count: int, day: str = "2026-02-18") -> Several:
    """So many invoices, all promised on one call; the last of them for a day of its own."""
    several = Several()
    for _ in range(count):
        several.opens("2026-01-05 10:00", "2026-02-04")
    for number in list(several.cases)[:-1]:
        several.says("2026-02-06 12:00", number, MessageType.PROMISE, day="2026-02-18")
    several.says("2026-02-06 12:00", f"R-{count}", MessageType.PROMISE, day=day)
    return several


@pytest.mark.parametrize("count", [1, 2, 4, 12])
def test_however_many_promises_are_broken_one_message_says_so(count: int) -> None:
    """D4, P52: a minute after the calls and the holds, of one invoice as of several."""
    several = promised(count).until("2026-02-21 00:00")
    names = " ".join(several.cases)

    written = [line for line in several.messages if line > THE_DAY_AFTER]
    assert written == [f"{THE_DAY_AFTER} 09:01 {names}"]
    heard = [one for one in several.home.customer.contacts if one.what is Touch.MESSAGE]
    assert heard[-1].cases == count
    assert len(several.done("hold_credit")) == count


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-17", ["2026-02-18 09:01 R-3", "2026-02-19 09:01 R-1 R-2"]),
        ("2026-02-18", ["2026-02-19 09:01 R-1 R-2 R-3"]),
        ("2026-02-19", ["2026-02-19 09:01 R-1 R-2", "2026-02-20 09:01 R-3"]),
    ],
)
def test_each_is_told_on_the_day_it_is_broken(day: str, words: list[str]) -> None:
    """Two are promised for the 18th, the third for the day before, that day, the day after."""
    several = promised(3, day).until("2026-02-21 00:00")

    assert [line for line in several.messages if line > "2026-02-18"] == words
