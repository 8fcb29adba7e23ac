"""What was typed wrongly is taken back: silently if nobody was told, else by one letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.answer_codes import AnswerCode
from domain.fold.taking_back import UNDO_WITHIN, may_be_taken_back
from domain.message_types import MessageType, Outcome
from domain.policy.model import DisputeRules
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

CONFIRMED, CORRECTED = "acknowledge agreement-1-confirmed", "acknowledge agreement-1-corrected"


def promised(at: str = "2026-02-06 11:00", day: str = "2026-02-20", key: str = "p") -> Story:
    """A promise typed for the wrong day, a day after the first reminder."""
    world = Story()
    assert world.says(at, MessageType.PROMISE, "", day, key=key) == ""
    return world


def undone(world: Story, at: str, ref: str = "p", key: str = "u") -> str:
    return world.says(at, MessageType.TAKEN_BACK, key=key, ref=ref)


def test_what_nobody_was_told_of_is_silently_gone() -> None:
    """Typed after the window closed, and noticed before it opened again."""
    world, silent = promised("2026-02-06 20:00"), Story()
    assert undone(world, "2026-02-06 20:05") == ""

    assert world.case.promises == ()
    assert world.until("2026-03-31").diary == silent.until("2026-03-31").diary


def test_whoever_was_told_gets_one_letter_of_correction() -> None:
    world = promised().until("2026-02-06")
    assert undone(world, "2026-02-09 10:00") == ""
    world.until("2026-02-12")

    assert world.since("2026-02-06")[:2] == [f"2026-02-06 {CONFIRMED}", f"2026-02-09 {CORRECTED}"]
    assert [line for line in world.diary if "corrected" in line] == [f"2026-02-09 {CORRECTED}"]


def test_the_ladder_keeps_its_gap_from_the_correction() -> None:
    world = promised().until("2026-02-06")
    undone(world, "2026-02-12 10:00")
    world.until("2026-03-10")

    after = [line for line in world.since("2026-02-12") if "remind" in line]
    gap = standard_policy().minimum_gap_days
    assert after[0] >= f"2026-02-{12 + gap}"


def test_with_what_was_meant_it_is_one_letter_not_two() -> None:
    world = promised().until("2026-02-06")
    undone(world, "2026-02-09 10:00")
    assert world.says("2026-02-09 10:05", MessageType.PROMISE, "", "2026-02-13", key="p2") == ""
    world.until("2026-02-12")

    words = [line for line in world.since("2026-02-07") if "acknowledge" in line]
    assert words == ["2026-02-09 acknowledge agreement-2-confirmed"]


def test_the_promise_before_it_holds_again() -> None:
    world = promised(day="2026-02-27").until("2026-02-06")
    assert world.says("2026-02-09 10:00", MessageType.PROMISE, "", "2026-02-13", key="p2") == ""
    world.until("2026-02-09")
    undone(world, "2026-02-10 10:00", "p2")

    assert [str(one.day) for one in world.case.promises] == ["2026-02-27"]
    world.until("2026-03-02")
    assert "2026-02-10 acknowledge agreement-2-corrected" in world.diary
    assert "2026-03-02 remind promise-broken-1" in world.diary or "remind promise-broken-1" in str(
        world.diary
    )


def test_a_call_goes_with_all_that_was_told_in_it() -> None:
    world = Story()
    world.says("2026-02-06 20:00", MessageType.CALL_RESULT, key="c", reason="hardship")
    assert world.case.in_hardship
    assert undone(world, "2026-02-06 20:10", "c") == ""

    assert not world.case.disputes


def test_a_dispute_of_another_day_stands_in_nobodys_way() -> None:
    """It was told and confirmed by itself; a promise about the rest is taken back all the same."""
    told = replace(standard_policy(), disputes=DisputeRules(watched=True, acknowledge=True))
    world = Story(policy=told)
    assert (
        world.says(
            "2026-02-05 10:00", MessageType.DISPUTE_OPENED, amount="100.00", reason="goods", key="d"
        )
        == ""
    )
    world.until("2026-02-12")
    assert "dispute-1-received" in str(world.diary), world.diary
    world.says("2026-02-13 11:00", MessageType.PROMISE, "", "2026-02-20", key="p")

    assert undone(world, "2026-02-13 11:30") == ""
    assert (len(world.case.disputes), world.case.promises) == (1, ())


def test_what_may_be_taken_back_is_recent_and_of_a_kind_that_can() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PAYMENT, amount="10.00", key="b")
    world.says("2026-02-06 11:00", MessageType.PROMISE, "", "2026-02-20", key="p")
    said = [one for one in world.state.messages if one.key in ("b", "p")]
    at = next(one.at for one in said if one.key == "p")

    assert [one.key for one in may_be_taken_back(said, at + UNDO_WITHIN)] == ["p"]
    assert may_be_taken_back(said, at + UNDO_WITHIN + timedelta(seconds=1)) == ()


def test_a_plan_goes_with_its_proposal() -> None:
    world = Story()
    world.says(
        "2026-02-06 20:00", MessageType.PLAN_PROPOSED, "", "2026-02-20", reason="3 monthly", key="a"
    )
    world.says("2026-02-06 20:05", MessageType.PLAN_AGREED, ref="a", key="b")
    assert "accepted" in undone(world, "2026-02-06 20:06", "a", "no")
    assert undone(world, "2026-02-06 20:07", "b") == ""
    assert world.case.plans == ()

    again = world.says(
        "2026-02-06 20:10", MessageType.PLAN_AGREED, "", "2026-02-20", reason="2 monthly", key="c"
    )
    assert again == ""
    world.until("2026-02-22")
    assert "2026-02-09 acknowledge agreement-2-confirmed" in world.diary
    assert any("instalment-2-1" in line for line in world.until("2026-03-01").diary)


@pytest.mark.parametrize(
    ("ref", "at", "why"),
    [
        ("", "2026-02-06 12:00", "ref names"),
        ("nothing", "2026-02-06 12:00", "nothing that counts"),
        ("p", "2026-02-16 12:00", "more than 7 days"),
        ("m1", "2026-02-06 12:00", "cannot be taken back"),
    ],
)
def test_what_cannot_be_taken_back_is_refused_in_words(ref: str, at: str, why: str) -> None:
    world = promised()
    world.says("2026-02-06 11:30", MessageType.CREDIT_NOTE, "1.00")

    assert why in undone(world, at, ref)
    assert world.case.promises


def test_what_the_customer_accepted_in_writing_is_kept() -> None:
    world = promised()
    world.says("2026-02-09 10:00", MessageType.AGREEMENT_CONFIRMED, ref="p")

    assert "in writing" in undone(world, "2026-02-09 11:00")


def test_twice_is_refused_and_the_first_one_holds() -> None:
    world = promised("2026-02-06 20:00")
    assert undone(world, "2026-02-06 20:05") == ""
    assert "nothing that counts" in undone(world, "2026-02-06 20:06", key="again")
    assert world.folded.refused["again"].code is AnswerCode.REFUSED


def test_whoever_paid_meanwhile_hears_of_no_mistake() -> None:
    world = promised().until("2026-02-06")
    world.says("2026-02-09 09:30", MessageType.PAYMENT, "1000.00")
    undone(world, "2026-02-09 10:00")
    world.until("2026-03-01")

    assert world.outcome is Outcome.PAID
    assert not [line for line in world.diary if "corrected" in line]


def test_a_pause_without_an_end_holds_the_correction_and_its_end_lets_it_go() -> None:
    world = promised().until("2026-02-06")
    world.says("2026-02-09 09:30", MessageType.PAUSE)
    undone(world, "2026-02-09 10:00")
    assert not [line for line in world.until("2026-02-12").diary if "corrected" in line]
    world.says("2026-02-13 10:00", MessageType.RESUME)

    assert f"2026-02-13 {CORRECTED}" in world.until("2026-02-13").diary


def test_nothing_is_corrected_where_nothing_is_confirmed() -> None:
    policy = standard_policy()
    quiet = replace(policy, agreements=replace(policy.agreements, confirm_in_writing=False))
    world = Story(policy=quiet)
    world.says("2026-02-06 11:00", MessageType.PROMISE, "", "2026-02-20", key="p")
    world.until("2026-02-06")
    undone(world, "2026-02-09 10:00")

    assert not [line for line in world.until("2026-02-28").diary if "corrected" in line]
