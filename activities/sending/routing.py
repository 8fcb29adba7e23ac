"""Finds the routes that a message may still take to the customer, by what was sent earlier."""

from __future__ import annotations

from collections.abc import Collection

from activities.cases.session import Session
from activities.ports.types import Outbound
from domain.case.facts import Action
from domain.contact.contact_book import closed_channels
from domain.contact.routes import ContactRoute, ways_for
from domain.deed import AGAIN, base_of
from domain.parties.people import CHANNELS


def ways(
    session: Session, action: Action, usable: Collection[str], tried: Collection[str] = ()
) -> tuple[ContactRoute, ...]:
    """List the routes of an action's message now, the first to be tried first.

    Channels that this installation does not have, or that turned this message down, are left out.
    """
    file = session.file
    closed = closed_channels(file.customer, file.policy, session.calendar, session.now)
    missing = (name for name in CHANNELS if name not in usable)
    used = used_ways(session, action.step)
    return ways_for(file.debtor, action, used, {*closed, *missing, *tried})


def is_open(session: Session, outbound: Outbound) -> bool:
    """Look last at a message's route: it still works, is wanted, and is no call too many."""
    file = session.file
    closed = closed_channels(file.customer, file.policy, session.calendar, session.now)
    works = file.debtor.works(outbound.channel, outbound.recipient)
    return works and outbound.channel not in closed


def used_ways(session: Session, step: str) -> tuple[tuple[str, str], ...]:
    """List the routes that a repeated step took before, by channel and address."""
    if AGAIN not in step:
        return ()
    case, account = session.case, session.account
    said = (deed for deed in case.deeds if deed.episode == case.episode and deed.channel)
    mine = (deed.step for deed in said if base_of(deed.step) == base_of(step))
    sent = (account.outbound.of_step(session.case_id, name, case.episode) for name in mine)
    return tuple((one.channel, one.recipient) for one in sent if one)
