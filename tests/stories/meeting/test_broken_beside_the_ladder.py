"""A word about a broken promise and a ladder's letter for another invoice on one day are one."""

import pytest

from domain.message_types import MessageType
from tests.stories.several import Several

LADDER, PROMISED = "2026-02-18", "2026-02-04"


def beside(day: str, *dues: str) -> Several:
    """Two invoices; the one that was due on 4 February is promised for a day."""
    several = Several()
    for due in dues:
        several.opens("2026-01-05 10:00", due)
    which = f"R-{dues.index(PROMISED) + 1}"
    several.says("2026-02-06 12:00", which, MessageType.PROMISE, day=day)
    return several


@pytest.mark.parametrize("dues", [(PROMISED, LADDER), (LADDER, PROMISED)])
def test_the_ladders_first_reminder_and_the_word_are_one_letter(dues: tuple[str, str]) -> None:
    """P52, D: both on Thursday, the 19th, whichever invoice is looked at first."""
    world = beside("2026-02-18", *dues).until("2026-02-25 00:00")
    written = [line for line in world.messages if line > "2026-02-19"]

    assert written[0][:10] == "2026-02-19"
    assert written[0][17:] == "R-1 R-2"
    days = [line[:10] for line in world.messages]
    assert len(days) == len(set(days)), world.messages
