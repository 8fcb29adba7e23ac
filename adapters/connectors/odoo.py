"""Odoo's invoices by JSON-RPC (Odoo 14 to 19): account.move, with its payments and refunds."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

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
from adapters.connectors.json_calls import ONE_PAGE, JsonCalls, decimal_money, told_day
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError
from domain.money import Money

_FIELDS = (
    *("name", "state", "payment_state", "partner_id", "invoice_date", "invoice_date_due"),
    *("amount_total", "amount_residual", "currency_id", "payment_reference"),
    "invoice_payments_widget",
)
_PARTNER = ("name", "email", "phone", "street", "street2", "zip", "city", "country_code", "vat")
_MOVE, _OURS = "account.move", ["move_type", "=", "out_invoice"]
_SETTLED = {"paid": ThereState.PAID, "in_payment": ThereState.PAID}
_OVERLAP = timedelta(minutes=5)
"""Two clocks never agree; what is told twice changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OdooAccount:
    """Where Odoo is, and as whom it is asked: a user with an API key."""

    url: str
    database: str
    user: str
    key: str


class OdooConnector:
    """Odoo's customer invoices; its automatic calls are not signed, so none is believed."""

    kind = "odoo"

    def __init__(self, account: OdooAccount, clock: Clock) -> None:
        self._account, self._clock = account, clock
        self._calls = JsonCalls(self.kind, account.url)
        self._user = 0
        self._ids = itertools.count(1)

    def pull(self, since: str) -> PulledInvoices:
        """List what was written or reconciled since then; at first all that is open."""
        now = self._clock().astimezone(UTC) - _OVERLAP
        if since:
            # A payment need not touch the invoice's own date: it is found by what it settles.
            news: list[Any] = ["|", ["write_date", ">=", since]]
            news.append(["line_ids.matched_credit_ids.create_date", ">=", since])
            asked = [_OURS, ["state", "in", ["posted", "cancel"]], *news]
        else:
            unpaid = ["payment_state", "in", ["not_paid", "partial"]]
            asked = [_OURS, ["state", "=", "posted"], unpaid]
        return self._read(asked, f"{now:%Y-%m-%d %H:%M:%S}")

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Refuse: Odoo signs nothing."""
        raise UnsignedCallError

    def push(self, news: CaseNews) -> bool:
        """Leave a note at the invoice, unless the same note is there."""
        found = self._do(_MOVE, "search", [[_OURS, ["name", "=", news.number]]], limit=1)
        if not found:
            return False
        about = [["model", "=", _MOVE], ["res_id", "=", found[0]], ["body", "ilike", news.remark]]
        if self._do("mail.message", "search_count", [about]):
            return False
        self._do(_MOVE, "message_post", [[found[0]]], body=news.remark)
        return True

    def _read(self, asked: Sequence[Any], since: str) -> PulledInvoices:
        moves = list(self._all(asked))
        ids = sorted({int(move["partner_id"][0]) for move in moves if move.get("partner_id")})
        read = self._do("res.partner", "read", [ids], fields=[*_PARTNER]) if ids else []
        partners = {int(one["id"]): one for one in read}
        made = PulledOneByOne()
        for move in moves:
            try:
                made.invoices.append(_invoice(move, partners))
            except (DomainError, ArithmeticError, LookupError, TypeError, ValueError) as error:
                made.refuse(move.get("name"), error)
        return made.pulled(since)

    def _all(self, asked: Sequence[Any]) -> Iterable[dict[str, Any]]:
        for at in itertools.count(0, ONE_PAGE):
            options = {"fields": [*_FIELDS], "order": "id", "offset": at, "limit": ONE_PAGE}
            page = self._do(_MOVE, "search_read", [[*asked]], **options)
            yield from page
            if len(page) < ONE_PAGE:
                return

    def _do(self, model: str, method: str, args: list[Any], **options: Any) -> Any:
        account = self._account
        if not self._user:
            login = [account.database, account.user, account.key, {}]
            self._user = self._rpc("common", "authenticate", login) or 0
            if not self._user:
                raise ConnectorError("odoo knows no such user and key")
        who = [account.database, self._user, account.key]
        return self._rpc("object", "execute_kw", [*who, model, method, args, options])

    def _rpc(self, service: str, method: str, args: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": args}
        asked = {"jsonrpc": "2.0", "method": "call", "params": params, "id": next(self._ids)}
        answer = self._calls.call("POST", "/jsonrpc", body=asked)
        if "error" in answer:
            raise ConnectorError(f"odoo refuses {method} (code {answer['error'].get('code')})")
        return answer.get("result")


def _invoice(
    move: Mapping[str, Any], partners: Mapping[int, Mapping[str, Any]]
) -> ConnectedInvoice:
    currency = str(move["currency_id"][1])
    amount = decimal_money(move["amount_total"], currency)
    open_ = decimal_money(move["amount_residual"], currency)
    credited = _credited(move, currency)
    partner = int(move["partner_id"][0])
    issued = told_day(move["invoice_date"])
    if issued is None:
        raise DomainError("has no date")
    return ConnectedInvoice(
        there=str(move["id"]),
        number=str(move["name"]),
        state=_state(move),
        customer=f"odoo-{partner}",
        buyer=_buyer(partners.get(partner, {})),
        issued=issued,
        due=told_day(move["invoice_date_due"]),
        amount=amount,
        paid=amount - open_ - credited,
        open=open_,
        reference=str(move.get("payment_reference") or ""),
    )


def _credited(move: Mapping[str, Any], currency: str) -> Money:
    """What refunds have settled, as Odoo lists it beside the payments."""
    told = move.get("invoice_payments_widget")
    content = told.get("content", ()) if isinstance(told, Mapping) else ()
    refunds = (decimal_money(one["amount"], currency) for one in content if one.get("is_refund"))
    return sum(refunds, Money(0, currency))


def _state(move: Mapping[str, Any]) -> ThereState:
    if move["state"] == "cancel":
        return ThereState.VOID
    if move["payment_state"] == "reversed":
        return ThereState.CREDITED
    return _SETTLED.get(str(move["payment_state"]), ThereState.OPEN)


def _buyer(partner: Mapping[str, Any]) -> InvoiceParty:
    def said(name: str) -> str:
        return str(partner.get(name) or "")

    return InvoiceParty(
        name=said("name"),
        vat_id=said("vat"),
        street=tuple(filter(None, (said("street"), said("street2")))),
        postcode=said("zip"),
        town=said("city"),
        country=said("country_code"),
        email=said("email"),
        phone=said("phone"),
    )
