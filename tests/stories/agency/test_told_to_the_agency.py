"""What is said while the agency has the case has its effect there, or is refused in words (B3)."""

import pytest

from domain.case.model import Message
from domain.errors import RefusedError
from domain.intake.steering import check_steering
from domain.message_types import ActionType, MessageType
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

    told = [deed.why for deed in world.deeds if deed.step.startswith("inform")]
    assert told[0] == heard
    assert told.count(heard) == 1


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


AGREEMENT = "the money of the agreement that you were told of has not come"


@pytest.mark.parametrize(
    ("kind", "more", "day", "told"),
    [
        (MessageType.PROMISE, {"day": "2026-04-10"}, "2026-04-11", AGREEMENT),
        (MessageType.PROMISE, {"day": "2026-04-10", "amount": "400.00"}, "2026-04-11", AGREEMENT),
        (
            MessageType.SETTLEMENT,
            {"day": "2026-04-10", "amount": "800.00"},
            "2026-04-11",
            AGREEMENT,
        ),
        (
            MessageType.IN_FLIGHT,
            {"amount": "1000.00"},
            "2026-04-08",
            "the money that was on its way has not come",
        ),
        (
            MessageType.CALL_RESULT,
            {"reason": "paid_claim"},
            "2026-04-07",
            "the payment that the customer told of has not come",
        ),
    ],
)
def test_what_the_agency_waits_for_and_does_not_come_is_told_the_day_it_is_late(
    kind: MessageType, more: dict[str, str], day: str, told: str
) -> None:
    """P52 P73: a day that passes is no news, so nobody else would tell it to go on."""
    world = handed_off()
    assert world.says("2026-04-01 10:00", kind, **more) == ""
    world.until("2026-12-31")

    heard = [deed for deed in world.deeds if deed.do is ActionType.INFORM_AGENCY]
    assert [deed.why for deed in heard][1:] == [told]
    assert str(world.calendar.local_date(heard[1].at)) == day


@pytest.mark.parametrize("paid", ["1000.00", "400.00"])
def test_of_a_promise_that_is_kept_or_kept_in_part_the_agency_hears_what_came(paid: str) -> None:
    world = handed_off()
    world.says("2026-04-01 10:00", MessageType.PROMISE, day="2026-04-10")
    world.says("2026-04-09 10:00", MessageType.PAYMENT, paid)
    world.until("2026-12-31")

    told = [
        line.split()[1]
        for line in world.since("2026-04-02")
        if "agency" in line or "recall" in line
    ]
    assert told == (["recall"] if paid == "1000.00" else ["inform_agency", "inform_agency"])


def test_a_plan_that_is_missed_while_the_agency_waits_is_told_after_its_last_day() -> None:
    world = handed_off()
    world.says(
        "2026-04-01 10:00", MessageType.PLAN_PROPOSED, day="2026-04-10", reason="3 monthly", key="p"
    )
    assert world.says("2026-04-01 11:00", MessageType.PLAN_AGREED, ref="p") == ""
    world.until("2026-12-31")

    assert [deed.why for deed in world.deeds if deed.do is ActionType.INFORM_AGENCY] == [
        "the customer and we agreed on a plan since",
        AGREEMENT,
    ]


@pytest.mark.parametrize("between", ["dispute", "pause", "returned", "taken back"])
def test_what_stands_still_or_came_back_is_not_called_late(between: str) -> None:
    """An agency that holds still for another reason is not told to go on."""
    world = handed_off()
    world.says("2026-04-01 10:00", MessageType.PROMISE, day="2026-04-10", key="w")
    kind, more = {
        "dispute": (MessageType.DISPUTE_OPENED, {"reason": "goods_faulty"}),
        "pause": (MessageType.PAUSE, {}),
        "returned": (MessageType.AGENCY_NEWS, {"reason": "returned"}),
        "taken back": (MessageType.TAKEN_BACK, {"ref": "w"}),
    }[between]
    assert world.says("2026-04-05 10:00", kind, **more) == ""
    world.until("2026-12-31")

    assert AGREEMENT not in [deed.why for deed in world.deeds]


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
