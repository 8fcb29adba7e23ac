"""Odoo and ERPNext, as their descriptions say of requests and answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from tests.adapters.connectors.books import (
    KEY,
    SIGNING,
    Answer,
    Asked,
    Books,
    Kept,
    signature_of,
)


class Odoo(Books):
    """JSON-RPC 2.0 at /jsonrpc: common.authenticate and object.execute_kw."""

    kind = "odoo"

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        told = json.loads(asked.body)
        if (asked.method, asked.path, told.get("jsonrpc")) != ("POST", "/jsonrpc", "2.0"):
            return self.no(f"{asked.method} {asked.path} is no JSON-RPC 2.0")
        params, args = told["params"], told["params"]["args"]
        if params["service"] == "common":
            right = args == ["db", "bot", KEY, {}]
            return 200, {"jsonrpc": "2.0", "id": told["id"], "result": 7 if right else False}
        if args[:3] != ["db", 7, KEY]:
            return 200, {"jsonrpc": "2.0", "id": told["id"], "error": {"code": 100}}
        result = getattr(self, f"_{args[4]}")(args[3], args[5], args[6])
        return 200, {"jsonrpc": "2.0", "id": told["id"], "result": result}

    def _search_read(self, model: str, args: list[Any], options: dict[str, Any]) -> Any:
        assert model == "account.move"
        (domain,) = args
        assert ["move_type", "=", "out_invoice"] in domain
        since = next((one[2] for one in domain if one[0] == "write_date"), "")
        moves = [self._move(one) for one in self.invoices.values() if since or one.open]
        page = moves[options["offset"] :][: options["limit"]]
        return [{name: move[name] for name in ("id", *options["fields"])} for move in page]

    def _move(self, kept: Kept) -> dict[str, Any]:
        settled = "reversed" if kept.credited == kept.amount else "paid"
        partly = "partial" if kept.paid or kept.credited else "not_paid"
        refunds = [{"amount": kept.credited / 100, "is_refund": True}] if kept.credited else []
        return {
            "id": list(self.invoices).index(kept.number) + 1,
            "name": kept.number,
            "state": "cancel" if kept.is_void else "posted",
            "payment_state": partly if kept.open or kept.is_void else settled,
            "partner_id": [17, "Hansen"],
            "invoice_date": "2026-03-05",
            "invoice_date_due": kept.due or False,
            "amount_total": kept.amount / 100,
            "amount_residual": kept.open / 100,
            "currency_id": [1, "EUR"],
            "payment_reference": False,
            "invoice_payments_widget": {"content": refunds} if refunds else False,
        }

    def _read(self, model: str, args: list[Any], options: dict[str, Any]) -> Any:
        assert (model, args) == ("res.partner", [[17]])
        known = {"name": "Hansen", "email": "pay@hansen.example", "country_code": "DE"}
        return [{"id": 17, **{name: known.get(name, False) for name in options["fields"]}}]

    def _search(self, model: str, args: list[Any], options: dict[str, Any]) -> Any:
        number = next(one[2] for one in args[0] if one[0] == "name")
        return [list(self.invoices).index(number) + 1] if number in self.invoices else []

    def _search_count(self, model: str, args: list[Any], options: dict[str, Any]) -> Any:
        told = {one[0]: one[2] for one in args[0]}
        return list(self.invoices.values())[told["res_id"] - 1].notes.count(told["body"])

    def _message_post(self, model: str, args: list[Any], options: dict[str, Any]) -> Any:
        list(self.invoices.values())[args[0][0] - 1].notes.append(options["body"])
        return 99


class ErpNext(Books):
    """REST at /api/resource/DOCTYPE: filters and fields as JSON, a token, signed webhooks."""

    kind = "erpnext"

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        if asked.headers.get("Authorization") != f"token {KEY}":
            return 403, {"exc_type": "AuthenticationError"}
        doctype, _, name = unquote(asked.path).removeprefix("/api/resource/").partition("/")
        if asked.method == "POST" and doctype == "Comment":
            told = json.loads(asked.body)
            if told["reference_doctype"] != "Sales Invoice":
                return self.no("no such doctype")
            self.invoices[told["reference_name"]].notes.append(told["content"])
            return 200, {"data": {"name": "c1"}}
        if name:
            ref = {"reference_doctype": "Sales Invoice", "reference_name": name[4:]}
            return 200, {"data": {"name": name, "references": [ref]}}
        filters = json.loads(asked.query["filters"])
        found = [one for one in self._docs(doctype) if all(_fits(one, told) for told in filters)]
        start = int(asked.query["limit_start"])
        page = found[start:][: int(asked.query["limit_page_length"])]
        fields = json.loads(asked.query["fields"])
        return 200, {"data": [{field: one[field] for field in fields} for one in page]}

    def _docs(self, doctype: str) -> list[dict[str, Any]]:
        if doctype == "Comment":
            return [
                {
                    "name": "c",
                    "reference_doctype": "Sales Invoice",
                    "reference_name": one.number,
                    "content": note,
                }
                for one in self.invoices.values()
                for note in one.notes
            ]
        if doctype == "Payment Entry":
            return [
                {"name": f"PAY-{one.number}", "docstatus": 1, "modified": _stamp(one)}
                for one in self.invoices.values()
                if one.paid
            ]
        returns = [self._return(one) for one in self.invoices.values() if one.credited]
        # What a payment changes need not change the invoice's own date.
        return [*map(self._invoice, self.invoices.values()), *returns]

    def _invoice(self, kept: Kept) -> dict[str, Any]:
        return {
            "name": kept.number,
            "docstatus": 2 if kept.is_void else 1,
            "is_return": 0,
            "return_against": None,
            "customer": "Hansen",
            "customer_name": "Hansen GmbH",
            "posting_date": "2026-03-05",
            "due_date": kept.due or None,
            "currency": "EUR",
            "grand_total": kept.amount / 100,
            "rounded_total": 0.0,
            "outstanding_amount": kept.open / 100,
            "modified": _stamp(kept),
            "contact_email": "pay@hansen.example",
            "contact_mobile": None,
            "tax_id": None,
            "language": "de",
        }

    def _return(self, kept: Kept) -> dict[str, Any]:
        sums = {"grand_total": -kept.credited / 100, "outstanding_amount": 0.0}
        more = {"name": f"RET-{kept.number}", "is_return": 1, "return_against": kept.number}
        return {**self._invoice(kept), **sums, **more}

    def call_about(self, number: str, secret: str = SIGNING) -> tuple[bytes, dict[str, str]]:
        """Sign a call."""
        body = json.dumps({"doctype": "Sales Invoice", "name": number}).encode()
        return body, {"x-frappe-webhook-signature": signature_of(body, secret)}


def _stamp(kept: Kept) -> str:
    return f"2026-03-05 10:00:{kept.changed:02d}.000000"


def _fits(one: Mapping[str, Any], told: list[Any]) -> bool:
    name, how, value = told
    mine = one[name]
    if how == "in":
        return mine in value
    if how == "=":
        return bool(mine == value)
    return bool(mine > value or (how == ">=" and mine == value))
