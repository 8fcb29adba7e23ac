"""Unanswered messages: after so many silent days the next one takes another route (P14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.case.news import RECEIPTS, DeliveryNews, meant_deed
from domain.message_types import ActionType
from domain.parties.customer import Touch
from domain.policy.model import Policy

ANSWER, MESSAGE = range(2)
"""At one instant what the customer says comes before what we say."""

Event = tuple[datetime, int, str]
"""When, which of the two, and the step that was said or answered; empty if none was named."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How many routes to the customer were given up, and since when the newest is tried."""

    ways: int = 0
    since: datetime | None = None


SPOKEN_TO = Silence()


def silence(facts: Facts, policy: Policy) -> Silence:
    """Find how long a customer has been silent, by route.

    A way is given up when nothing was heard for the policy's days, counted from the first message
    on it after the due date: before, nobody owes an answer. Whatever is heard begins the days anew;
    a message that was read or answered leads back to its own way.
    """
    now, ways = SPOKEN_TO, dict[str, int]()
    for at, what, step in sorted(_events(facts)):
        if what == ANSWER:
            now = Silence(ways.get(step, now.ways))
            continue
        now = after(now, facts, policy, at)
        ways[step] = now.ways
    return now


def after(known: Silence, facts: Facts, policy: Policy, at: datetime) -> Silence:
    """Find the silence at the instant of a message: one route further, if it has lasted."""
    if known.since is None:
        return Silence(known.ways, at)
    calendar = facts.calendar
    last = calendar.local_date(known.since) + timedelta(days=policy.contact.silence_days)
    return known if calendar.local_date(at) < last else Silence(known.ways + 1, at)


def ways_at(facts: Facts, policy: Policy, at: datetime) -> int:
    """Count the routes that a message at an instant passes over."""
    if not policy.contact.silence_days:
        return 0
    return after(silence(facts, policy), facts, policy, at).ways


def another_way(action: Action, facts: Facts, policy: Policy) -> Action:
    """Send a message of the ladder by the route that has not stayed unanswered, and say why."""
    if not action.channels or action.at is None:
        return action
    known = silence(facts, policy)
    ways = after(known, facts, policy, action.at).ways
    if not ways:
        return action
    silent = ""
    if known.since and ways > known.ways:
        silent = f" since {facts.calendar.local_date(known.since)}"
    other = "another way first, if there is one"
    return replace(
        action,
        ways=ways,
        why=f"{action.why}; not answered{silent}: {other}",
        ahead=f"{action.ahead or action.why}; if nobody has answered by then: {other}",
    )


def _events(facts: Facts) -> Iterator[Event]:
    yield from ((deed.at, MESSAGE, deed.step) for deed in facts.case.deeds if _asks(deed, facts))
    receipts = (told for told in facts.case.news if told.what in RECEIPTS)
    yield from ((told.at, ANSWER, _answered(told, facts.case)) for told in receipts)
    yield from ((at, ANSWER, "") for at in _signs_of_life(facts.case))
    spoken = (one for one in facts.customer.contacts if one.what is Touch.CONVERSATION)
    yield from ((one.at, ANSWER, "") for one in spoken)


def _answered(told: DeliveryNews, case: Case) -> str:
    deed = meant_deed(case.deeds, told)
    return deed.step if deed else ""


def _asks(deed: Deed, facts: Facts) -> bool:
    """Whether a message of this episode waits for an answer: one after the due date."""
    case = facts.case
    if not deed.reached_debtor or deed.do is ActionType.ACKNOWLEDGE or deed.episode != case.episode:
        return False
    return facts.calendar.local_date(deed.at) > case.due


def _signs_of_life(case: Case) -> Iterator[datetime]:
    """What else shows that somebody deals with the invoice."""
    yield from (at for at, minor in case.money if minor > 0)
    yield from (promise.made_at for promise in case.promises)
    yield from (plan.made_at for plan in case.plans)
    yield from (offer.made_at for offer in case.settlements)
    yield from (dispute.opened_at for dispute in (*case.disputes, *case.settled_disputes))
    if case.claimed_at:
        yield case.claimed_at
