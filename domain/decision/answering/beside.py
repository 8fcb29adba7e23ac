"""The rule for answers beside what is asked for: hardship, a part payment, a discount, a recall.

Each is courtesy: it goes out soon or not at all, for whatever is written next says it as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.agreements.status import agreed_until
from domain.case.facts import Action, Facts
from domain.decision.answering.timing import answer_in_writing, answers_at
from domain.message_types import ActionType
from domain.payments.discounts import can_be_earned, is_discount_moved
from domain.policy.answers import AnswerLetter
from domain.policy.model import Policy

STILL_WELCOME = timedelta(days=3)
"""Calendar days after which such an answer only looks late."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that is called for: since when, by which step, and why."""

    since: datetime
    step: str
    why: str


def answer_the_customer(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Answer what the customer said or paid, where the policy wants it (P18, P42).

    It goes to nobody whom only people deal with, not after the invoice is settled, and not after
    another word that came since.
    """
    case = facts.case
    if case.outcome or case.closed or facts.customer.human_only:
        return None
    if not policy.answers and not case.invoice.discount:
        return None
    found = (_in_time(facts, policy, now, one) for one in _called_for(facts, policy, now))
    return next(filter(None, found), None)


def _called_for(facts: Facts, policy: Policy, now: datetime) -> Iterator[_Answer]:
    wanted = policy.answers
    yield from _discount_stands(facts, now)
    if AnswerLetter.HARDSHIP in wanted:
        yield from _hardship(facts)
    if AnswerLetter.RECALLED in wanted:
        yield from _back_from_the_agency(facts)
    if AnswerLetter.PART_PAYMENT in wanted:
        yield from _part_paid(facts, now)


def _discount_stands(facts: Facts, now: datetime) -> Iterator[_Answer]:
    """A discount whose last day lay in a dispute: its new one is of use only to who hears of it.

    What is due already is asked for anew, and that letter tells the answer.
    """
    case, today = facts.case, facts.calendar.local_date(now)
    if not case.settled_disputes or case.disputes or today > case.due:
        return
    if is_discount_moved(case, facts.calendar) and can_be_earned(case, today):
        ended = max(case.settled_disputes, key=lambda one: one.settled_at or case.heard_at)
        why = f"the dispute is settled: the discount can be earned until {case.discount_until}"
        yield _Answer(ended.settled_at or case.heard_at, f"dispute-{ended.number}-decided", why)


def _hardship(facts: Facts) -> Iterator[_Answer]:
    for one in facts.case.disputes:
        if one.is_hardship:
            why = "the customer cannot pay: an answer without pressure, with what we can offer"
            yield _Answer(one.opened_at, f"hardship-{one.number}-answered", why)


def _back_from_the_agency(facts: Facts) -> Iterator[_Answer]:
    backs = [deed for deed in facts.case.deeds if deed.do is ActionType.RECALL]
    if backs and not facts.case.with_agency:
        why = "the agency was told to stop: the customer hears that we deal with it again"
        yield _Answer(backs[-1].at, f"recalled-{len(backs)}", why)


def _part_paid(facts: Facts, now: datetime) -> Iterator[_Answer]:
    """Money that leaves something to be paid; what keeps an agreement is not commented on."""
    case, until = facts.case, agreed_until(facts.case)
    if not case.payments or case.undisputed <= case.slack or (until and now < until):
        return
    at = max(came for _, _, came in case.payments)
    yield _Answer(at, f"part-payment-{len(case.payments)}", "a part has come: thanks for it")


def _in_time(facts: Facts, policy: Policy, now: datetime, found: _Answer) -> Action | None:
    case, calendar = facts.case, facts.calendar
    if any(deed.step == found.step for deed in case.deeds):
        return None
    if any(deed.reached_debtor and deed.at > found.since for deed in case.deeds):
        return None
    at = answers_at(facts, policy, found.since)
    if at is None:
        return None
    latest = calendar.local_date(found.since) + STILL_WELCOME
    late = calendar.local_date(calendar.within(max(at, now))) > latest
    return None if late else answer_in_writing(found.step, at, found.why)
