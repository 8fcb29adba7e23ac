"""Delivery news: what became of our messages, and which answers came to them (P02, P14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.deed import Deed

DELIVERED, OPENED, CONFIRMED, REPLIED = "delivered", "opened", "confirmed", "replied"
BOUNCED, UNREACHED = "bounced", "unreached"
OPTED_OUT, OPTED_IN = "opted_out", "opted_in"

CONTACT_NEWS = (
    DELIVERED,
    OPENED,
    CONFIRMED,
    REPLIED,
    BOUNCED,
    UNREACHED,
    OPTED_OUT,
    OPTED_IN,
)
"""What may be told about a contact; a bounce or an opt-out counts at once."""

RECEIPTS = (OPENED, CONFIRMED, REPLIED)
"""Evidence that the customer knows of the invoice; that a machine took the message is none."""

DELIVERY_FAILURES = (BOUNCED, UNREACHED)
"""It did not arrive: the address does not work, or nobody was reached this time."""

CONTACT_WISHES = (OPTED_OUT, OPTED_IN)
"""Whether the customer wants a channel; nothing about a message."""

PROVIDER = "provider"
"""The channel of news whose teller knows the very address, and has marked it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNews:
    """One piece of news about a message.

    Attributes:
        at: when it happened (UTC).
        what: one of ``CONTACT_NEWS``.
        channel: of the message; empty if nobody said.
        step: the step that the message carried; empty: the newest before the news.
        waits_until: an answer lets the next step wait until then (UTC).
    """

    at: datetime
    what: str
    channel: str = ""
    step: str = ""
    waits_until: datetime | None = None


def meant(deeds: Sequence[Deed], told: DeliveryNews) -> int | None:
    """Find the place of the message that some news is about; None if it is none of these.

    Without a step it is the newest message of that channel that was done before. News about an
    attempt on a channel that the message left again says nothing about the message.
    """
    fits = [place for place, deed in enumerate(deeds) if _fits(deed, told)]
    before = [place for place in fits if deeds[place].at < told.at]
    if told.step and not before:
        return fits[0] if fits else None  # a provider's clock may be behind ours
    return before[-1] if before else None


def meant_deed(deeds: Sequence[Deed], told: DeliveryNews) -> Deed | None:
    """Find the message that some news is about."""
    place = meant(deeds, told)
    return None if place is None else deeds[place]


def _fits(deed: Deed, told: DeliveryNews) -> bool:
    if not (deed.is_message and deed.channel):
        return False
    return told.channel in ("", deed.channel) and told.step in ("", deed.step)


def with_news(deeds: Sequence[Deed], news: Iterable[DeliveryNews]) -> tuple[Deed, ...]:
    """Add to each deed what is known to have become of its message."""
    heard: dict[int, list[DeliveryNews]] = defaultdict(list)
    for told in news:
        place = meant(deeds, told)
        if place is not None:
            heard[place].append(told)
    return tuple(_known(deed, heard.get(place, ())) for place, deed in enumerate(deeds))


def _known(deed: Deed, heard: Sequence[DeliveryNews]) -> Deed:
    receipt = _first(heard, RECEIPTS)
    failed = None if receipt else _failed(heard)
    if (deed.failed_at, deed.receipt_at) == (failed, receipt):
        return deed
    return replace(deed, failed_at=failed, receipt_at=receipt)


def _failed(heard: Sequence[DeliveryNews]) -> datetime | None:
    """A dead address is certain, even if a relay took the mail; else what arrived arrived."""
    bounced = _first(heard, (BOUNCED,))
    if bounced or _first(heard, (DELIVERED,)):
        return bounced
    return _first(heard, (UNREACHED,))


def _first(heard: Iterable[DeliveryNews], what: tuple[str, ...]) -> datetime | None:
    return min((told.at for told in heard if told.what in what), default=None)


def received_at(news: Iterable[DeliveryNews]) -> datetime | None:
    """Find since when there is evidence that the customer knows of the invoice (P02)."""
    return _first(news, RECEIPTS)


def answer_until(deeds: Sequence[Deed], news: Iterable[DeliveryNews]) -> datetime | None:
    """Find until when answers let the next step wait; each message is answered only once.

    So nobody can put everything off for ever by answering again and again.
    """
    first: dict[int | None, DeliveryNews] = {}
    for told in news:
        if told.waits_until:
            first.setdefault(meant(deeds, told), told)
    return max((told.waits_until for told in first.values() if told.waits_until), default=None)
