"""Lago and Stripe Invoicing, as their descriptions say of requests and answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import parse_qs

from tests.adapters.connectors.books import (
    KEY,
    SIGNING,
    Answer,
    Asked,
    Books,
    Kept,
    signature_of,
)

CREATED = 1_772_000_000


class Lago(Books):
    """REST at /api/v1/invoices with a bearer key; webhooks signed by HMAC."""

    kind = "lago"

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        if asked.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"status": 401, "error": "Unauthorized"}
        there = asked.path.removeprefix("/api/v1/invoices").strip("/")
        if asked.method == "PUT":
            metadata = json.loads(asked.body)["invoice"]["metadata"]
            if any(not one.get("key") or len(one["value"]) > 255 for one in metadata):
                return self.no("metadata need a key, and a value of 255 signs at most")
            self.invoices[there].notes = [one["value"] for one in metadata]
        if there:
            return 200, {"invoice": self._invoice(self.invoices[there])}
        if not asked.query.get("page", "").isdecimal():
            return self.no("page is missing")
        term = asked.query.get("search_term", "")
        found = [self._invoice(one) for one in self.invoices.values() if term in one.number]
        return 200, {"invoices": found, "meta": {"current_page": 1, "next_page": None}}

    def _invoice(self, kept: Kept) -> dict[str, Any]:
        noted = [
            {"lago_id": f"m{at}", "key": "amicable", "value": v} for at, v in enumerate(kept.notes)
        ]
        return {
            "lago_id": kept.number,
            "number": kept.number,
            "issuing_date": "2026-03-05",
            "payment_due_date": kept.due or None,
            "status": "voided" if kept.is_void else "finalized",
            "payment_status": "pending" if kept.open or kept.is_void else "succeeded",
            "currency": "EUR",
            "total_amount_cents": kept.amount,
            "total_paid_amount_cents": kept.paid,
            "total_due_amount_cents": kept.open,
            "metadata": noted,
            "customer": {
                "external_id": "hansen",
                "name": "Hansen GmbH",
                "email": "pay@hansen.example",
                "country": "DE",
            },
        }

    def call_about(self, number: str, secret: str = SIGNING) -> tuple[bytes, dict[str, str]]:
        """Sign a call."""
        told = {"webhook_type": "invoice.payment_status_updated", "object_type": "invoice"}
        body = json.dumps(told | {"invoice": {"lago_id": number}}).encode()
        sign = {
            "x-lago-signature": signature_of(body, secret),
            "x-lago-signature-algorithm": "hmac",
        }
        return body, sign


class StripeBooks(Books):
    """Invoices, events and metadata of Stripe's API; events signed as its documentation says."""

    kind = "stripe"

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        if asked.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"error": {"type": "invalid_request_error"}}
        place = asked.path.removeprefix("/v1/")
        if place in {"events", "invoices/search", "invoices"}:
            return self._list(place, asked)
        kept = self.invoices[place.removeprefix("invoices/in_")]
        if asked.method == "POST":
            kept.notes = [parse_qs(asked.body.decode())["metadata[amicable]"][0]]
        return 200, self._invoice(kept)

    def _list(self, place: str, asked: Asked) -> Answer:
        if place == "events":
            about = [{"data": {"object": self._invoice(one)}} for one in self.invoices.values()]
            if "created[gte]" not in asked.query or "types[0]" not in asked.query:
                return self.no("which events?")
            events = [{"id": f"evt_{at}", "object": "event", **one} for at, one in enumerate(about)]
            return 200, _listed(events, "/v1/events")
        if place == "invoices/search":
            number = asked.query["query"].removeprefix("number:'").removesuffix("'")
            found = [self._invoice(one) for one in self.invoices.values() if one.number == number]
            return 200, {**_listed(found, "/v1/invoices/search"), "object": "search_result"}
        if asked.query.get("status") != "open":
            return self.no("which invoices?")
        unpaid = [self._invoice(one) for one in self.invoices.values() if one.open]
        return 200, _listed(unpaid, "/v1/invoices")

    def _invoice(self, kept: Kept) -> dict[str, Any]:
        due = int(time.mktime((2026, 4, 4, 12, 0, 0, 0, 0, 0))) if kept.due else None
        state = "void" if kept.is_void else "open" if kept.open else "paid"
        return {
            "id": f"in_{kept.number}",
            "object": "invoice",
            "number": kept.number,
            "status": state,
            "customer": "cus_1",
            "customer_name": "Hansen GmbH",
            "customer_email": "pay@hansen.example",
            "customer_address": {"country": "DE", "city": "Bonn"},
            "created": CREATED,
            "status_transitions": {"finalized_at": CREATED},
            "due_date": due,
            "currency": "eur",
            "total": kept.amount,
            "amount_paid": kept.paid,
            "amount_remaining": kept.open,
            "metadata": {"amicable": kept.notes[0]} if kept.notes else {},
        }

    def call_about(self, number: str, secret: str = SIGNING) -> tuple[bytes, dict[str, str]]:
        """Sign a call."""
        event = {"type": "invoice.paid", "data": {"object": self._invoice(self.invoices[number])}}
        body, stamp = json.dumps(event), int(time.time())
        told = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
        return body.encode(), {"stripe-signature": f"t={stamp},v1={told}"}


def _listed(data: list[Any], url: str) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": False, "url": url}
