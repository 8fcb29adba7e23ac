"""What is said while the agency has the case has its effect there, or is refused in words (B3)."""

import pytest

from domain.case.model import Message
from domain.errors import RefusedError
from domain.intake.steering import check_steering
from domain.message_types import MessageType
from tests.stories.story import handed_off


@pytest.mark.parametrize(
    ("kind", "more", "heard"),
    [
        (MessageType.PAUSE, {}, "the claim is paused until we say more"),
        (MessageType.PAUSE, {"day": "2026-04-10"}, "the claim is paused until 2026-04-10"),
        (MessageType.IN_FLIGHT, {"amount": "1000.00"}, "money of the customer is on its way"),
        (
            MessageType.CALL_RESULT,
            {"reason": "paid_claim"},
            "the customer says that it was paid",
        ),
        (MessageType.COSTS_WAIVED, {}, "costs were waived"),
    ],
)
def test_what_is_said_after_the_handoff_is_told_to_the_agency_once(
    kind: MessageType, more: dict[str, str], heard: str
) -> None:
    """B3: whatever is accepted has its effect, and here only the agency can heed it."""
    world = handed_off()
    assert world.says("2026-03-20 10:00", kind, **more) == ""
    world.until("2026-04-30")

    assert [deed.why for deed in world.deeds if deed.step.startswith("inform")] == [heard]


def test_the_agency_hears_that_what_it_was_told_was_a_mistake() -> None:
    world = handed_off()
    world.says("2026-03-20 10:00", MessageType.PROMISE, day="2026-03-25", key="p")
    world.until("2026-03-20")
    assert world.says("2026-03-23 10:00", MessageType.TAKEN_BACK, ref="p") == ""
    world.until("2026-04-30")

    assert [deed.why for deed in world.deeds if deed.step.startswith("inform")] == [
        "the customer and we agreed on a promise since",
        "an agreement that you were told of was a mistake",
    ]


@pytest.mark.parametrize(
    ("paid", "first"),
    [
        ("999.49", "inform_agency inform-1"),
        ("999.50", "inform_agency inform-1"),
        ("999.51", "recall recall"),
    ],
)
def test_no_agency_collects_less_than_is_chased(paid: str, first: str) -> None:
    """A5 B4: 0.50 are still its claim, 0.49 are not; then a person is asked about them once."""
    world = handed_off()
    world.says("2026-03-20 10:00", MessageType.PAYMENT, paid)
    world.until("2026-05-31")
    done = world.since("2026-03-20")

    assert done[0] == f"2026-03-20 {first}"
    if first.startswith("recall"):
        assert done[1:] == [
            "2026-03-20 release_credit release_credit",
            "2026-03-20 ask_person small-rest",
        ]


@pytest.mark.parametrize(
    ("paid", "why"),
    [("", "the agency has the case already"), ("1000.00", "nothing is open on this invoice")],
)
def test_nothing_is_handed_over_twice_or_for_nothing(paid: str, why: str) -> None:
    """B2: what can have no effect is refused in words."""
    world = handed_off()
    if paid:
        world.says("2026-03-20 10:00", MessageType.PAYMENT, paid)
    wish = Message(key="h", kind=MessageType.HANDOFF_APPROVED, at=world.at("2026-03-23 10:00"))
    with pytest.raises(RefusedError, match=why):
        check_steering(world.until("2026-03-21").state, wish)


def test_a_case_that_came_back_may_be_handed_over_again() -> None:
    world = handed_off()
    world.says("2026-05-04 10:00", MessageType.AGENCY_NEWS, reason="returned")
    wish = Message(key="h", kind=MessageType.HANDOFF_APPROVED, at=world.at("2026-05-05 10:00"))

    check_steering(world.until("2026-05-04").state, wish)
