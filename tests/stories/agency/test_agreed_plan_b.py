"""An agreement names its own Plan B (P53): what was said follows, and nothing else before it."""

import pytest

from domain.case.chosen_plan_b import read_plan_b
from domain.errors import InvalidError
from domain.message_types import ActionType, MessageType
from tests.stories.story import Story


def promised(plan_b: str, day: str = "2026-02-11") -> Story:
    """A customer who promises on 6 February, and what follows if the money does not come."""
    world = Story()
    assert world.says("2026-02-06 11:00", MessageType.PROMISE, "", day, plan_b=plan_b) == ""
    return world


@pytest.mark.parametrize(
    ("plan_b", "deed"),
    [
        ("agency:nordwind", "hand_off"),
        ("agency", "hand_off"),
        ("lawyer:kanzlei", "lawyer_letter"),
        ("person", "ask_person"),
    ],
)
def test_what_the_promise_named_is_the_deed_that_follows(plan_b: str, deed: str) -> None:
    """The word and the call the same day, then its deadline, then the Plan B: nothing between."""
    world = promised(plan_b).until("2026-02-20")

    assert world.since("2026-02-07") == [
        "2026-02-12 call_task agreement-1-call",
        "2026-02-12 hold_credit cash-only",
        "2026-02-12 remind promise-broken-1",
        f"2026-02-20 {deed} agreed-plan-b-1",
    ]


def test_it_is_told_when_the_promise_is_made() -> None:
    promise = promised("agency:nordwind").case.running_promise

    assert promise is not None
    assert promise.plan_b.then.endswith("after the new deadline, the agency nordwind takes over")


def test_a_case_that_was_not_handed_over_climbs_on_after_it() -> None:
    """A lawyer's letter, or a person's look, is not the end of the ladder."""
    for plan_b in ("lawyer", "person"):
        world = promised(plan_b).until("2026-04-30")

        done = [line.partition(" ")[2] for line in world.since("2026-02-20")]
        assert done[0].endswith("agreed-plan-b-1")
        assert "demand_letter final" in done, done
        assert any(step.endswith(" plan-b") for step in done), done


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (MessageType.PAYMENT, {"amount": "1000.00"}),
        (MessageType.DISPUTE_OPENED, {"reason": "goods"}),
        (MessageType.PAUSE, {"day": "2026-04-30"}),
        (MessageType.PROMISE, {"day": "2026-03-05"}),
        (MessageType.WITHDRAWN, {}),
        (MessageType.IN_FLIGHT, {"day": "2026-03-02"}),
    ],
)
def test_whatever_is_heard_before_keeps_it_away(kind: MessageType, more: dict[str, str]) -> None:
    world = promised("agency:nordwind").until("2026-02-16")
    world.says("2026-02-16 12:00", kind, **more)
    world.until("2026-02-27")

    assert ActionType.HAND_OFF not in {deed.do for deed in world.deeds}


def test_a_sum_that_was_not_asked_for_is_asked_for_first() -> None:
    """What stood still comes back with a word and a new deadline before the agency."""
    world = promised("agency:nordwind").until("2026-02-16")
    world.says("2026-02-16 12:00", MessageType.DISPUTE_OPENED, reason="goods")
    world.says("2026-03-02 12:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.until("2026-03-31")

    done = [line.partition(" ")[2] for line in world.since("2026-03-02")]
    assert done[0].startswith("remind "), done
    assert done[-1] == "hand_off agreed-plan-b-1"


def test_a_later_agreement_brings_its_own_plan_b() -> None:
    world = promised("agency:nordwind").until("2026-02-16")
    world.says("2026-02-16 12:00", MessageType.PROMISE, "", "2026-02-23", plan_b="person")
    world.until("2026-03-06")

    steps = [line.partition(" ")[2] for line in world.since("2026-02-16")]
    assert "ask_person agreed-plan-b-2" in steps
    assert ActionType.HAND_OFF not in {deed.do for deed in world.deeds}


def test_who_decides_otherwise_meanwhile_is_followed() -> None:
    """A person approves another agency: the case is handed over once, and not a second time."""
    world = promised("agency:nordwind").until("2026-02-16")
    world.says("2026-02-20 08:00", MessageType.HANDOFF_APPROVED, ref="sued")
    world.until("2026-03-31")

    handed = [deed.step for deed in world.deeds if deed.do is ActionType.HAND_OFF]
    assert handed == ["plan-b-approved"]
    world.says("2026-04-01 12:00", MessageType.AGENCY_NEWS, reason="returned")
    world.says("2026-04-02 12:00", MessageType.RESUME)
    world.until("2026-06-30")
    assert [d.step for d in world.deeds if d.do is ActionType.HAND_OFF] == ["plan-b-approved"]


def test_what_came_back_from_it_is_a_persons() -> None:
    """The ladder's own Plan B does not hand it over a second time by itself."""
    world = promised("agency:nordwind").until("2026-02-23")
    world.says("2026-03-02 12:00", MessageType.AGENCY_NEWS, reason="returned")
    world.says("2026-03-03 12:00", MessageType.RESUME)
    world.until("2026-08-31")

    handed = [deed.step for deed in world.deeds if deed.do is ActionType.HAND_OFF]
    assert handed == ["agreed-plan-b-1"]
    asked = [deed for deed in world.deeds if deed.step == "plan-b-2"]
    assert [deed.do for deed in asked] == [ActionType.ASK_PERSON]


def test_a_plan_and_an_offer_name_theirs_as_well() -> None:
    for kind, more in (
        (MessageType.PLAN_AGREED, {"reason": "2 monthly", "day": "2026-02-12"}),
        (MessageType.SETTLEMENT, {"amount": "900.00", "day": "2026-02-12"}),
    ):
        world = Story()
        assert world.says("2026-02-06 11:00", kind, plan_b="lawyer:kanzlei", **more) == ""
        world.until("2026-03-31")

        done = [line.partition(" ")[2] for line in world.since("2026-02-12")]
        at = done.index("lawyer_letter agreed-plan-b-1")
        assert any(step.startswith("remind") for step in done[:at]), done
        assert not any(step.startswith("demand_letter") for step in done[:at]), done


def test_a_rest_paid_late_hands_nobody_over() -> None:
    """A promise of part that came late was kept late: the rest is the ladder's."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "500.00", "2026-02-11", plan_b="agency")
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "500.00")
    world.until("2026-02-27")

    assert ActionType.HAND_OFF not in {deed.do for deed in world.deeds}


@pytest.mark.parametrize("text", ["agency:", "bailiff", "person:ann", "agency:Nord wind", ":x"])
def test_what_is_no_plan_b_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidError, match="write agency, agency:NAME"):
        read_plan_b(text)
