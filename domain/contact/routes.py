"""Routes to a customer: next channel, next address, another person in the company (P14)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from domain.case.facts import Action
from domain.case.model import Case
from domain.case.news import BOUNCED, OPTED_IN, OPTED_OUT
from domain.deed import AGAIN, base_of
from domain.parties.people import CHANNELS, Debtor, as_bad, kind_for

Used = Collection[tuple[str, str]]
"""Ways that a message went before, by channel and point."""

SentTo = Mapping[tuple[str, int], str]
"""The point to which each message of a case went, by step and episode."""


@dataclass(frozen=True, slots=True)
class ContactRoute:
    """One route to a customer: a channel, an address or number, a person.

    Attributes:
        channel: email, sms or voice.
        point: address or number.
        person: who is reached there; empty: the customer as such.
    """

    channel: str
    point: str
    person: str = ""

    @property
    def as_used(self) -> tuple[str, str]:
        """The route as it is remembered once it was used."""
        return self.channel, self.point


NOWHERE = ContactRoute("", "")
"""No way is left."""


def routes(debtor: Debtor, channels: Collection[str]) -> tuple[ContactRoute, ...]:
    """List every route that works and is wanted, in the order in which they are tried.

    The customer's own address on each channel comes first, then their further ones, then other
    persons. Whoever does not want a channel is left alone on all points of it.
    """
    every = dict.fromkeys((*_own(debtor, channels), *_further(debtor, channels)))
    return tuple(route for route in every if debtor.works(route.channel, route.point))


def _own(debtor: Debtor, channels: Collection[str]) -> Iterator[ContactRoute]:
    return (ContactRoute(channel, debtor.point(channel)) for channel in channels)


def _further(debtor: Debtor, channels: Collection[str]) -> Iterator[ContactRoute]:
    own = {debtor.email, debtor.phone}
    for point in debtor.further:
        if point.point not in own:
            yield from (
                ContactRoute(channel, point.point, point.person)
                for channel in channels
                if kind_for(channel) == point.kind
            )


def ways_for(
    debtor: Debtor, action: Action, used: Used = (), closed: Collection[str] = ()
) -> tuple[ContactRoute, ...]:
    """List the routes of an action's message, the first to be tried first.

    Ways that stayed unanswered are passed over and come last; what is said again goes no way twice,
    and a channel that is closed just now is left out.
    """
    found = routes(debtor, action.channels)
    turn = action.ways % len(found) if found else 0
    turned = (*found[turn:], *found[:turn])
    return tuple(r for r in turned if r.as_used not in used and r.channel not in closed)


def used_before(case: Case, step: str, sent: SentTo) -> tuple[tuple[str, str], ...]:
    """List the routes that a step, which is said again, took before in this episode."""
    if AGAIN not in step:
        return ()
    mine = (deed for deed in case.deeds if deed.episode == case.episode and deed.channel)
    return tuple(
        (deed.channel, sent.get((deed.step, deed.episode), ""))
        for deed in mine
        if base_of(deed.step) == base_of(step)
    )


def person_at(debtor: Debtor, point: str) -> str:
    """Find whom a message to an address greets: the person known there, else the customer."""
    if point in (debtor.email, debtor.phone):
        return debtor.name
    return next((one.person for one in debtor.others if one.point == point), "") or debtor.name


def after_news(debtor: Debtor, reason: str, channel: str, point: str) -> Debtor:
    """Mark what news show about a customer: a dead address, an unwanted or a wanted channel.

    An empty channel means all of them.
    """
    named = (channel,) if channel else CHANNELS
    if reason == BOUNCED and point:
        return debtor.with_bad(as_bad(channel, point))
    if reason == OPTED_OUT:
        return replace(debtor, opted_out=tuple(dict.fromkeys((*debtor.opted_out, *named))))
    if reason == OPTED_IN:
        kept = tuple(known for known in debtor.opted_out if known not in named)
        return replace(debtor, opted_out=kept)
    return debtor
