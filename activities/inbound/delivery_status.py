"""Combines what providers reported about a message; the same set gives the same status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from activities.ports.incoming import ReportKind
from activities.ports.incoming_ports import Letterhead, ProviderReports, UsedAddress
from domain.case.news import (
    BOUNCED,
    CONFIRMED,
    DELIVERED,
    OPENED,
    OPTED_IN,
    OPTED_OUT,
    UNREACHED,
)

_CHANNELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"sendgrid": ("email",), "mail": ("email",), "twilio": ("sms", "voice"), "print": ("post",)}
)
"""The channels that a provider can speak of; one that is not named here, of all."""

_REACHED = frozenset(
    {
        ReportKind.DELIVERED,
        ReportKind.OPENED,
        ReportKind.CLICKED,
        ReportKind.HEARD,
        ReportKind.CONFIRMED,
    }
)
_LOST = frozenset({ReportKind.FAILED, ReportKind.UNHEARD, ReportKind.CHANNEL_DOWN})
ENGAGED = frozenset({ReportKind.OPENED, ReportKind.CLICKED, ReportKind.HEARD})
UNWANTED = frozenset({ReportKind.COMPLAINED, ReportKind.OPTED_OUT})
WISHES = UNWANTED | {ReportKind.OPTED_IN}


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """All reports about one address of a message, and when each thing was first reported."""

    way: UsedAddress
    kinds: Mapping[ReportKind, datetime | None] = field(default_factory=dict)

    def has(self, some: frozenset[ReportKind]) -> bool:
        """Tell whether any of these was reported."""
        return not some.isdisjoint(self.kinds)

    def first(self, some: frozenset[ReportKind]) -> datetime | None:
        """Find when the first of these happened, if anybody reported when."""
        return min((at for kind, at in self.kinds.items() if kind in some and at), default=None)

    def reasons(self) -> tuple[tuple[str, datetime | None], ...]:
        """List the news for each case; engagement comes first, as it wakes nobody.

        A bounce wins over a delivery: a mailbox may take a mail and throw it back an hour later.
        A delivery wins over a failure; where a failure was told to the case before, the delivery
        is told after it, as ``delivered``.
        """
        found = [
            (CONFIRMED, frozenset({ReportKind.CONFIRMED})),
            (OPENED, ENGAGED),
            (BOUNCED, frozenset({ReportKind.BOUNCED})),
            (OPTED_OUT, UNWANTED),
            (OPTED_IN, frozenset({ReportKind.OPTED_IN})),
        ]
        if self.has(_LOST):
            found.append((DELIVERED, _REACHED) if self.has(_REACHED) else (UNREACHED, _LOST))
        return tuple((reason, self.first(some)) for reason, some in found if self.has(some))


def delivery_statuses(
    letterhead: Letterhead, told: Iterable[ProviderReports]
) -> tuple[DeliveryStatus, ...]:
    """Group the reports about a message by the address that they are about."""
    heard: dict[UsedAddress, dict[ReportKind, datetime | None]] = {}
    for one in told:
        way = _way_of(letterhead, one)
        if way is None:
            continue
        kinds = heard.setdefault(way, {})
        known = kinds.get(one.kind)
        kinds[one.kind] = min(known, one.at) if known and one.at else known or one.at
    return tuple(DeliveryStatus(way, kinds) for way, kinds in sorted(heard.items(), key=_name))


def _way_of(letterhead: Letterhead, told: ProviderReports) -> UsedAddress | None:
    """The newest attempt on a channel of that provider, to the address if it is named.

    No clock says so better than the order. An address that we never wrote to is one to which the
    message was passed on.
    """
    fit = _CHANNELS.get(told.provider)
    ways = [way for way in letterhead.ways if fit is None or way.channel in fit]
    named = [way for way in ways if way.recipient.lower() == told.recipient]
    return next(reversed(named or ways), None)


def _name(pair: tuple[UsedAddress, object]) -> tuple[str, str]:
    return pair[0].channel, pair[0].recipient
