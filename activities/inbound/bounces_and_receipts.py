"""Marks addresses that bounce, keeps wishes, and tells cases what became of their messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from activities.cases.session import Session
from activities.inbound.delivery_status import WISHES, DeliveryStatus, delivery_statuses
from activities.inbound.report_tasks import returned_letter
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.incoming import ReportKind
from activities.ports.incoming_ports import Letterhead, ProviderReports, State, UsedAddress
from activities.ports.ports import AccountRepository
from activities.ports.types import Carried, OutboundState
from domain.case.model import Message
from domain.case.news import CONFIRMED, DELIVERED, OPENED, PROVIDER, UNREACHED
from domain.ids import DeliveryRef, NewsKey
from domain.message_types import MessageType
from domain.parties.people import EMAIL, POST, as_bad

GIVEN_UP = timedelta(days=5)
"""A mail server tries no longer than this (RFC 5321, 4.5.4.1)."""

_SECOND = timedelta(seconds=1)
"""Providers count in whole seconds."""

OF_ADDRESSES = WISHES | {ReportKind.BOUNCED, ReportKind.FAILED}
"""What counts for an address even if no message is named."""

WAKES_NOBODY = (CONFIRMED, OPENED)
"""Evidence that changes nothing but what comes next time: nobody is woken for it."""


def apply_provider_events(
    account: AccountRepository, message_id: str, now: datetime, point: Failpoint = no_failpoints
) -> Sequence[str] | None:
    """Apply all reports about a message; answers the cases to wake, None if it must wait.

    What concerns an address counts at once. The cases hear of it when the message has landed:
    while it is on its way, its sender holds the word.
    """
    letterhead = account.inbound.letterhead(message_id)
    told = account.inbound.told_of(message_id)
    if letterhead is None:
        return None
    found = delivery_statuses(letterhead, told)
    new = {one.kind for one in told if not one.settled}
    for status in found:
        _heed(account, status, new)
    if ReportKind.BOUNCED in new and any(status.way.channel == POST for status in found):
        account.tasks.add(returned_letter(account.id[1], letterhead.carried[0].case, now))
    if letterhead.state is OutboundState.IN_FLIGHT:
        return None
    news = tuple(_news(letterhead, found))
    cases = [item.case for item in letterhead.carried if _tell(account, item, news, now)]
    point("processor_applied")
    mine = (
        one for one in told if one.kind is not ReportKind.CHANNEL_DOWN
    )  # a person looks at that
    account.inbound.settle_told([one.key for one in mine if not one.settled], State.APPLIED)
    point("processor_settled")
    return tuple(dict.fromkeys(cases))


def apply_address_report(
    account: AccountRepository, told: ProviderReports, message_id: str, now: datetime
) -> Sequence[str] | None:
    """Apply a report that names an address and no message; answers the cases to wake.

    The address or the wish counts at once. The newest message to the address, if it went out in
    the five days before, did not arrive either: a mail server gives up after four or five days
    (RFC 5321, 4.5.4.1), so an older one had arrived. Answers None while it is on its way.

    Args:
        account: the account that has the address, or was written to there.
        told: the report, as ``OF_ADDRESSES`` has them.
        message_id: the newest message to the address; empty if it was another's.
        now: the instant (UTC).
    """
    way = UsedAddress(channel=EMAIL, recipient=told.recipient)
    _heed(account, DeliveryStatus(way, {told.kind: told.at}), {told.kind})
    letterhead = account.inbound.letterhead(message_id) if message_id else None
    if letterhead is None:
        return ()
    if letterhead.state is OutboundState.IN_FLIGHT:
        return None
    known = account.inbound.told_of(message_id)
    news = tuple(_news(letterhead, delivery_statuses(letterhead, (*known, told))))
    items = [item for item in letterhead.carried if _went_out_lately(account, item, told, now)]
    cases = [item.case for item in items if _tell(account, item, news, now)]
    return tuple(dict.fromkeys(cases))


def _went_out_lately(
    account: AccountRepository, item: Carried, told: ProviderReports, now: datetime
) -> bool:
    at = told.at or now
    done = [
        deed.at
        for deed in Session(account, item.case, now).case.deeds
        if (deed.step, deed.episode) == (item.step, item.episode)
    ]
    return any(timedelta() <= at - sent + _SECOND <= GIVEN_UP + _SECOND for sent in done)


def _heed(account: AccountRepository, status: DeliveryStatus, new: Collection[ReportKind]) -> None:
    """Remember a dead address, and what the customer wants."""
    channel = status.way.channel
    if ReportKind.BOUNCED in status.kinds and status.way.recipient:
        account.customer.mark_point(account.id[1], as_bad(channel, status.way.recipient), bad=True)
    if status.has(WISHES) and not WISHES.isdisjoint(new):
        settle_wishes(account, channel)


def settle_wishes(account: AccountRepository, channel: str) -> None:
    """Apply the last wish about a channel; of two at one instant, the one to be left alone."""
    wishes = account.inbound.wishes(channel)
    if wishes and wishes[-1].wanted:
        account.customer.mark_point(account.id[1], "", opted_in=channel)
    elif wishes:
        account.customer.mark_point(account.id[1], "", opted_out=channel)


def tell_cases(session: Session, key: str, reason: str, ref: str, at: datetime) -> bool:
    """Record contact news in a case; False if it has them already."""
    message = Message(
        key=key,
        kind=MessageType.CONTACT_NEWS,
        at=at,
        reason=reason,
        ref=ref,
        by=PROVIDER,
        channel=PROVIDER,
    )
    return session.add(message)


@dataclass(frozen=True, slots=True)
class _News:
    """One thing that a case has to hear about one way of a message."""

    key: NewsKey
    at: datetime | None

    @property
    def reason(self) -> str:
        """What became of the message."""
        return self.key.reason


def _tell(account: AccountRepository, item: Carried, news: Sequence[_News], now: datetime) -> bool:
    """Whether a case got news for which it should be woken."""
    if not news:
        return False
    session = Session(account, item.case, now)
    heard = [one.reason for one in news if _hears(session, item, one)]
    if heard:
        session.keep()
    return any(reason not in WAKES_NOBODY for reason in heard)


def _hears(session: Session, item: Carried, one: _News) -> bool:
    lost = replace(one.key, reason=UNREACHED)
    if one.reason == DELIVERED and not session.known(str(lost)):
        return False
    at = _instant(session, item, one.at)
    ref = DeliveryRef(one.key.channel, item.step)
    if not tell_cases(session, str(one.key), one.reason, str(ref), at):
        return False
    if one.reason in WAKES_NOBODY:
        session.account.messages.overlook(item.case, str(one.key))
    return True


def _news(letterhead: Letterhead, found: Sequence[DeliveryStatus]) -> Iterator[_News]:
    for status in found:
        channel = status.way.channel
        for reason, at in status.reasons():
            yield _News(NewsKey(letterhead.id, channel, reason), at)


def _instant(session: Session, item: Carried, at: datetime | None) -> datetime:
    """After the deed that it is about, and not after now: providers count in whole seconds."""
    sent = [
        deed.at
        for deed in session.case.deeds
        if (deed.step, deed.episode) == (item.step, item.episode)
    ]
    return min(max([at or session.now, *sent]), session.now)
