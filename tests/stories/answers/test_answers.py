"""Customers who pay a part, pay too much, cannot pay or were with the agency hear an answer."""

from dataclasses import replace

import pytest

from domain.case.model import Deed
from domain.decision.answering.endings import case_ending
from domain.message_types import ActionType, Result
from domain.message_types import MessageType as M
from domain.policy.answers import AnswerLetter
from domain.policy.model import DisputeRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

TOLD = replace(standard_policy(), answers=tuple(AnswerLetter))


def lived(policy: Policy = TOLD, until: str = "2026-02-05") -> Story:
    return Story(policy=policy).until(until)


def answers(story: Story) -> list[str]:
    return [line for line in story.diary if " acknowledge " in line]


def test_a_part_payment_is_thanked_for_once_and_the_rest_is_chased_the_day_after_at_most() -> None:
    story = lived()
    story.says("2026-02-06 12:00", M.PAYMENT, "400.00")
    story.until("2026-02-20")

    assert answers(story) == ["2026-02-06 acknowledge part-payment-1"]
    days = [line[:10] for line in story.diary if "remind" in line or "acknowledge" in line]
    assert len(days) == len(set(days))


@pytest.mark.parametrize(("paid", "said"), [("999.49", 1), ("999.50", 1), ("999.51", 0)])
def test_a_rest_too_small_to_be_chased_is_no_part_that_is_thanked_for(paid: str, said: int) -> None:
    """Less than 0.50 is asked of nobody, so nothing has to be said about what is left."""
    story = lived()
    story.says("2026-02-06 12:00", M.PAYMENT, paid)

    assert len(answers(story.until("2026-02-20"))) == said


@pytest.mark.parametrize(
    ("credited", "paid", "kept"),
    [
        ("999.99", "0.01", True),
        ("1000.00", "", False),
        ("", "1000.00", True),
        ("", "999.00", False),
    ],
)
def test_a_plan_is_kept_by_money_and_never_by_credit_alone(
    credited: str, paid: str, *, kept: bool
) -> None:
    """A9: two instalments; what is told at the end of the case."""
    story = lived()
    story.says("2026-02-06 09:30", M.PLAN_AGREED, day="2026-02-13", reason="2 weekly")
    if credited:
        story.says("2026-02-09 12:00", M.CREDIT_NOTE, credited)
    if paid:
        story.says("2026-02-10 12:00", M.PAYMENT, paid)

    assert case_ending(story.case).plan_kept is kept


def test_no_thanks_for_a_part_beside_an_agreement_or_after_the_rest() -> None:
    promised, paid = lived(), lived()
    promised.says("2026-02-06 09:30", M.PROMISE, day="2026-02-20")
    promised.says("2026-02-09 12:00", M.PAYMENT, "400.00")
    paid.says("2026-02-06 18:00", M.PAYMENT, "400.00")
    paid.says("2026-02-06 19:00", M.PAYMENT, "600.00")

    assert answers(promised.until("2026-02-13")) == ["2026-02-06 acknowledge agreement-1-confirmed"]
    assert answers(paid.until("2026-02-13")) == []


def test_who_cannot_pay_hears_an_answer_without_pressure() -> None:
    story = lived()
    story.says("2026-02-06 12:00", M.DISPUTE_OPENED, reason="hardship")
    story.until("2026-02-20")

    assert answers(story) == ["2026-02-06 acknowledge hardship-1-answered"]


def test_an_answer_that_would_come_late_is_let_go() -> None:
    story = lived()
    story.says("2026-02-06 11:00", M.PAUSE, day="2026-02-16")
    story.says("2026-02-06 12:00", M.PAYMENT, "400.00")

    assert answers(story.until("2026-02-28")) == []


@pytest.mark.parametrize(
    ("policy", "said"),
    [(TOLD, ["2026-02-06 acknowledge thanks"]), (standard_policy(), [])],
)
def test_who_pays_too_much_is_asked_what_becomes_of_it(policy: Policy, said: list[str]) -> None:
    story = lived(policy)
    story.says("2026-02-06 12:00", M.PAYMENT, "1050.00")
    story.until("2026-02-20")

    assert answers(story) == said
    assert story.case.closed


def test_a_dispute_that_leaves_nothing_to_pay_is_answered_before_the_case_closes() -> None:
    story = lived(replace(TOLD, disputes=DisputeRules(watched=True)))
    story.says("2026-02-06 12:00", M.DISPUTE_OPENED, reason="goods")
    story.says("2026-02-09 12:00", M.DISPUTE_SETTLED, reason="for_customer")
    story.until("2026-02-20")

    assert story.since("2026-02-09") == ["2026-02-09 acknowledge thanks", "2026-02-09 close close"]
    assert "decided" in story.deeds[-2].why


@pytest.mark.parametrize(
    ("opened", "written", "conceded"),
    [
        ("2026-01-06", False, 100000),  # nobody had written before
        ("2026-02-06", False, 100000),
        ("2026-02-06", True, 0),  # somebody has since
    ],
)
def test_what_was_conceded_is_told_at_the_end_unless_a_letter_has_told_it(
    opened: str, conceded: int, *, written: bool
) -> None:
    story = Story(policy=TOLD).until(opened)
    story.says(f"{opened} 18:00", M.DISPUTE_OPENED, reason="goods")
    story.says("2026-02-09 08:00", M.DISPUTE_SETTLED, reason="for_customer")
    if written:
        at = story.at("2026-02-09 08:30")
        own = Deed(step="by-hand", do=ActionType.REMIND, at=at, result=Result.ACCEPTED)
        story.did(own)

    assert case_ending(story.case).conceded == conceded


def test_the_last_instalment_is_thanked_for_and_others_are_not() -> None:
    story = lived()
    story.says("2026-02-06 09:30", M.PLAN_AGREED, day="2026-02-13", reason="2 weekly")
    story.says("2026-02-12 12:00", M.PAYMENT, "500.00")
    story.says("2026-02-19 12:00", M.PAYMENT, "500.00")
    story.until("2026-02-28")

    assert answers(story) == [
        "2026-02-06 acknowledge agreement-1-confirmed",
        "2026-02-19 acknowledge thanks",
    ]
    assert "plan kept" in story.deeds[-2].why


def test_after_the_agency_the_last_word_says_that_it_stops() -> None:
    story = lived(until="2026-03-31")
    assert "hand_off" in " ".join(story.diary)
    story.says("2026-04-01 12:00", M.PAYMENT, "1000.00")
    story.until("2026-04-10")

    assert answers(story) == ["2026-04-01 acknowledge thanks"]
    assert "recalled" in story.deeds[-2].why


@pytest.mark.parametrize(
    ("last", "said"), [("2026-02-10", 1), ("2026-02-11", 1), ("2026-02-12", 0), ("2026-02-13", 0)]
)
@pytest.mark.parametrize("kind", ["part", "hardship"])
def test_an_answer_is_let_go_after_three_days(kind: str, last: str, said: int) -> None:
    """Monday the 9th, paused meanwhile: said on the 11th and 12th, and on the 13th no more."""
    story = lived(until="2026-02-08")
    story.says("2026-02-09 11:00", M.PAUSE, day=last)
    if kind == "part":
        story.says("2026-02-09 12:00", M.PAYMENT, "400.00")
    else:
        story.says("2026-02-09 12:00", M.DISPUTE_OPENED, reason="hardship")
    story.until("2026-02-20")

    assert len(answers(story)) == said
