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
        (MessageType.CALL_RESULT, {"reason": "in_approval"}),
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


@pytest.mark.parametrize("first", ["pause", "approval"])
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (MessageType.PROMISE, {"day": "2026-02-20", "amount": "600.00"}),
        (MessageType.PLAN_AGREED, {"reason": "2 monthly", "day": "2026-02-27"}),
        (MessageType.SETTLEMENT, {"amount": "800.00", "day": "2026-02-20"}),
        (MessageType.CALL_RESULT, {"reason": "promised", "day": "2026-02-20"}),
    ],
)
def test_only_a_persons_pause_holds_it_whichever_comes_first(
    first: str, kind: MessageType, more: dict[str, str]
) -> None:
    """2026-11-30: who said "it is in approval" and then agreed waited four days for the letter."""
    world = Story().until("2026-02-05")
    approval = (MessageType.CALL_RESULT, {"reason": "in_approval"})
    pause = (MessageType.PAUSE, {"day": "2026-02-09"})
    both = (approval, pause) if first == "approval" else (pause, approval)
    for minute, (said, about) in enumerate(both):
        world.says(f"2026-02-06 10:0{minute}", said, **about)
    assert world.says("2026-02-06 10:30", kind, **more) == ""
    world.until("2026-02-20")

    (confirmed,) = (line for line in world.diary if "acknowledge agreement" in line)
    assert confirmed.startswith("2026-02-10"), "the person's pause lasts over the 9th"


@pytest.mark.parametrize(("last", "day"), [("05", "06"), ("06", "09"), ("08", "09")])
def test_a_pause_holds_the_confirmation_to_its_last_day(last: str, day: str) -> None:
    """Promised on Friday the 6th: paused up to the day before, that very day, over the weekend."""
    world = Story().until("2026-02-04")
    world.says("2026-02-05 08:00", MessageType.PAUSE, day=f"2026-02-{last}")
    world.says("2026-02-06 10:30", MessageType.PROMISE, day="2026-02-27")
    world.until("2026-02-12")

    (confirmed,) = (line for line in world.diary if "acknowledge" in line)
    assert confirmed == f"2026-02-{day} acknowledge agreement-1-confirmed"
