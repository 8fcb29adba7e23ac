"""A person leaves a step out, or wants the next letter out today."""

from dataclasses import replace

import pytest

from domain.case.model import Message
from domain.errors import RefusedError
from domain.intake.steering import check_steering
from domain.message_types import MessageType
from tests.stories.story import Story

SILENT = Story().until("2026-03-31")
WISHED = "2026-02-16"
"""A working day after the gap, and before the day of the next letter."""


def test_what_is_left_out_is_not_said_and_the_rest_comes() -> None:
    step = "second"
    world = Story().until("2026-02-05")
    assert world.says("2026-02-06 10:00", MessageType.STEP_SKIPPED, ref=step, reason="met") == ""
    world.until("2026-03-31")

    assert not [line for line in world.diary if line.endswith(f"remind {step}")]
    left = [line for line in SILENT.diary if not line.endswith(" second")]
    assert [line.split(" ", 1)[1] for line in world.diary if "plan" not in line] == [
        line.split(" ", 1)[1] for line in left if "plan" not in line
    ]
    assert next(deed for deed in world.case.deeds if deed.step == step).why.endswith("met")


def test_nobody_is_handed_over_who_was_not_asked_though_the_last_demand_was_left_out() -> None:
    last = [step.id for step in SILENT.policy.steps if step.is_message][-1]
    world = Story().until("2026-02-05")
    assert world.says("2026-02-06 10:00", MessageType.STEP_SKIPPED, ref=last, reason="met") == ""
    world.until("2026-06-30")

    handoff = next(line for line in world.diary if "hand_off" in line)
    asked = [line for line in world.diary if line < handoff and "remind" in line]
    assert asked


@pytest.mark.parametrize(
    ("ref", "reason", "why"),
    [
        ("", "met", "ref names the step"),
        ("polit", "met", "did you mean polite?"),
        ("second", "", "say why"),
    ],
)
def test_what_cannot_be_left_out_is_refused_in_words(ref: str, reason: str, why: str) -> None:
    world = Story().until("2026-02-05")

    assert why in world.says("2026-02-06 10:00", MessageType.STEP_SKIPPED, ref=ref, reason=reason)


def test_what_was_said_already_cannot_be_left_out_and_what_comes_can() -> None:
    """On 6 February the first reminders are behind the invoice, the second one is not."""
    world = Story().until("2026-02-05")
    wish = Message(key="s", kind=MessageType.STEP_SKIPPED, at=world.at("2026-02-06 10:00"))

    for said in ("gentle", "polite"):
        with pytest.raises(RefusedError, match=f"{said} is behind this invoice already"):
            check_steering(world.state, replace(wish, ref=said))
    check_steering(world.state, replace(wish, ref="second"))


def test_what_is_wanted_now_leaves_in_the_next_window_of_that_day() -> None:
    world = Story().until("2026-02-13")
    assert world.says(f"{WISHED} 08:00", MessageType.SEND_NOW, ref="formal") == ""
    assert world.next.step == "formal"
    assert world.next.why == "due+15 is 2026-02-19; a person wanted it out sooner"
    world.until(WISHED)

    assert world.since(WISHED)[:1] == [f"{WISHED} demand_letter formal"]
    assert world.deeds[-1].at == world.at(f"{WISHED} 09:00")


@pytest.mark.parametrize("at", ["2026-02-10 10:00", "2026-02-25 10:00"])
def test_a_gap_or_a_deadline_is_kept_whoever_wants_it_sooner(at: str) -> None:
    world, plain = Story(), Story()
    world.live(world.at(at))
    world.says(at, MessageType.SEND_NOW, ref="final" if "-25" in at else "formal")

    assert world.until("2026-03-20").diary == plain.until("2026-03-20").diary


def test_yesterdays_wish_is_no_wish_any_more() -> None:
    """A promise came in between, and was not kept a week later: nobody wanted that letter then."""
    world, plain = Story(), Story()
    for one in (world, plain):
        one.says(f"{WISHED} 07:00", MessageType.PROMISE, "", "2026-02-20")
    world.says(f"{WISHED} 08:00", MessageType.SEND_NOW, ref="formal")

    assert world.until("2026-04-30").diary == plain.until("2026-04-30").diary


def test_a_reminder_never_goes_out_before_the_day_after_the_due_date() -> None:
    world, plain = Story(), Story()
    assert world.says("2026-02-03 10:00", MessageType.SEND_NOW, ref="polite") == ""

    assert world.until("2026-03-20").diary == plain.until("2026-03-20").diary


def test_a_step_that_is_no_message_is_not_sent() -> None:
    world = Story().until("2026-02-05")

    assert "no message" in world.says("2026-02-06 10:00", MessageType.SEND_NOW, ref="call")


@pytest.mark.parametrize(
    ("left_out", "call", "after"),
    [
        (["polite"], "2026-02-12", "second"),
        (["second"], "2026-02-12", "polite"),
        (["polite", "second"], "2026-02-23", "formal"),  # it waits for the first word there is
    ],
)
def test_nobody_is_called_about_what_was_never_written_though_a_person_left_it_out(
    left_out: list[str], call: str, after: str
) -> None:
    world = Story()
    for step in left_out:
        world.says("2026-02-03 10:00", MessageType.STEP_SKIPPED, ref=step, reason="met", key=step)
    world.until("2026-03-05")

    lines = [line.split(" ", 1)[1] for line in world.diary]
    assert next(line for line in world.diary if line.endswith("call_task call"))[:10] == call
    spoken = next(line for line in lines if line.endswith(f" {after}"))
    assert lines.index(spoken) < lines.index("call_task call")
    assert lines.index(spoken) <= lines.index("hold_credit credit-hold")


def test_who_left_every_word_out_wants_the_call_alone() -> None:
    world = Story()
    for step in ("polite", "second", "formal", "final"):
        world.says("2026-02-03 10:00", MessageType.STEP_SKIPPED, ref=step, reason="met", key=step)

    assert "2026-02-12 call_task call" in world.until("2026-02-12").diary
