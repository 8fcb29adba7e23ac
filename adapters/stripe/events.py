"""Reads what Stripe signs: payments, debits on their way, refunds and chargebacks (P05)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import stripe

from activities.ports.online.provider import NewsKind, PayNews, UnsignedNewsError
from adapters.stripe.amounts import money_of
from domain.money import Money

STRIPE_SOURCE = "stripe"
ORDER_KEY = "amicable_order"
"""Under this name Stripe carries our id along, from the session to the payment and its charge."""

_TOLERANCE = 300
"""Seconds: what was signed longer ago may be somebody's copy."""

_NOT_PAID = "unpaid"
_Reader = Callable[[Mapping[str, Any], datetime], PayNews | None]


def stripe_news(body: bytes, signature: str, secrets: tuple[str, ...]) -> PayNews | None:
    """Read news; None for kinds that move no money of ours, such as payouts to the creditor.

    Raises:
        UnsignedNewsError: if none of the secrets signed it.
    """
    if not any(_is_signed(body, signature, secret) for secret in secrets):
        raise UnsignedNewsError
    try:
        event = json.loads(body)
        told, kind = event["data"]["object"], event["type"]
        at = datetime.fromtimestamp(int(event.get("created") or _signed_at(signature)), UTC)
        reader = _READERS.get(kind)
        return reader(told, at) if reader else None
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnsignedNewsError("signed, but no event of Stripe's") from None


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        text = body.decode()
        return bool(stripe.WebhookSignature.verify_header(text, signature, secret, _TOLERANCE))
    except (stripe.SignatureVerificationError, UnicodeDecodeError, ValueError):
        return False


def _signed_at(signature: str) -> int:
    """When it was signed, where an event does not say when it was made."""
    parts = dict(one.split("=", 1) for one in signature.split(",") if "=" in one)
    return int(parts["t"])


def _session(kind: NewsKind | None) -> _Reader:
    def read(told: Mapping[str, Any], at: datetime) -> PayNews | None:
        meant = kind
        if meant is None:  # completed: paid at once, or a debit that takes some days
            meant = NewsKind.PENDING if told["payment_status"] == _NOT_PAID else NewsKind.PAID
        return PayNews(
            kind=meant,
            order=_order(told),
            payment=_id(told.get("payment_intent")) or str(told["id"]),
            amount=_money(told.get("amount_total"), told.get("currency")),
            at=at,
        )

    return read


def _charge(told: Mapping[str, Any], at: datetime) -> PayNews | None:
    return PayNews(
        kind=NewsKind.REFUNDED,
        order=_order(told),
        payment=_id(told.get("payment_intent")),
        amount=_money(told["amount_refunded"], told["currency"]),
        at=at,
    )


def _dispute(kind: NewsKind) -> _Reader:
    def read(told: Mapping[str, Any], at: datetime) -> PayNews | None:
        return PayNews(
            kind=kind,
            payment=_id(told.get("payment_intent")),
            amount=_money(told["amount"], told["currency"]),
            at=at,
            ref=str(told["id"]),
        )

    return read


def _order(told: Mapping[str, Any]) -> str:
    return str((told.get("metadata") or {}).get(ORDER_KEY, ""))


def _id(told: Any) -> str:
    """An id, as Stripe writes it: bare, or with the whole object around it."""
    return str(told["id"] if isinstance(told, Mapping) else told or "")


def _money(minor: Any, currency: Any) -> Money | None:
    return None if minor is None or currency is None else money_of(int(minor), str(currency))


_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "checkout.session.completed": _session(None),
        "checkout.session.async_payment_succeeded": _session(NewsKind.PAID),
        "checkout.session.async_payment_failed": _session(NewsKind.FAILED),
        "charge.refunded": _charge,
        "charge.dispute.funds_withdrawn": _dispute(NewsKind.WITHDRAWN),
        "charge.dispute.funds_reinstated": _dispute(NewsKind.REINSTATED),
    }
)
"""Payouts are not among them: they are the creditor's own money on its way, never a customer's."""
