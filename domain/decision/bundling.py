"""Bundles messages: which invoices of a customer may share one message, and in whose words."""

# One thing: when the deeds of many invoices are done, together or apart.

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.agreements.numbering import asks_for_an_instalment, instalment_step
from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.case.model import Case
from domain.contact.contact_book import WEEK, messages_since
from domain.contact.routes import ContactRoute
from domain.contact.settling import longest_wait, settled_at
from domain.contact.spreading import opening_for
from domain.decision.answering.steps import ONE_SITTING, answer_named, is_answered_together
from domain.decision.deeds import IN_THE_WINDOW, earliest, moment_of
from domain.decision.rules_agreements import CASH_ONLY
from domain.decision.rules_confirming import CONFIRMS
from domain.history.record import BROKEN_PROMISE
from domain.ladder.demand import RENEWED
from domain.ladder.holds import still_until
from domain.ladder.next_step import Ladder
from domain.message_types import DEMANDS, ActionType
from domain.policy.model import Policy

JOINING = DEMANDS
"""Messages about money that may speak of several invoices."""

TASKS_TOGETHER = (ActionType.CALL_TASK, ActionType.NOTIFY_SALES)
"""Work for people that is one for all invoices of a customer that are due for it."""

_WAITING = (*JOINING, ActionType.CONFIRM)
"""Messages that may wait until the customer's account has settled."""

SPREADING = IN_THE_WINDOW | {
    ActionType.NOTIFY_SALES,
    ActionType.HOLD_CREDIT,
    ActionType.FEE,
    ActionType.ASK_PERSON,
}
"""The steps of a ladder and what people are asked: one day's deeds keep their order.

What follows at once from news, such as a recall or a lifted hold, waits for nothing.
"""

_EACH_WITH_ITS_LIKE = (ActionType.CONFIRM, ActionType.ACKNOWLEDGE, *TASKS_TOGETHER)

LOOKED_AT_TOGETHER = (*JOINING, ActionType.CONFIRM, ActionType.ACKNOWLEDGE)
"""Messages that a shared one may carry; what is no word for several never gets into one."""
_AFTER_IT = timedelta(minutes=1)

TONES = ("warm", "friendly", "clear", "firm", "final")
"""From the mildest to the firmest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A message that is about to go out, and the limits of what may join it.

    Attributes:
        at: the instant at which it counts as sent.
        way: how and where it goes.
        now: the instant of the look, hardly later: what has fallen due by then goes along.
        kinds: the deeds that may join it.
        answering: which answer to the customer it is: only its like goes along; empty for others.
        days: how many days ahead of their date others may be brought forward.
        settling: how long at most others may have been waiting for further invoices, or were spread
            over the opening of a window.
    """

    at: datetime
    way: ContactRoute
    now: datetime
    kinds: tuple[ActionType, ...] = JOINING
    answering: str = ""
    days: int = 0
    settling: timedelta = timedelta()


def kinds_with(do: ActionType) -> tuple[ActionType, ...]:
    """List the deeds that may be done together with one: its own kind, all words about money."""
    if do in JOINING:
        return JOINING
    return (do,) if do in _EACH_WITH_ITS_LIKE else ()


def sending_of(action: Action, policy: Policy, way: ContactRoute, now: datetime) -> Sending:
    """Describe the message, or the work for a person, of an action that is carried out now."""
    goes = way.channel or action.do in TASKS_TOGETHER
    return Sending(
        at=moment_of(action, now),
        way=way,
        now=now,
        kinds=kinds_with(action.do),
        answering=answer_named(action.step),
        days=policy.contact.bundle_days if goes else 0,
        settling=settling_for(action, policy),
    )


def settling_for(action: Action | None, policy: Policy) -> timedelta:
    """Find how long at most those that join a message may have been waiting for one another."""
    if action and action.do is ActionType.ACKNOWLEDGE:
        return ONE_SITTING
    return max(longest_wait(policy.contact.settling), policy.contact.spread)


def horizon(sending: Sending, calendar: Calendar) -> datetime:
    """Find up to when other cases may join: to the end of the last day brought forward.

    What only waits for further invoices joins at once, whatever instant it has planned.
    """
    latest = max(sending.at, sending.now)
    if sending.settling:
        latest = calendar.within(latest + sending.settling)
    if not sending.days:
        return latest
    last = calendar.local_date(sending.at) + timedelta(days=sending.days)
    return max(latest, calendar.end_of(last))


