"""The contact book: from when on a customer may be written to or called again (P82).

All invoices of one customer count together, whatever they are about. Each limit holds in two ways,
in calendar days of the debtor and in full days to the minute, so that nobody who counts either way
finds one contact too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.case.facts import Action
from domain.deed import ACCOUNT_STATEMENT
from domain.message_types import ActionType
from domain.parties.customer import Customer, PlannedContact, Touch
from domain.parties.people import VOICE
from domain.policy.model import Policy

WEEK = 7

_MESSAGES = (Touch.MESSAGE, Touch.ANSWER, Touch.STATEMENT)
"""What counts against the most in a week; only what asks for something keeps a gap."""

_CALLS = (Touch.CALL, Touch.CONVERSATION)
"""Attempts by telephone: a conversation is one, too, and so is a message that is spoken."""

Limit = tuple[datetime, str]
"""From when on something is free again, and what it had waited for."""


def was_written(action: Action) -> Touch:
    """Tell how a message that was accepted counts in the contact book."""
    if action.do is not ActionType.ACKNOWLEDGE:
        return Touch.MESSAGE
    return Touch.STATEMENT if action.step.startswith(ACCOUNT_STATEMENT) else Touch.ANSWER


def free_for_message(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find from when the customer may be written to; None if nothing stands in the way."""
    return _latest(_messages(customer, policy, calendar))


def free_for_urgent(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find the same for a message without the minimum gap, about a broken promise (P52)."""
    return _latest(_urgent(customer, policy, calendar))


def free_for_again(
    customer: Customer, policy: Policy, calendar: Calendar, unheard: frozenset[datetime]
) -> datetime | None:
    """Find the same for a message that is repeated: only what arrived keeps a gap."""
    arrived = replace(customer, contacts=tuple(c for c in customer.contacts if c.at not in unheard))
    limits = (_gap(arrived, policy, calendar), _urgent(customer, policy, calendar))
    return _latest(limit for each in limits for limit in each)


def free_for_call(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find from when the customer may be called; None if nothing stands in the way."""
    return _latest(_calls(customer, policy, calendar))


def free_for_call_task(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find from when somebody may be asked to call; None if nothing stands in the way.

    One call a day is asked for at most, whatever it is about, and none on the day of a
    conversation: it has answered for all invoices.
    """
    return limits_of(customer, policy, calendar).call_task


def free_for_question(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find from when the customer may be asked whether an invoice arrived.

    A question leaves room in the week for two words about money, where the week has it.
    """
    return limits_of(customer, policy, calendar).question


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """From when (UTC) each sort of contact is free again; None if nothing stands in the way."""

    message: datetime | None
    call: datetime | None
    call_task: datetime | None
    question: datetime | None
    why: str = ""
    """What a message waits for; empty if it waits for nothing."""


def limits_of(customer: Customer, policy: Policy, calendar: Calendar) -> ContactLimits:
    """Find all limits of a customer's contact book, once for as long as the book is the same.

    Every case of a customer asks for them at every decision.
    """
    found = customer.limits.get((policy, calendar))
    if not isinstance(found, ContactLimits):
        asked = customer, policy, calendar
        call, written = free_for_call(*asked), max(_messages(*asked), default=None)
        message, why = written or (None, "")
        found = ContactLimits(
            message=message,
            call=call,
            call_task=_later(call, _latest(_planned(*asked))),
            question=_later(message, _room(*asked)),
            why=why,
        )
        customer.limits[policy, calendar] = found
    return found


def messages_since(customer: Customer, instant: datetime) -> int:
    """Count the messages that the customer got after an instant."""
    return sum(one.what in _MESSAGES and one.at > instant for one in customer.contacts)


def closed_channels(
    customer: Customer, policy: Policy, calendar: Calendar, at: datetime
) -> tuple[str, ...]:
    """List channels that a message may not take at an instant; a voice message is a call (P82)."""
    free = free_for_call(customer, policy, calendar)
    return (VOICE,) if free and free > at else ()


def quiet_until(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """Find the end of the quiet days after a conversation; None if there was none."""
    return _latest(_quiet(customer, policy, calendar))


def why_not_before(customer: Customer, policy: Policy, calendar: Calendar) -> str:
    """Describe what a message waits for; empty if it waits for nothing."""
    return limits_of(customer, policy, calendar).why


def _latest(limits: Iterable[Limit]) -> datetime | None:
    return max((at for at, _ in limits), default=None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _room(customer: Customer, policy: Policy, calendar: Calendar) -> datetime | None:
    """From when a question leaves room in the week for two words about money."""
    most = policy.contact.messages_per_week
    first = _nth_last(customer, _MESSAGES, max(1, most - 2)) if most else None
    return _days_after(first.at, WEEK, calendar) if first else None


def _messages(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    yield from _gap(customer, policy, calendar)
    yield from _urgent(customer, policy, calendar)


def _gap(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    last = _nth_last(customer, (Touch.MESSAGE,), 1)
    gap = policy.minimum_gap_days
    if last and gap:
        day = calendar.local_date(last.at)
        at = calendar.opening(day + timedelta(days=gap))
        yield at, f"the customer was written to on {day}; {gap} days are kept"


def _urgent(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    most = policy.contact.messages_per_week
    first = _nth_last(customer, _MESSAGES, most) if most else None
    if first:
        said = f"the customer hears from us {most} times in {WEEK} days at most"
        yield _days_after(first.at, WEEK, calendar), said
    yield from _quiet(customer, policy, calendar)


def _calls(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    most = policy.contact.calls_per_week
    first = _nth_last(customer, _CALLS, most, VOICE) if most else None
    if first:
        said = f"the customer is called {most} times in {WEEK} days at most"
        yield _days_after(first.at, WEEK, calendar), said
    yield from _quiet(customer, policy, calendar)


def _planned(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    """The calls that somebody was asked to make count as if they were made."""
    most = policy.contact.calls_per_week
    first = _nth_last(customer, (Touch.CALL_PLANNED,), most) if most else None
    if first:
        said = f"the customer is called {most} times in {WEEK} days at most"
        yield _days_after(first.at, WEEK, calendar), said
    last = _nth_last(customer, (Touch.CALL_PLANNED, Touch.CONVERSATION), 1)
    if last:
        day = calendar.local_date(last.at)
        yield calendar.opening(day + timedelta(days=1)), f"one call a day: {day} had one"


def _quiet(customer: Customer, policy: Policy, calendar: Calendar) -> Iterator[Limit]:
    days = policy.contact.quiet_days
    last = _nth_last(customer, (Touch.CONVERSATION,), 1) if days else None
    if last:
        day = calendar.local_date(last.at)
        yield _days_after(last.at, days, calendar), f"after the conversation of {day} we are quiet"


def _nth_last(
    customer: Customer, kinds: tuple[Touch, ...], count: int, channel: str = ""
) -> PlannedContact | None:
    """The contact that is so many places from the end; None if there are not so many."""
    for contact in reversed(customer.contacts):
        if contact.what in kinds or (channel and contact.channel == channel):
            count -= 1
            if not count:
                return contact
    return None


def _days_after(at: datetime, days: int, calendar: Calendar) -> datetime:
    """The first instant that is so many days later, by the calendar and by the clock."""
    by_date = calendar.opening(calendar.local_date(at) + timedelta(days=days))
    return max(by_date, calendar.within(at + timedelta(days=days)))
