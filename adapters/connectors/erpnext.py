"""ERPNext's sales invoices by its REST interface, with payments and returns; calls are signed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from activities.ports.connectors.connector import (
    CaseNews,
    ConnectedInvoice,
    ConnectorError,
    PulledInvoices,
    PulledOneByOne,
    ThereState,
)
from adapters.connectors.json_calls import (
    ONE_PAGE,
    JsonCalls,
    decimal_money,
    refuse_unsigned,
    told_day,
)
from adapters.einvoice.invoice_fields import language_tag
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError
from domain.money import Money

_INVOICE, _PAYMENT = "Sales Invoice", "Payment Entry"
_FIELDS = (
    *("name", "docstatus", "customer", "customer_name", "posting_date", "due_date", "currency"),
    *("grand_total", "rounded_total", "outstanding_amount", "modified", "contact_email"),
    *("contact_mobile", "tax_id", "language"),
)
_SIGNATURE = "x-frappe-webhook-signature"
_CANCELLED = 2
Filters = list[Any]


class ErpNextConnector:
    """ERPNext's sales invoices.

    Args:
        key: the user's API key and secret, with a colon between.
        signing: the secret of ERPNext's webhooks; empty if there are none.
    """

    kind = "erpnext"

    def __init__(self, url: str, key: str, signing: str = "") -> None:
        self._calls = JsonCalls(self.kind, url, {"Authorization": f"token {key}"})
        self._signing = signing

    def pull(self, since: str) -> PulledInvoices:
        """List what was changed or paid since then; at first all that is open."""
        if not since:
            unpaid: Filters = [["docstatus", "=", 1], ["outstanding_amount", ">", 0]]
            return self._invoices([*unpaid, ["is_return", "=", 0]], since)
        changed: Filters = [
            ["docstatus", "in", [1, 2]],
            ["modified", ">=", since],
            ["is_return", "=", 0],
        ]
        found = self._invoices(changed, since)
        return _joined(found, self._named(self._paid_since(since), since))

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Read a signed call about an invoice or a payment, and ask for what it names."""
        refuse_unsigned(body, headers.get(_SIGNATURE, ""), self._signing)
        try:
            told = json.loads(body)
            sort, name = str(told["doctype"]), str(told["name"])
        except (ValueError, LookupError, TypeError, RecursionError):
            raise ConnectorError("erpnext's call names no doctype and name") from None
        names = self._references(name) if sort == _PAYMENT else [name]
        if told.get("return_against"):
            names.append(str(told["return_against"]))
        return self._named(names, "")

    def push(self, news: CaseNews) -> bool:
        """Leave a comment at the invoice, unless the same one is there."""
        about: Filters = [
            ["reference_doctype", "=", _INVOICE],
            ["reference_name", "=", news.number],
        ]
        if not list(self._all(_INVOICE, [["name", "=", news.number]], ("name",))):
            return False
        if list(self._all("Comment", [*about, ["content", "=", news.remark]], ("name",))):
            return False
        comment = {
            "comment_type": "Comment",
            "reference_doctype": _INVOICE,
            "reference_name": news.number,
            "content": news.remark,
        }
        self._calls.call("POST", "/api/resource/Comment", body=comment)
        return True

    def _paid_since(self, since: str) -> list[str]:
        """The invoices that payments settled since then, or settle no more."""
        filters: Filters = [["docstatus", "in", [1, 2]], ["modified", ">=", since]]
        payments = self._all(_PAYMENT, filters, ("name",))
        return [name for one in payments for name in self._references(str(one["name"]))]

    def _references(self, payment: str) -> list[str]:
        told = self._calls.call("GET", f"/api/resource/{_PAYMENT}/{payment}")["data"]
        refs = told.get("references", ())
        return [str(one["reference_name"]) for one in refs if one["reference_doctype"] == _INVOICE]

    def _named(self, names: Sequence[str], since: str) -> PulledInvoices:
        if not names:
            return PulledInvoices(since=since)
        filters: Filters = [["name", "in", sorted(set(names))], ["docstatus", "in", [1, 2]]]
        return self._invoices([*filters, ["is_return", "=", 0]], since)

    def _invoices(self, filters: Filters, since: str) -> PulledInvoices:
        found = list(self._all(_INVOICE, filters, _FIELDS))
        credited = self._credited([str(one["name"]) for one in found])
        made = PulledOneByOne()
        for one in found:
            try:
                made.invoices.append(_invoice(one, credited.get(str(one["name"]), 0)))
            except (DomainError, ArithmeticError, LookupError, TypeError, ValueError) as error:
                made.refuse(one.get("name"), error)
        return made.pulled(max([since, *(str(one["modified"]) for one in found)]))

    def _credited(self, names: Sequence[str]) -> dict[str, float]:
        """What returns take off each invoice."""
        if not names:
            return {}
        mine: Filters = [["return_against", "in", sorted(names)], ["docstatus", "=", 1]]
        sums: dict[str, float] = {}
        for one in self._all(_INVOICE, mine, ("return_against", "grand_total", "rounded_total")):
            name = str(one["return_against"])
            sums[name] = sums.get(name, 0) - (one["rounded_total"] or one["grand_total"])
        return sums

    def _all(
        self, doctype: str, filters: Filters, fields: Sequence[str]
    ) -> Iterable[dict[str, Any]]:
        for at in itertools.count(0, ONE_PAGE):
            params = {
                "filters": json.dumps(filters),
                "fields": json.dumps([*fields]),
                "order_by": "name asc",
                "limit_start": str(at),
                "limit_page_length": str(ONE_PAGE),
            }
            page = self._calls.call("GET", f"/api/resource/{doctype}", params=params)["data"]
            yield from page
            if len(page) < ONE_PAGE:
                return


def _joined(one: PulledInvoices, other: PulledInvoices) -> PulledInvoices:
    known = {invoice.there for invoice in one.invoices}
    more = (invoice for invoice in other.invoices if invoice.there not in known)
    return PulledInvoices(
        invoices=(*one.invoices, *more),
        since=max(one.since, other.since),
        refused=(*one.refused, *other.refused),
    )


def _invoice(told: Mapping[str, Any], returned: float) -> ConnectedInvoice:
    currency, number = str(told["currency"]), str(told["name"])
    amount = decimal_money(told["rounded_total"] or told["grand_total"], currency)
    open_ = decimal_money(max(told["outstanding_amount"], 0), currency)
    credited = min(decimal_money(returned, currency), amount - open_)
    issued = told_day(told["posting_date"])
    if issued is None:
        raise DomainError("has no date")
    return ConnectedInvoice(
        there=number,
        number=number,
        state=_state(told, open_, credited == amount),
        customer=str(told["customer"]),
        buyer=_buyer(told),
        issued=issued,
        due=told_day(told["due_date"]),
        amount=amount,
        paid=amount - open_ - credited,
        open=open_,
        language=language_tag(str(told.get("language") or "")),
    )


def _state(told: Mapping[str, Any], open_: Money, is_credited: bool) -> ThereState:  # noqa: FBT001
    if told["docstatus"] == _CANCELLED:
        return ThereState.VOID
    if open_.minor:
        return ThereState.OPEN
    return ThereState.CREDITED if is_credited else ThereState.PAID


def _buyer(told: Mapping[str, Any]) -> InvoiceParty:
    def said(name: str) -> str:
        return str(told.get(name) or "")

    return InvoiceParty(
        name=said("customer_name"),
        vat_id=said("tax_id"),
        email=said("contact_email"),
        phone=said("contact_mobile"),
    )
