"""A stand-in for Debitura's Customer API, by its published description: just what we call.

It keeps to what the description says of each call: the header of the key, the fields and their
kinds, one case for each Idempotency-Key, 404 for what is not there, 422 for what business refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote

KEY = "deb-key-of-a-test"
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass
class Account:
    """What a creditor's account holds there.

    Attributes:
        lost: so many answers get lost after the work was done.
        asked: the references of the cases that were asked about.
    """

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[bytes]] = field(default_factory=dict)
    chats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    payments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    needs_contract: bool = False
    lost: int = 0
    asked: list[str] = field(default_factory=list)

    def by_reference(self, reference: str) -> dict[str, Any] | None:
        """The case of a creditor's reference."""
        found = (one for one in self.cases.values() if one["creditorReference"] == reference)
        return next(found, None)

    def answer(self, method: str, path: str, body: Any, key: str) -> tuple[int, Any]:
        """What a call is answered."""
        if method == "POST" and path == "/cases/preview":
            return self._preview(body)
        if method == "POST" and path == "/cases":
            return self._create(body, key)
        parts = path.strip("/").split("/")
        if parts[:2] == ["cases", "by-creditor-reference"]:
            self.asked.append(unquote("/".join(parts[2:])))
            found = self.by_reference(self.asked[-1])
            return (200, found) if found else (404, {"message": "not found"})
        if len(parts) != 3 or parts[1] not in self.cases:
            return 404, {"message": "not found"}
        return self._about(method, parts[1], parts[2], body)

    def _about(self, method: str, case: str, what: str, body: Any) -> tuple[int, Any]:
        if method == "GET":
            return self._read(case, what)
        if (method, what) == ("POST", "files"):
            return self._keep(case, body)
        if (method, what) == ("POST", "chats") and body.get("message") and body.get("userEmail"):
            self.chats.setdefault(case, []).append(body)
            return 200, {"id": "m-1"}
        return 400, {"message": "bad request"}

    def _read(self, case: str, what: str) -> tuple[int, Any]:
        kept = self.files.get(case, [])
        files = [{"id": f"f-{n}", "description": _described(body)} for n, body in enumerate(kept)]
        lists = {
            "payments": self.payments.get(case, []),
            "chats": self.chats.get(case, []),
            "files": files,
        }
        return (200, lists[what]) if what in lists else (404, {"message": "not found"})

    def _keep(self, case: str, body: bytes) -> tuple[int, Any]:
        if b'name="File"' not in body or not _described(body):
            return 400, {"message": "File: required"}
        if b"text/html" in body:
            return 415, {"message": "unsupported file type"}
        self.files.setdefault(case, []).append(body)
        return 200, {"id": "f-1"}

    def _preview(self, body: Any) -> tuple[int, Any]:
        if wrong := _wrong(body):
            return 400, {"message": wrong}
        if body["debtor"]["countryAlpha2"] == "AQ":
            reason = "We don't have an exclusive pre-legal partner in the provided jurisdiction."
            return 200, {"result": {"isEligible": False, "ineligibilityReason": reason}}
        actions = [{"type": "SignSdca"}] if self.needs_contract else []
        price = {
            "baseSuccessFeePercentage": 9.5,
            "ageSurchargePercentage": 8,
            "totalSuccessFeePercentage": 17.5,
            "currencyCode": body["currencyCode"],
            "pricingSourceDescription": "17.5% success fee (EU zone)",
        }
        known = {"requiresKycVerification": True, "hasKycOnFile": True}
        told = {"isEligible": True, "requiredActions": actions, "pricingPreview": price}
        return 200, {"result": told | known}

    def _create(self, body: Any, key: str) -> tuple[int, Any]:
        if wrong := _wrong(body) or _wrong_case(body):
            return 400, {"message": wrong}
        if self.needs_contract:
            unsigned = {"type": "MissingDebtCollectionContract", "message": "SDCA is not signed"}
            return 422, {"businessErrors": [unsigned]}
        case = self.keys.get(key) or f"case-{len(self.cases) + 1}"
        if key:
            self.keys[key] = case
        made = {
            "id": case,
            "creditorReference": body["creditorReference"],
            "currency": body["currencyCode"],
            "grossAmount": body["amountToRecover"],
            "lifecycle": "Active",
            "dateCreated": "2026-03-02T09:00:00+00:00",
            "dateUpdated": None,
            "preLegalSuccessFee": 17.5,
            "sent": body,
        }
        return 200, self.cases.setdefault(case, made)


def _described(body: bytes) -> str:
    """The description of an uploaded file."""
    found = re.search(rb'name="Description"\r\n\r\n([^\r]*)', body)
    return found[1].decode() if found else ""


def _wrong(body: Any) -> str:
    """What the description does not allow; empty if all is right."""
    debtor = body.get("debtor") or {}
    amount = body.get("amountToRecover")
    if not isinstance(amount, int | float) or amount <= 0:
        return "amountToRecover: a number"
    if len(body.get("currencyCode") or "") != 3:
        return "currencyCode: ISO 4217"
    if debtor.get("type") not in ("Company", "Private"):
        return "debtor.type: Company or Private"
    country = debtor.get("countryAlpha2") or ""
    return "" if _COUNTRY.fullmatch(country) else "debtor.countryAlpha2: ISO 3166"


def _wrong_case(body: Any) -> str:
    if not body["debtor"].get("name"):
        return "debtor.name: required"
    if len(body.get("creditorReference") or "") > 50:
        return "creditorReference: 50 characters"
    return "" if len(body.get("comments") or "") <= 4000 else "comments: 4000 characters"


class Handler(BaseHTTPRequestHandler):
    """Hands each call to the account."""

    account: Account

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, told = 401, {"message": "unauthorized"}
        if self.headers.get("XApiKey") == KEY:
            is_json = "json" in (self.headers.get("Content-Type") or "")
            body = json.loads(raw) if raw and is_json else raw
            key = self.headers.get("Idempotency-Key") or ""
            status, told = self.account.answer(self.command, self.path, body, key)
        if self.account.lost and self.command == "POST":
            self.account.lost -= 1
            self.close_connection = True
            return
        answer = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = _serve  # noqa: N815 - the server looks for these names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def debitura() -> Iterator[tuple[str, Account]]:
    """Serve an account on this machine; answers its address."""
    account = Account()
    handler = type("OfAccount", (Handler,), {"account": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", account
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
