"""Lago's invoices: signed webhooks tell what happens, and a list what was missed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any

from activities.ports.connectors.connector import (
    CaseNews,
    ConnectedInvoice,
    ConnectorError,
    PulledInvoices,
    PulledOneByOne,
    ThereState,
    UnsignedCallError,
)
from adapters.connectors.json_calls import JsonCalls, refuse_unsigned, told_day
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError
from domain.money import Money

_PATH = "/api/v1/invoices"
_SIGNATURE, _ALGORITHM = "x-lago-signature", "x-lago-signature-algorithm"
_PAGE, _KEY = 100, "amicable"
_STATES = {
    "draft": ThereState.DRAFT,
    "pending": ThereState.DRAFT,
    "failed": ThereState.DRAFT,
    "voided": ThereState.VOID,
}


class LagoConnector:
    """Lago's invoices.

    Args:
        key: the API key.
        signing: the HMAC token of Lago's webhooks; its other signature, JWT, is not read.
    """

    kind = "lago"

    def __init__(self, url: str, key: str, signing: str = "") -> None:
        self._calls = JsonCalls(self.kind, url, {"Authorization": f"Bearer {key}"})
        self._signing = signing

    def pull(self, since: str) -> PulledInvoices:
        """List the invoices issued since the oldest that was open the last time."""
        params = {"issuing_date_from": since} if since else {}
        found = list(self._all(params))
        made = PulledOneByOne()
        for one in found:
            _add(one, made)
        unpaid = [one.issued.isoformat() for one in made.invoices if one.state is ThereState.OPEN]
        newest = max((str(one["issuing_date"]) for one in found), default=since)
        return made.pulled(min(unpaid, default=newest))

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Read a signed call; the invoice that it is about is asked for as it stands now."""
        if headers.get(_ALGORITHM, "hmac") != "hmac":
            raise UnsignedCallError
        refuse_unsigned(body, headers.get(_SIGNATURE, ""), self._signing)
        try:
            told = json.loads(body)
            about = told[told["object_type"]]
            there = str(about.get("lago_invoice_id") or about["lago_id"])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ConnectorError("lago's call names no object") from None
        if told["object_type"] not in {"invoice", "credit_note", "payment"}:
            return PulledInvoices()
        made = PulledOneByOne()
        _add(self._calls.call("GET", f"{_PATH}/{there}")["invoice"], made)
        return made.pulled("")

    def push(self, news: CaseNews) -> bool:
        """Keep it as metadata of the invoice, beside what others keep there."""
        found = [one for one in self._all({"search_term": news.number}) if _is(one, news)]
        if not found:
            return False
        there = str(found[0]["lago_id"])
        told = self._calls.call("GET", f"{_PATH}/{there}")["invoice"].get("metadata") or []
        kept = [{"id": one["lago_id"], "key": one["key"], "value": one["value"]} for one in told]
        mine = next((one for one in kept if one["key"] == _KEY), None)
        if news.remark in {one["value"] for one in kept}:
            return False
        rest = [one for one in kept if one is not mine]
        changed = {**(mine or {"key": _KEY}), "value": news.remark}
        body = {"invoice": {"metadata": [*rest, changed]}}
        self._calls.call("PUT", f"{_PATH}/{there}", body=body)
        return True

    def _all(self, params: Mapping[str, str]) -> Iterable[dict[str, Any]]:
        for page in itertools.count(1):
            asked = {**params, "page": str(page), "per_page": str(_PAGE)}
            answer = self._calls.call("GET", _PATH, params=asked)
            yield from answer["invoices"]
            if not (answer.get("meta") or {}).get("next_page"):
                return


def _is(told: Mapping[str, Any], news: CaseNews) -> bool:
    return told.get("number") == news.number


def _add(told: Mapping[str, Any], made: PulledOneByOne) -> None:
    try:
        made.invoices.append(_invoice(told))
    except (DomainError, LookupError, TypeError, ValueError) as error:
        made.refuse(told.get("number"), error)


def _invoice(told: Mapping[str, Any]) -> ConnectedInvoice:
    currency = str(told["currency"])
    amount = Money(int(told["total_amount_cents"]), currency)
    paid = Money(int(told.get("total_paid_amount_cents") or 0), currency)
    open_ = Money(int(told["total_due_amount_cents"]), currency)
    customer, issued = told["customer"], told_day(told["issuing_date"])
    if issued is None:
        raise DomainError("has no date")
    return ConnectedInvoice(
        there=str(told["lago_id"]),
        number=str(told["number"]),
        state=_state(told, open_, paid),
        customer=str(customer["external_id"]),
        buyer=_buyer(customer),
        issued=issued,
        due=told_day(told.get("payment_due_date")),
        amount=amount,
        paid=paid,
        open=open_,
    )


def _state(told: Mapping[str, Any], open_: Money, paid: Money) -> ThereState:
    if state := _STATES.get(str(told["status"])):
        return state
    if open_.minor and told.get("payment_status") != "succeeded":
        return ThereState.OPEN
    return ThereState.PAID if paid.minor else ThereState.CREDITED


def _buyer(customer: Mapping[str, Any]) -> InvoiceParty:
    def said(name: str) -> str:
        return str(customer.get(name) or "")

    return InvoiceParty(
        name=said("legal_name") or said("name"),
        vat_id=said("tax_identification_number"),
        street=tuple(filter(None, (said("address_line1"), said("address_line2")))),
        postcode=said("zipcode"),
        town=said("city"),
        country=said("country"),
        email=said("email"),
        phone=said("phone"),
    )
