"""An agreement is confirmed in writing at once: our answer waits for nothing (P50)."""

import pytest

from domain.message_types import MessageType
from tests.stories.story import Story

REPLIED = {"reason": "replied", "ref": "email"}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (MessageType.CONTACT_NEWS, REPLIED),
        (MessageType.CALL_RESULT, {"reason": "paid_claim"}),
        (MessageType.IN_FLIGHT, {"amount": "100.00", "day": "2026-02-12"}),
    ],
)
def test_the_confirmation_of_what_a_customer_wrote_waits_for_nothing(
    kind: MessageType, more: dict[str, str]
) -> None:
    """P50: an answer lets the next step wait, and so does money on its way; not our answer."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06 10:00", kind, **more)
    assert world.says("2026-02-06 10:30", MessageType.PROMISE, day="2026-02-20") == ""
    world.until("2026-02-06")

    assert world.since("2026-02-06")[-1] == "2026-02-06 acknowledge agreement-1-confirmed"


@pytest.mark.parametrize(("last", "day"), [("05", "06"), ("06", "09"), ("08", "09")])
def test_a_pause_holds_the_confirmation_to_its_last_day(last: str, day: str) -> None:
    """Promised on Friday the 6th: paused up to the day before, that very day, over the weekend."""
    world = Story().until("2026-02-04")
    world.says("2026-02-05 08:00", MessageType.PAUSE, day=f"2026-02-{last}")
    world.says("2026-02-06 10:30", MessageType.PROMISE, day="2026-02-27")
    world.until("2026-02-12")

    (confirmed,) = (line for line in world.diary if "acknowledge" in line)
    assert confirmed == f"2026-02-{day} acknowledge agreement-1-confirmed"
