"""A small Mollie that refuses what the real one refuses, and answers as its documentation says.

Held against docs.mollie.com/reference: create-payment, get-payment, cancel-payment,
api-idempotency, webhooks, get-refund and get-chargeback.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

BEGUN = datetime.now(UTC) - timedelta(minutes=1)
LOCALES = {
    *{"en_US", "en_GB", "nl_NL", "nl_BE", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_BE", "es_ES"},
    *{"ca_ES", "pt_PT", "it_IT", "nb_NO", "sv_SE", "fi_FI", "da_DK", "is_IS", "hu_HU", "pl_PL"},
    *{"lv_LV", "lt_LT"},
}
NO_CENTS = {"JPY", "ISK"}
CURRENCIES = {"EUR", "USD", "GBP", "CHF", "SEK", "PLN", "RON", *NO_CENTS}


@dataclass
class Mollie:
    """What the stand-in was asked for, and how its payments stand."""

    key: str
    url: str = ""
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    refunds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    chargebacks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    canceled: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    is_down: bool = False
    prefix: str = "tr_"

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, Any]]:
        """Answer one request."""
        if self.is_down:
            return 503, problem(503, "Service Unavailable")
        if headers.get("Authorization") != f"Bearer {self.key}":
            return 401, problem(401, "Unauthorized Request")
        if method == "POST":
            return self.create(headers, json.loads(body))
        return self.about(method, urlsplit(path))

    def about(self, method: str, path: SplitResult) -> tuple[int, dict[str, Any]]:
        """Answer about one payment."""
        reference = path.path.removeprefix("/v2/payments/")
        if reference not in self.payments:
            return 404, problem(404, "Not Found")
        if method == "DELETE":
            return self.cancel(reference)
        self.looks.append(reference)
        return 200, self.told(reference, set(parse_qs(path.query).get("embed", [""])[0].split(",")))

    def create(
        self, headers: Mapping[str, str], asked: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """Make a payment, or say which field is wrong; the same idempotency key is the same one."""
        key = headers.get("Idempotency-Key", "")
        if headers.get("Content-Type", "").split(";")[0] != "application/json":
            return 400, problem(400, "Bad Request")
        if wrong := wrong_with(asked):
            return 422, problem(422, "Unprocessable Entity") | {"field": wrong}
        reference = self.by_key.setdefault(key, f"{self.prefix}{len(self.payments) + 1:010d}")
        made: dict[str, Any] = {
            "resource": "payment",
            "id": reference,
            "mode": "test",
            "status": "open",
        }
        made |= {"createdAt": stamp(BEGUN), "isCancelable": True, **asked}
        self.payments.setdefault(reference, made)
        return 201, self.told(reference, set())

    def cancel(self, reference: str) -> tuple[int, dict[str, Any]]:
        """Cancel a payment, if it may be."""
        payment = self.payments[reference]
        if payment["status"] != "open" or not payment["isCancelable"]:
            return 422, problem(422, "Unprocessable Entity")
        self.canceled.append(reference)
        payment |= {"status": "canceled", "canceledAt": stamp(datetime.now(UTC))}
        return 200, self.told(reference, set())

    def told(self, reference: str, embed: set[str]) -> dict[str, Any]:
        """A payment as it is answered; what came of it only where it was asked for."""
        payment = dict(self.payments[reference])
        links = {"self": {"href": f"{self.url}/v2/payments/{reference}"}}
        if payment["status"] == "open":
            links["checkout"] = {"href": f"https://checkout.mollie.example/{reference}"}
        every = {"refunds": self.refunds, "chargebacks": self.chargebacks}
        inside = {name: every[name].get(reference, []) for name in sorted(embed & set(every))}
        return payment | {"_links": links} | ({"_embedded": inside} if inside else {})

    @property
    def newest(self) -> dict[str, Any]:
        """The payment that was begun last."""
        return list(self.payments.values())[-1]

    def matter(self, prefix: str, count: int, minor: int, **more: Any) -> dict[str, Any]:
        """A refund or a chargeback of the newest payment."""
        amount = {"currency": "EUR", "value": f"{minor // 100}.{minor % 100:02d}"}
        at = BEGUN + timedelta(seconds=10 + count)
        name = f"{prefix}_{self.newest['id'][3:]}{count}"
        return {"id": name, "amount": amount, "createdAt": stamp(at), **more}


def stamp(at: datetime) -> str:
    """An instant as Mollie writes it."""
    return at.isoformat(timespec="seconds")


def problem(status: int, title: str) -> dict[str, Any]:
    """An error as Mollie writes it."""
    return {"status": status, "title": title, "detail": title}


def wrong_with(asked: dict[str, Any]) -> str:
    """Name the first field that the real one would not take; empty if it takes all."""
    amount = asked.get("amount", {})
    digits = "" if amount.get("currency") in NO_CENTS else r"\.[0-9]{2}"
    checks = {
        "amount.currency": amount.get("currency") in CURRENCIES,
        "amount.value": bool(re.fullmatch(rf"[0-9]+{digits}", str(amount.get("value")))),
        "description": 0 < len(asked.get("description", "")) <= 255,
        "redirectUrl": str(asked.get("redirectUrl")).startswith("https://"),
        "webhookUrl": _is_reachable(str(asked.get("webhookUrl"))),
        "metadata": len(json.dumps(asked.get("metadata"))) <= 1024,
        "locale": asked.get("locale", "en_GB") in LOCALES,
    }
    known = {*{"amount", "description", "redirectUrl", "webhookUrl", "metadata", "locale"}}
    wrong = [name for name, is_right in checks.items() if not is_right]
    return next(iter([*wrong, *sorted(set(asked) - known)]), "")


def _is_reachable(url: str) -> bool:
    """Mollie refuses addresses that only one machine knows."""
    host = urlsplit(url).hostname or ""
    return url.startswith("https://") and host not in {"localhost", "127.0.0.1"}


def _handler(mollie: Mollie) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.reply("POST")

        def do_GET(self) -> None:
            self.reply("GET")

        def do_DELETE(self) -> None:
            self.reply("DELETE")

        def reply(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or "0"))
            status, told = mollie.answer(method, self.path, dict(self.headers.items()), body)
            answer = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/hal+json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            pass

    return Handler


@contextmanager
def mollie_stand_in(key: str, prefix: str = "tr_") -> Iterator[Mollie]:
    """Serve one on this machine; its ids begin so, for ledgers that several tests share."""
    mollie = Mollie(key, prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(mollie))
    mollie.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mollie
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
