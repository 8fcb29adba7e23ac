"""The monthly statement of account: one for each customer, beside whatever else is to be done.

It is let go rather than moved: whoever hears from us anyway needs no overview on top of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.contact.contact_book import free_for_urgent
from domain.decision.answering.timing import HEARD_FROM_US
from domain.decision.bundling import spread_out
from domain.decision.small_rules import is_too_small
from domain.deed import ACCOUNT_STATEMENT
from domain.ladder.holds import standing_still_until
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.parties.customer import Touch
from domain.policy.model import Policy

LATEST_STATEMENT = timedelta(days=3)
"""Calendar days after its day in which it may still go out, after an outage or a hold."""

MOST_LINES = 200
"""Invoices of one overview; more than these are an export, not a letter."""

_PRESSING = MESSAGES_TO_DEBTOR | {ActionType.HAND_OFF, ActionType.LAWYER_LETTER}
"""What is about to be said or done instead."""


def beside_account_statement(action: Action, facts: Facts, policy: Policy, now: datetime) -> Action:
    """Choose the monthly statement where it comes before what is to be done, and not close to it.

    It asks for nothing anew and counts as no reminder.
    """
    if not policy.account_statements.day:
        return action
    statement = _next_statement(facts, policy, now)
    if statement is None or statement.at is None:
        return action
    if action.at is not None and action.at <= statement.at:
        return action
    last = facts.calendar.local_date(max(statement.at, now)) + _apart(policy)
    close = action.at is not None and facts.calendar.local_date(action.at) < last
    return action if close and action.do in _PRESSING else statement


def is_account_statement(action: Action) -> bool:
    """Tell whether an action writes an overview of the account."""
    return action.do is ActionType.ACKNOWLEDGE and action.step.startswith(ACCOUNT_STATEMENT)


def keeps_apart_until(action: Action, facts: Facts, policy: Policy, now: datetime) -> datetime:
    """Find the instant up to which no other letter may be planned for a statement to go now."""
    day = facts.calendar.local_date(max(now, action.at or now))
    return facts.calendar.start_of(day + _apart(policy))


def forbids_account_statement(open_cases: Iterable[Case]) -> bool:
    """Tell whether one of a customer's open invoices forbids an overview of all of them.

    While the agency has one no message about it leaves, and a pause is kept for the whole account.
    """
    return any(case.with_agency or case.paused for case in open_cases)


def _next_statement(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    case, free = facts.case, _free(facts, policy)
    if free is None or case.outcome or case.closed or case.with_agency:
        return None
    if facts.customer.human_only or is_too_small(case.undisputed, facts, policy):
        return None
    for day in _days(facts.calendar.local_date(max(now, free)), policy.account_statements.day):
        at = facts.calendar.opening(day)
        if at >= free and _is_timely(facts, at, now) and _is_wanted(facts, policy, day, now):
            return spread_out(_written(day, at), facts, policy)
    return None


def _free(facts: Facts, policy: Policy) -> datetime | None:
    """From when nothing holds the case still or keeps the customer quiet; None: open end."""
    still = standing_still_until(facts)
    quiet = free_for_urgent(facts.customer, policy, facts.calendar)
    return max(still, quiet) if still and quiet else still


def _days(today: date, day: int) -> Iterator[date]:
    """That day of the month before, of this month, and of the two after it."""
    for ahead in (-1, 0, 1, 2):
        month = today.year * 12 + today.month - 1 + ahead
        yield date(month // 12, month % 12 + 1, day)


def _is_timely(facts: Facts, at: datetime, now: datetime) -> bool:
    calendar = facts.calendar
    goes = calendar.local_date(calendar.within(max(at, now)))
    return goes <= calendar.local_date(at) + LATEST_STATEMENT


def _is_wanted(facts: Facts, policy: Policy, day: date, now: datetime) -> bool:
    """Whether the customer has not had it, and no other letter a few days before."""
    calendar = facts.calendar
    if any(deed.step == _step(day) for deed in facts.case.deeds):
        return False
    contacts = facts.customer.contacts
    had = (calendar.local_date(one.at) for one in contacts if one.what is Touch.STATEMENT)
    if any(day <= on for on in had):
        return False
    goes = calendar.local_date(max(calendar.opening(day), now))
    heard = {one.at for one in contacts if one.what in HEARD_FROM_US}
    heard |= {deed.at for deed in facts.case.deeds if deed.reached_debtor}
    return all(calendar.local_date(at) + _apart(policy) <= goes for at in heard)


def _apart(policy: Policy) -> timedelta:
    return timedelta(days=policy.account_statements.apart_days)


def _step(day: date) -> str:
    return f"{ACCOUNT_STATEMENT}-{day:%Y-%m}"


def _written(day: date, at: datetime) -> Action:
    return Action(
        do=ActionType.ACKNOWLEDGE,
        at=at,
        why="the monthly statement of account: all that is open, and no deadline",
        step=_step(day),
        channels=("email",),
        tone="warm",
    )
