"""Reads payments as Mollie tells them: paid, on their way, ended, given back, charged back (P05).

Held against docs.mollie.com/reference/get-payment, /get-refund and /get-chargeback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from activities.ports.online.provider import NewsKind, PayNews, PayUnavailableError
from domain.errors import DomainError
from domain.money import Money, parse_money

MOLLIE_SOURCE = "mollie"
MOLLIE_ORDER = "amicable_order"
"""Under this name Mollie carries our id along."""

_NOTHING_YET = "open"
_STANDS: Mapping[str, NewsKind] = MappingProxyType(
    {
        "paid": NewsKind.PAID,
        "pending": NewsKind.PENDING,
        "authorized": NewsKind.PENDING,
        "failed": NewsKind.ENDED,
        "canceled": NewsKind.ENDED,
        "expired": NewsKind.ENDED,
    }
)
"""What a payment's status means: only the first is money."""

_REFUNDS: Mapping[str, NewsKind] = MappingProxyType(
    {
        "pending": NewsKind.REFUNDED,
        "processing": NewsKind.REFUNDED,
        "refunded": NewsKind.REFUNDED,
        "failed": NewsKind.REFUND_FAILED,
        "canceled": NewsKind.REFUND_FAILED,
    }
)
"""One that is queued waits for money of the creditor's: it has not gone yet, and may never go."""


def mollie_news(told: Mapping[str, Any]) -> tuple[PayNews, ...]:
    """Read all that ever happened to a payment, in the order of its life.

    Raises:
        PayUnavailableError: if it is no payment as Mollie describes it.
    """
    try:
        return tuple(_read(told))
    except (LookupError, TypeError, ValueError, AttributeError, DomainError):
        raise PayUnavailableError("Mollie's answer is no payment") from None


def _read(told: Mapping[str, Any]) -> Iterator[PayNews]:
    status = str(told["status"])
    if status == _NOTHING_YET:
        return
    if status not in _STANDS:
        raise ValueError(status)
    ours = {"order": _order(told), "payment": str(told["id"])}
    when = told.get(f"{status}At") or told["createdAt"]
    yield PayNews(kind=_STANDS[status], amount=_money(told["amount"]), at=_instant(when), **ours)
    yield from _went_back(told, ours)


def _went_back(told: Mapping[str, Any], ours: Mapping[str, str]) -> Iterator[PayNews]:
    for one in _inside(told, "refunds"):
        if kind := _REFUNDS.get(str(one["status"])):
            yield _matter(kind, one, one["createdAt"], ours)
    for one in _inside(told, "chargebacks"):
        yield _matter(NewsKind.WITHDRAWN, one, one["createdAt"], ours)
        if back := one.get("reversedAt"):
            yield _matter(NewsKind.REINSTATED, one, back, ours)


def _matter(kind: NewsKind, told: Mapping[str, Any], at: str, ours: Mapping[str, str]) -> PayNews:
    ref, amount = str(told["id"]), _money(told["amount"])
    return PayNews(kind=kind, ref=ref, amount=amount, at=_instant(at), **ours)


def _inside(told: Mapping[str, Any], what: str) -> Iterable[Mapping[str, Any]]:
    """What came along with the payment, oldest first."""
    found = (told.get("_embedded") or {}).get(what) or ()
    return sorted(found, key=lambda one: (str(one["createdAt"]), str(one["id"])))


def _order(told: Mapping[str, Any]) -> str:
    carried = told.get("metadata")
    return str(carried.get(MOLLIE_ORDER, "")) if isinstance(carried, Mapping) else ""


def _money(told: Mapping[str, Any]) -> Money:
    """Refunds are told without a sign, and chargebacks of some methods with one."""
    return parse_money(str(told["value"]).removeprefix("-"), str(told["currency"]))


def _instant(told: Any) -> datetime:
    found = datetime.fromisoformat(str(told))
    if found.tzinfo is None:
        raise ValueError(told)
    return found.astimezone(UTC)
