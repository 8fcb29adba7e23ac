"""The rule for letters that were wrong: the customer is told, once, or a person is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.case.correcting import CORRECTION, wrong_letter
from domain.case.corrections import Correction
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.decision.answering.steps import ONE_SITTING
from domain.decision.answering.timing import answer_in_writing, answers_at
from domain.decision.rules_confirming import CONFIRMS, tells_of_a_slip
from domain.message_types import ActionType
from domain.policy.model import Policy

LATEST_CORRECTION = timedelta(days=7)
"""Calendar days in which the word must have gone; later a person decides what is done."""


def correct_what_was_wrong(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Put a letter right that was wrong, before anything else is written (P18).

    Nothing is put right that the customer never got, nothing twice, and nothing after the case has
    ended. An agreement that is taken back has a letter of its own. Where the letter cannot go
    within a week, only people deal with the customer, or the agency has the case, a person is
    asked.
    """
    case = facts.case
    if not case.corrections or case.outcome or case.closed:
        return None
    for number, correction in enumerate(case.corrections, start=1):
        found = _put_right(facts, policy, now, (number, correction))
        if found is not None:
            return found
    return None


def _put_right(
    facts: Facts, policy: Policy, now: datetime, numbered: tuple[int, Correction]
) -> Action | None:
    number, correction = numbered
    case, calendar = facts.case, facts.calendar
    step = f"{CORRECTION}-{number}"
    asked = f"{step}-unsaid"
    deed = wrong_letter(case, correction)
    if deed is None or any(one.step in (step, asked) for one in case.deeds):
        return None
    left_to_people = facts.customer.human_only or case.with_agency
    if not left_to_people and _is_put_right_anyway(case, number, deed):
        return None
    what = f"the letter {deed.step} of {calendar.local_date(deed.at)} was wrong"
    at = answers_at(facts, policy, _since(correction))
    last = calendar.local_date(correction.at) + LATEST_CORRECTION
    if at is None or left_to_people or calendar.local_date(max(at, now)) > last:
        soon = calendar.within(correction.at)
        return _ask(asked, soon, f"{what}, and no letter can say so: tell the customer")
    return answer_in_writing(step, at, f"{what}: the customer is told so")


def _since(correction: Correction) -> datetime:
    """From when on it may go: what was agreed by mistake is mostly taken back next."""
    of_an_agreement = correction.step.startswith((CONFIRMS, "instalment-"))
    return correction.at + ONE_SITTING if of_an_agreement else correction.at


def _is_put_right_anyway(case: Case, number: int, wrong: Deed) -> bool:
    """Whether an earlier word of the same mistake, or taking back what it told of, does it."""
    mine, earlier = case.corrections[number - 1], case.corrections[: number - 1]
    same = (one for one in earlier if one.mistake is mine.mistake)
    return tells_of_a_slip(case, wrong) or any(wrong_letter(case, one) == wrong for one in same)


def _ask(step: str, at: datetime, why: str) -> Action:
    return Action(do=ActionType.ASK_PERSON, at=at, why=why, step=step)
