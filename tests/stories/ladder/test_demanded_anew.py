"""Nothing goes to the agency that was not demanded anew since it last became due (A1).

A silent case would be handed over on 17 March, after its final demand of 6 March. Before that,
something holds it or takes it away for a while, and all deadlines run out meanwhile.
"""

from __future__ import annotations

import pytest

from domain.message_types import ActionType, MessageType
from tests.stories.story import Story

Said = tuple[str, MessageType, dict[str, str]]

CAUSES: dict[str, list[Said]] = {
    "a dispute is settled": [
        ("2026-03-10 10:00", MessageType.DISPUTE_OPENED, {}),
        ("2026-03-25 10:00", MessageType.DISPUTE_SETTLED, {"reason": "for_us"}),
    ],
    "a pause is over": [
        ("2026-03-10 10:00", MessageType.PAUSE, {}),
        ("2026-03-25 10:00", MessageType.RESUME, {}),
    ],
    "a promise is broken": [
        ("2026-03-10 10:00", MessageType.PROMISE, {"day": "2026-03-24"}),
    ],
    "a plan is over": [
        ("2026-03-10 10:00", MessageType.PLAN_AGREED, {"day": "2026-03-17", "reason": "2 monthly"}),
    ],
    "an offer lapsed": [
        ("2026-03-10 10:00", MessageType.SETTLEMENT, {"amount": "700.00", "day": "2026-03-24"}),
    ],
    "money went back": [
        ("2026-03-10 10:00", MessageType.PAYMENT, {"amount": "1000.00", "key": "p1"}),
        ("2026-03-25 10:00", MessageType.PAYMENT_REVERSED, {"ref": "p1"}),
    ],
    "a write-off is undone": [
        ("2026-03-10 10:00", MessageType.WRITE_OFF, {}),
        ("2026-03-25 10:00", MessageType.WRITE_OFF_UNDONE, {}),
    ],
    "the invoice became more": [
        ("2026-03-10 10:00", MessageType.INVOICE_CORRECTED, {"amount": "1200.00"}),
    ],
    "the agency gave it back": [
        ("2026-04-10 10:00", MessageType.AGENCY_NEWS, {"reason": "returned"}),
        ("2026-04-13 10:00", MessageType.HANDOFF_APPROVED, {}),
    ],
}


@pytest.mark.parametrize(
    ("cause", "demanded", "deadline", "handed"),
    [
        ("a dispute is settled", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a pause is over", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a promise is broken", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a plan is over", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("an offer lapsed", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("money went back", "2026-03-30", "2026-04-06", "2026-04-07"),  # after its days of grace
        ("a write-off is undone", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("the invoice became more", "2026-03-10", "2026-03-17", "2026-03-18"),
        ("the agency gave it back", "2026-04-13", "2026-04-20", "2026-04-21"),
    ],
)
def test_what_is_owed_again_is_demanded_with_a_new_deadline_and_plan_b_waits_for_it(
    cause: str, demanded: str, deadline: str, handed: str
) -> None:
    """On the last day of the new deadline the case is still ours; the day after it is not."""
    world = Story()
    for when, kind, more in CAUSES[cause]:
        assert world.says(when, kind, **more) == ""
    begin = world.now
    world.until(deadline)
    after = [deed for deed in world.deeds if deed.at >= begin]
    (demand,) = [deed for deed in after if deed.deadline]

    assert str(world.calendar.local_date(demand.at)) == demanded
    assert (str(demand.deadline), demand.asked) == (deadline, world.case.open)
    assert ActionType.HAND_OFF not in {deed.do for deed in after}

    world.until(handed)
    gone = world.deeds[-1]
    assert (gone.do, gone.open) == (ActionType.HAND_OFF, demand.asked)
    assert str(world.calendar.local_date(gone.at)) == handed