def may_be_shared(action: Action, policy: Policy) -> bool:
    """Tell whether a deed may be about several invoices.

    A ladder step, a broken promise, a missed instalment, or what is asked for anew: all that fell
    due once more on one day, such as at the end of a pause, is one message.

    What customers contested on several invoices was received in one message, and what they agreed
    on for several is confirmed in one. What has words of its own, such as thanks, goes alone.
    """
    if action.do in TASKS_TOGETHER:
        return True
    if not kinds_with(action.do):
        return False
    if action.do is ActionType.ACKNOWLEDGE:
        return is_answered_together(action.step)
    if _was_not_kept(action) or action.step.startswith(RENEWED):
        return True
    return policy.step(action.step) is not None


def _was_not_kept(action: Action) -> bool:
    """Whether it is the word about what was agreed and did not come."""
    return action.step.startswith(BROKEN_PROMISE) or asks_for_an_instalment(action.step)


def spread_out(action: Action, facts: Facts, policy: Policy) -> Action:
    """Move a deed that is planned for the opening of a contact window on, by the customer's share.

    All invoices of a customer are moved alike, so that what is due together stays together.
    """
    minutes = policy.contact.spread_minutes
    if not minutes or action.at is None or action.do not in SPREADING:
        return action
    calendar = facts.calendar
    day = calendar.local_date(action.at)
    if calendar.opening(day) != action.at:
        return action
    invoice = facts.case.invoice
    return replace(
        action,
        at=opening_for(f"{invoice.creditor}/{invoice.customer}", calendar, day, minutes),
    )


def after_settling(action: Action, facts: Facts, policy: Policy) -> Action:
    """Let a message that others may join wait until the customer's account has settled.

    Not over the due date of its own invoice: a word before it would never be said. What answers
    the customer, or has words of its own, waits for nothing.
    """
    openings = facts.customer.openings
    if not openings or action.at is None or action.do not in _WAITING:
        return action
    wait = policy.contact.settling
    if not wait or not _waits_for_others(action, policy):
        return action
    settled = settled_at(action.at, openings, wait)
    if settled == action.at:
        return action
    at, calendar = facts.calendar.within(settled), facts.calendar
    before, after = calendar.local_date(action.at), calendar.local_date(at)
    if before <= facts.case.due <= after and before != after:
        return action
    ahead = f"{action.ahead or action.why}; further invoices of the customer are waited for"
    why = f"{action.why}; further invoices of the customer were waited for"
    return replace(action, at=at, why=why, ahead=ahead)


def _waits_for_others(action: Action, policy: Policy) -> bool:
    """Whether it is a message about money that others may join; what was not kept waits not."""
    return may_be_shared(action, policy) and not _was_not_kept(action)


def joining(facts: Facts, policy: Policy, action: Action, sending: Sending) -> Action | None:
    """Find a case's next action as it goes along with another's; None if it does not.

    What is due goes along. What is due within the policy's days is brought forward, but never over
    the due date of its invoice, before a deadline that it waits for, or into a pause.
    """
    if not may_be_shared(action, policy) or not _fits(action, sending):
        return None
    when = earliest(action, sending.at, facts.calendar)
    if when is None:
        return None
    if when <= max(sending.at, sending.now):
        return replace(action, at=max(when, sending.at))
    if _only_waits(facts, policy, action, sending, when):
        return replace(action, at=max(sending.at, facts.case.heard_at))
    days = min(sending.days, policy.contact.bundle_days)
    if not days or not _may_come_earlier(facts, policy, when, sending, days):
        return None
    what = "one" if action.do in TASKS_TOGETHER else "message"
    how = f"brought forward into the {what} about other invoices"
    ahead = f"{action.ahead}; {how}" if action.ahead else ""
    return replace(action, at=sending.at, why=f"{action.why}; {how}", ahead=ahead)


def _only_waits(
    facts: Facts, policy: Policy, action: Action, sending: Sending, when: datetime
) -> bool:
    """Tell whether it waits for its like alone, or is spread over the same opening of a window."""
    if action.do is ActionType.ACKNOWLEDGE:
        return when <= horizon(sending, facts.calendar)
    opening = facts.calendar.opening(facts.calendar.local_date(sending.at))
    return when <= opening + policy.contact.spread


def _fits(action: Action, sending: Sending) -> bool:
    if action.do not in sending.kinds or answer_named(action.step) != sending.answering:
        return False
    return not sending.way.channel or sending.way.channel in action.channels


def _may_come_earlier(
    facts: Facts, policy: Policy, when: datetime, sending: Sending, days: int
) -> bool:
    case, calendar, at = facts.case, facts.calendar, sending.at
    today, day = calendar.local_date(at), calendar.local_date(when)
    still = still_until(facts)
    if day > today + timedelta(days=days) or today <= case.due < day:
        return False
    if still > at:
        return False
    ladder = Ladder(facts, policy, at, still)
    free = ladder.own_quiet if sending.kinds[0] in TASKS_TOGETHER else ladder.free_at
    return free <= at


