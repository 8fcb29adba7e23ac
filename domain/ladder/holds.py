"""Finds what holds a case still, and until when: pauses, claims, pending money, agreements."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.agreements.status import agreed_until
from domain.calendar import Calendar
from domain.case.facts import Facts
from domain.deed import AGREED_PLAN_B
from domain.message_types import ActionType

_A_WEEK = timedelta(days=7)
"""So long a lawyer's letter, or a person, that an agreement named has the word alone."""

CLAIM_DAYS = 2
"""Working days in which money that the customer says is paid may still arrive; once per case."""


def standing_still_until(facts: Facts) -> datetime | None:
    """Find the instant up to which pauses and agreements hold the ladder; None: open end.

    A rest too small alone is held until the customer's small rests have come together.
    """
    until, agreed = free_from(facts), agreed_until(facts.case)
    if until is None:
        return None
    others = agreed, facts.together_since, _after_the_agreed_plan_b(facts)
    return max(at for at in (until, *others) if at)


def _after_the_agreed_plan_b(facts: Facts) -> datetime | None:
    """When the ladder goes on after what an agreement named for the case that it is not kept."""
    case = facts.case
    if not (case.promises or case.plans or case.settlements):
        return None
    for deed in reversed(case.deeds):
        if deed.step.startswith(AGREED_PLAN_B):
            day = facts.calendar.local_date(deed.at)
            return facts.calendar.opening(day + _A_WEEK)
    return None


def free_from(facts: Facts) -> datetime | None:
    """Find the instant up to which anything but an agreement holds the case; None: open end."""
    case, calendar = facts.case, facts.calendar
    until = unpaused_from(facts)
    if until is None:
        return None
    if case.quiet_until:
        until = max(until, case.quiet_until)
    if case.claimed_at:
        until = max(until, after_the_claim(case.claimed_at, calendar))
    if case.answer_until:
        until = max(until, case.answer_until)
    return until


def unpaused_from(facts: Facts, *, beside_approval: bool = False) -> datetime | None:
    """Find the instant up to which a pause holds the case; None: open end.

    What answers the customer goes ``beside_approval``: their own approval holds only what asks.
    """
    case = facts.case
    until = max(case.released_at, case.invoice.opened_at)
    if case.part_since:  # what is said of a part comes after the one before is paid
        until = max(until, case.part_since)
    if not case.paused:
        return until
    if beside_approval and case.awaits_approval:
        last = case.people_paused_until
        return max(until, facts.calendar.end_of(last)) if last else until
    return max(until, facts.calendar.end_of(case.paused_until)) if case.paused_until else None


def after_the_claim(claimed: datetime, calendar: Calendar) -> datetime:
    """Find when the ladder goes on after "I have paid": two working days later."""
    return calendar.days_later(claimed, CLAIM_DAYS)


def after_an_answer(facts: Facts) -> datetime | None:
    """Find the day after the last answer to the customer: what is asked for is another word."""
    for deed in reversed(facts.case.deeds):
        if deed.do is ActionType.ACKNOWLEDGE and deed.reached_debtor:
            day = facts.calendar.local_date(deed.at)
            return facts.calendar.opening(day + timedelta(days=1))
    return None


def still_until(facts: Facts) -> datetime:
    """Find the same instant, or the last release where the end is open."""
    return standing_still_until(facts) or facts.case.released_at
