"""Stripe Invoicing by Stripe's own library: events tell what changed, invoices how they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import stripe

from activities.ports.clock import Clock
from activities.ports.connectors.connector import (
    CaseNews,
    ConnectedInvoice,
    ConnectorError,
    PulledInvoices,
    PulledOneByOne,
    ThereState,
    UnsignedCallError,
)
from adapters.http.address_checks import safe_url
from adapters.stripe.amounts import money_of
from adapters.stripe.client import stripe_client
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError

STRIPE_URL = "https://api.stripe.com"
_EVENTS = (
    *("invoice.finalized", "invoice.updated", "invoice.paid", "invoice.voided"),
    *("invoice.marked_uncollectible", "invoice.payment_succeeded", "credit_note.created"),
    *("credit_note.voided",),
)
_STATES = {
    "draft": ThereState.DRAFT,
    "open": ThereState.OPEN,
    "paid": ThereState.PAID,
    "void": ThereState.VOID,
    "uncollectible": ThereState.WRITTEN_OFF,
}
_KEY, _TOLERANCE, _RETRIES, _PAGE = "amicable", 300, 2, 100
_OVERLAP = timedelta(minutes=5)


class StripeInvoices:
    """Stripe's invoices.

    Args:
        key: a secret or restricted key: invoices (write, for status and holds), events (read).
        signing: the secret of the webhook endpoint; empty if there is none.
    """

    kind = "stripe"

    def __init__(self, key: str, clock: Clock, signing: str = "", url: str = STRIPE_URL) -> None:
        self._key, self._clock, self._signing = key, clock, signing
        self._base = safe_url(url or STRIPE_URL, "stripe.url")

    @cached_property
    def _client(self) -> stripe.StripeClient:
        return stripe_client(self._key, self._base)

    def pull(self, since: str) -> PulledInvoices:
        """Read the invoices that events are about since then; at first all that are open."""
        begun = str(int((self._clock() - _OVERLAP).timestamp()))
        try:
            if since:
                return self._named(self._changed(int(since)), begun)
            every = self._client.v1.invoices.list({"status": "open", "limit": _PAGE})
            return _read((_plain(one) for one in every.auto_paging_iter()), begun)
        except stripe.StripeError as error:
            raise ConnectorError(f"stripe: {type(error).__name__}") from None

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Read a signed event; its invoice is asked for as it stands now: events may overtake."""
        signature = headers.get("stripe-signature", "")
        try:
            stripe.WebhookSignature.verify_header(
                body.decode(), signature, self._signing, _TOLERANCE
            )
        except (stripe.SignatureVerificationError, ValueError):
            raise UnsignedCallError from None
        try:
            event = json.loads(body)
            there = _invoice_of(event["data"]["object"]) if event["type"] in _EVENTS else ""
            return self._named([there] if there else [], "")
        except (ValueError, LookupError, TypeError, RecursionError):
            raise ConnectorError("stripe: signed, but no event that is known") from None
        except stripe.StripeError as error:
            raise ConnectorError(f"stripe: {type(error).__name__}") from None

    def push(self, news: CaseNews) -> bool:
        """Keep it as metadata of the invoice."""
        number = news.number.replace("\\", "").replace("'", "")
        try:
            found = self._client.v1.invoices.search({"query": f"number:'{number}'"}).data
            mine = [one for one in map(_plain, found) if one["number"] == news.number]
            if not mine or news.remark in (mine[0].get("metadata") or {}).values():
                return False
            self._client.v1.invoices.update(str(mine[0]["id"]), {"metadata": {_KEY: news.remark}})
        except stripe.StripeError as error:
            raise ConnectorError(f"stripe: {type(error).__name__}") from None
        return True

    def _changed(self, since: int) -> list[str]:
        asked = {"types": [*_EVENTS], "created": {"gte": since}, "limit": _PAGE}
        events = self._client.v1.events.list(asked)  # type: ignore[arg-type]
        found = (_invoice_of(_plain(one.data.object)) for one in events.auto_paging_iter())
        return list(dict.fromkeys(filter(None, found)))

    def _named(self, ids: Iterable[str], since: str) -> PulledInvoices:
        return _read((_plain(self._client.v1.invoices.retrieve(one)) for one in ids), since)


def _plain(told: Any) -> dict[str, Any]:
    found: dict[str, Any] = told.to_dict() if hasattr(told, "to_dict") else dict(told)
    return found


def _invoice_of(told: Mapping[str, Any]) -> str:
    """The invoice that an event's object is, or is about."""
    about = told["id"] if told.get("object") == "invoice" else told.get("invoice")
    return str(about["id"] if isinstance(about, Mapping) else about or "")


def _read(every: Iterable[Mapping[str, Any]], since: str) -> PulledInvoices:
    made = PulledOneByOne()
    for told in every:
        if told["status"] == "draft":
            continue  # it has no number yet, and may still change
        try:
            made.invoices.append(_invoice(told))
        except (DomainError, LookupError, TypeError, ValueError) as error:
            made.refuse(told.get("number"), error)
    return made.pulled(since)


def _invoice(told: Mapping[str, Any]) -> ConnectedInvoice:
    currency, customer = str(told["currency"]), told["customer"]
    there = customer["id"] if isinstance(customer, Mapping) else customer
    finalized = (told.get("status_transitions") or {}).get("finalized_at") or told["created"]
    due = told.get("due_date")
    return ConnectedInvoice(
        there=str(told["id"]),
        number=str(told["number"]),
        state=_STATES[str(told["status"])],
        customer=str(there),
        buyer=_buyer(told),
        issued=datetime.fromtimestamp(int(finalized), UTC).date(),
        due=datetime.fromtimestamp(int(due), UTC).date() if due else None,
        amount=money_of(int(told["total"]), currency),
        paid=money_of(int(told["amount_paid"]), currency),
        open=money_of(int(told["amount_remaining"]), currency),
    )


def _buyer(told: Mapping[str, Any]) -> InvoiceParty:
    address = told.get("customer_address") or {}
    return InvoiceParty(
        name=str(told.get("customer_name") or ""),
        street=tuple(str(address[one]) for one in ("line1", "line2") if address.get(one)),
        postcode=str(address.get("postal_code") or ""),
        town=str(address.get("city") or ""),
        country=str(address.get("country") or ""),
        email=str(told.get("customer_email") or ""),
        phone=str(told.get("customer_phone") or ""),
    )
