"""Bundles messages: which invoices of a customer may share one message, and in whose words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.contact.routes import ContactRoute
from domain.decision.deeds import ON_TIME, earliest
from domain.decision.holds import still_until
from domain.history.record import BROKEN_PROMISE
from domain.ladder.next_step import Ladder, latest_deadline
from domain.message_types import ActionType
from domain.policy.model import Policy

JOINING = (ActionType.REMIND, ActionType.DEMAND_LETTER)
"""Messages that may speak of several invoices; a confirmation speaks of its own only."""

TONES = ("warm", "friendly", "clear", "firm", "final")
"""From the mildest to the firmest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A message that is about to go out, and the limits of what may join it.

    Attributes:
        at: the instant at which it counts as sent.
        way: how and where it goes.
        days: how many days ahead of their date others may be brought forward.
    """

    at: datetime
    way: ContactRoute
    days: int = 0


def sending_of(action: Action, policy: Policy, way: ContactRoute, now: datetime) -> Sending:
    """Describe the message of an action that is carried out now."""
    days = policy.contact.bundle_days if way.channel else 0
    return Sending(at=moment_of(action, now), way=way, days=days)


def horizon(sending: Sending, calendar: Calendar) -> datetime:
    """Find up to when other cases may join: to the end of the last day brought forward."""
    if not sending.days:
        return sending.at
    return calendar.end_of(calendar.local_date(sending.at) + timedelta(days=sending.days))


def moment_of(action: Action, now: datetime) -> datetime:
    """Find the instant at which an action counts as done: as planned, where it is hardly late."""
    planned = action.at or now
    return planned if now - planned < ON_TIME else now


def may_be_shared(action: Action, policy: Policy) -> bool:
    """Tell whether a message may name several invoices: a ladder step, or a broken promise.

    What has words of its own, such as the confirmation of an agreement, goes alone.
    """
    if action.do not in JOINING:
        return False
    return action.step.startswith(BROKEN_PROMISE) or policy.step(action.step) is not None


def joining(facts: Facts, policy: Policy, action: Action, sending: Sending) -> Action | None:
    """Find a case's next action as it goes out with another's message; None if it does not.

    What is due goes along. What is due within the policy's days is brought forward, but never over
    the due date of its invoice, before a deadline that it waits for, or into a pause.
    """
    if not may_be_shared(action, policy) or not _fits(action, sending):
        return None
    when = earliest(action, sending.at, facts.calendar)
    if when is None:
        return None
    if when <= sending.at:
        return replace(action, at=sending.at)
    days = min(sending.days, policy.contact.bundle_days)
    if not days or not _may_come_earlier(facts, policy, when, sending.at, days):
        return None
    how = "brought forward into the message about other invoices"
    ahead = f"{action.ahead}; {how}" if action.ahead else ""
    return replace(action, at=sending.at, why=f"{action.why}; {how}", ahead=ahead)


def _fits(action: Action, sending: Sending) -> bool:
    return not sending.way.channel or sending.way.channel in action.channels


def _may_come_earlier(
    facts: Facts, policy: Policy, when: datetime, at: datetime, days: int
) -> bool:
    case, calendar = facts.case, facts.calendar
    today, day = calendar.local_date(at), calendar.local_date(when)
    deadline, still = latest_deadline(case), still_until(facts)
    if day > today + timedelta(days=days) or today <= case.invoice.due < day:
        return False
    if still > at or (deadline and today <= deadline):
        return False
    return Ladder(facts, policy, at, still).free_at <= at


def firmness(action: Action, case: Case) -> tuple[int, int, int, str]:
    """Rank a step for a shared message: the firmest one chooses the words."""
    tone = TONES.index(action.tone) if action.tone in TONES else 0
    oldest = -case.invoice.due.toordinal()
    return tone, int(action.do is ActionType.DEMAND_LETTER), oldest, case.invoice.number


def shared_deadline(lead: Action, actions: Iterable[Action]) -> int | None:
    """Find the days that a shared message gives: those of its words, else the longest."""
    if lead.deadline_days is not None:
        return lead.deadline_days
    return max((a.deadline_days for a in actions if a.deadline_days is not None), default=None)


def with_deadline(action: Action, days: int | None) -> Action:
    """Give a step the deadline that the debtor read, if it has a deadline of its own."""
    return action if action.deadline_days is None else replace(action, deadline_days=days)