BEFORE_A_BROKEN_WORD = (ActionType.CALL_TASK, ActionType.HOLD_CREDIT, ActionType.REMIND)
"""What is done on the day on which an agreement is broken: the call and the hold, then the word."""


def waits_for_what_was_broken(
    action: Action, now: datetime, planned: Iterable[str]
) -> datetime | None:
    """Find until when a letter waits for a word about what was not kept; None if it need not.

    That word is said the same day, after its call and its hold (P52). Both are one letter.

    Args:
        action: the letter.
        now: the instant of the look.
        planned: the steps that the customer's other invoices plan within that minute.
    """
    if action.do not in JOINING or _was_not_kept(action) or action.at is None:
        return None
    later = action.at + _AFTER_IT
    return later if now < later and any(map(_is_about_what_was_broken, planned)) else None


def minute_after(action: Action, now: datetime) -> datetime:
    """Find up to when other invoices are looked at for a word that a letter waits for."""
    return (action.at or now) + _AFTER_IT


def _is_about_what_was_broken(step: str) -> bool:
    """Whether it is the word about what was not kept, or the call or the hold just before it."""
    about = instalment_step(step)
    is_call = step.startswith(CONFIRMS) and step.endswith("-call")
    said = step.startswith(BROKEN_PROMISE) or asks_for_an_instalment(step)
    return step == CASH_ONLY or is_call or said or (about is not None and about.what == "call")


def gives_way_until(
    now: datetime, facts: Facts, policy: Policy, planned: Collection[tuple[datetime, date]]
) -> datetime | None:
    """Find the instant after a word that a question has to give way to; None if it need not.

    Whether the invoice arrived can be asked later; a word before the due date for which the
    question left no room, by the gap or by the most in a week, would never be said. The words
    planned for the customer's other invoices come with the due dates of those.
    """
    calendar, gap = facts.calendar, gap_after(now, facts, policy)
    words = sorted(at for at, _ in planned if at < words_count_until(now, facts, policy))
    early = [at for at, due in planned if at < gap and calendar.local_date(at) <= due]
    most = policy.contact.messages_per_week
    if early:
        return max(early) + _AFTER_IT
    if not most or not words:
        return None
    heard = messages_since(facts.customer, now - timedelta(days=WEEK))
    room = most - heard - len({calendar.local_date(at) for at in words})
    return None if room > 1 else words[0] + _AFTER_IT


def words_count_until(now: datetime, facts: Facts, policy: Policy) -> datetime:
    """Find up to when planned words are looked at before a question: a week, or the gap."""
    week = now + timedelta(days=WEEK if policy.contact.messages_per_week else 0)
    return max(week, gap_after(now, facts, policy))


def gap_after(at: datetime, facts: Facts, policy: Policy) -> datetime:
    """Find the end of the minimum gap after a message; just after it, where there is none."""
    if not policy.minimum_gap_days:
        return at + _AFTER_IT
    day = facts.calendar.local_date(at) + timedelta(days=policy.minimum_gap_days)
    return facts.calendar.opening(day)


def in_one(action: Action, number: str, count: int) -> Action:
    """Say in the reason of a call or note that it is one for several invoices."""
    if count < 2:  # noqa: PLR2004 - several
        return action
    what = "call" if action.do is ActionType.CALL_TASK else "note"
    why = f"{action.why}; one {what} about {count} invoices, the one for {number}"
    return replace(action, why=why)


def one_instant(sending: Sending, joined: Iterable[Action]) -> datetime:
    """Find the instant at which all count as done: the latest at which one of them fell due."""
    return max([sending.at, *(action.at for action in joined if action.at)])


def firmness(action: Action, case: Case) -> tuple[int, int, int, str]:
    """Rank a step for a shared message: the firmest one chooses the words."""
    tone = TONES.index(action.tone) if action.tone in TONES else 0
    oldest = -case.printed_due.toordinal()
    return tone, int(action.do is ActionType.DEMAND_LETTER), oldest, case.invoice.number


def shared_deadline(lead: Action, actions: Iterable[Action]) -> int | None:
    """Find the days that a shared message gives: those of its words, else the longest.

    None of its invoices has fewer than a law has its first reminder leave.
    """
    said = list(actions)
    if lead.deadline_days is not None:
        return max(lead.deadline_days, *(action.free_days for action in said), 0)
    return max((a.deadline_days for a in said if a.deadline_days is not None), default=None)


def with_deadline(action: Action, days: int | None) -> Action:
    """Give a step the deadline that the debtor read, if it has a deadline of its own."""
    return action if action.deadline_days is None else replace(action, deadline_days=days)
