"""A letter of ours that was wrong is put right, once and soon, and never after the money (P18)."""

from dataclasses import replace

import pytest

from domain.decision.answering.corrections import correct_what_was_wrong
from domain.message_types import ActionType, MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

WRONG = MessageType.LETTER_CORRECTED
RIGHT = "acknowledge correction-1"


def reminded(**more: object) -> Story:
    """A customer who was reminded on 5 February, one day after the due date."""
    return Story(**more).until("2026-02-05")  # type: ignore[arg-type]  # passed on as they are


def told(story: Story, at: str = "2026-02-06 10:00", reason: str = "sum") -> Story:
    assert story.says(at, WRONG, ref="polite", reason=reason) == ""
    return story


def lines(story: Story, word: str) -> list[str]:
    return [line for line in story.diary if word in line]


def test_the_customer_is_told_once_and_the_ladder_goes_on_as_before() -> None:
    wrong, silent = told(reminded()).until("2026-03-20"), reminded().until("2026-03-20")

    assert lines(wrong, "correction") == [f"2026-02-06 {RIGHT}"]
    assert [line for line in wrong.diary if "correction" not in line] == silent.diary


def test_it_is_no_second_word_on_one_day() -> None:
    story = told(reminded(), "2026-02-05 15:00").until("2026-02-20")

    assert lines(story, "correction") == [f"2026-02-06 {RIGHT}"]


def test_nothing_is_put_right_after_the_money_or_that_nobody_got() -> None:
    paid = reminded()
    paid.says("2026-02-06 08:00", MessageType.PAYMENT, "1000.00")
    told(paid, "2026-02-06 08:30").until("2026-02-20")
    unsaid = reminded()
    assert unsaid.says("2026-02-06 10:00", WRONG, ref="formal", reason="sum") == ""

    assert not lines(paid, "correction")
    assert not lines(unsaid.until("2026-02-09"), "correction")


def test_during_a_pause_without_end_a_person_tells_the_customer() -> None:
    story = reminded()
    story.says("2026-02-06 09:30", MessageType.PAUSE)
    told(story).until("2026-02-20")

    assert lines(story, "correction") == ["2026-02-06 ask_person correction-1-unsaid"]


def test_whom_only_people_deal_with_hears_it_from_a_person() -> None:
    story = told(reminded())
    facts = replace(story.facts, customer=replace(story.facts.customer, vulnerable=True))
    action = correct_what_was_wrong(facts, standard_policy(), story.now)

    assert action
    assert action.do is ActionType.ASK_PERSON


@pytest.mark.parametrize(
    ("ref", "reason", "why"),
    [("", "sum", "ref names the step"), ("polite", "typo", "say by reason what was wrong")],
)
def test_it_must_be_said_which_letter_was_wrong_and_what_of_it(
    ref: str, reason: str, why: str
) -> None:
    assert why in reminded().says("2026-02-06 10:00", WRONG, ref=ref, reason=reason)


def test_an_agreement_that_is_undone_is_put_right_by_its_own_letter_alone() -> None:
    story = reminded()
    story.says("2026-02-06 09:30", MessageType.PROMISE, day="2026-02-20", key="p")
    story.until("2026-02-06 17:00")
    assert lines(story, "confirmed") == ["2026-02-06 acknowledge agreement-1-confirmed"]
    assert story.says("2026-02-09 10:00", MessageType.TAKEN_BACK, ref="p") == ""
    story.until("2026-02-12")

    assert lines(story, "corrected") == ["2026-02-09 acknowledge agreement-1-corrected"]
    assert not lines(story, "correction-")


ONE_LETTER = "2026-02-09 acknowledge agreement-1-corrected"


def confirmed(reason: str, corrected: str, *, undone: str = "", anew: str = "") -> list[str]:
    """What is written about a promise that was confirmed on the 6th, by what was said when."""
    story = reminded()
    story.says("2026-02-06 09:30", MessageType.PROMISE, day="2026-02-27", key="p")
    wrong = {"ref": "agreement-1-confirmed", "reason": reason}
    said = [(corrected, WRONG, wrong), (undone, MessageType.TAKEN_BACK, {"ref": "p"})]
    said += [(anew, MessageType.PROMISE, {"day": "2026-02-20"})]
    for at, kind, more in sorted(said, key=lambda one: one[0]):
        assert not at or story.says(at, kind, **more) == ""
    return [line for line in story.until("2026-02-16").since("2026-02-07") if "acknowl" in line]


@pytest.mark.parametrize("reason", ["sum", "day", "sent"])
@pytest.mark.parametrize("corrected", ["2026-02-09 09:50", "2026-02-09 10:05", "2026-02-11 10:00"])
def test_a_wrong_confirmation_that_is_taken_back_too_is_put_right_by_one_letter(
    reason: str, corrected: str
) -> None:
    """Whichever of the two is said first, and even where the letter is out already."""
    undone, anew = "2026-02-09 10:00", "2026-02-09 10:10"

    assert confirmed(reason, corrected, undone=undone) == [ONE_LETTER]
    both = confirmed(reason, corrected, undone=undone, anew=anew)
    assert both == ["2026-02-09 acknowledge agreement-2-confirmed"]
    assert confirmed(reason, corrected) == [f"{corrected[:10]} {RIGHT}"]


@pytest.mark.parametrize(("reason", "more"), [("sent", []), ("day", [ONE_LETTER])])
def test_what_was_to_be_disregarded_already_is_not_taken_back_in_writing(
    reason: str, more: list[str]
) -> None:
    told = confirmed(reason, "2026-02-09 09:30", undone="2026-02-09 10:00")

    assert told == [f"2026-02-09 {RIGHT}", *more]


def test_two_who_find_the_same_mistake_make_one_letter() -> None:
    story = told(told(reminded()), "2026-02-06 10:30").until("2026-02-20")

    assert lines(story, "correction") == [f"2026-02-06 {RIGHT}"]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ("2026-02-12", f"2026-02-13 {RIGHT}"),
        ("2026-02-15", f"2026-02-16 {RIGHT}"),
        ("2026-02-16", "2026-02-09 ask_person correction-1-unsaid"),
    ],
)
def test_a_letter_says_so_within_seven_days_and_else_a_person(last: str, line: str) -> None:
    """Told on Monday the 9th in a pause: the letter may go on the 16th, and on the 17th no more."""
    story = Story().until("2026-02-05")
    story.says("2026-02-06 09:30", MessageType.PAUSE, day=last)
    told(story, "2026-02-09 10:00").until("2026-02-20")

    assert lines(story, "correction") == [line]
