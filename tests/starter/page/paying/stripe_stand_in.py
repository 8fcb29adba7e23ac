"""A small Stripe that refuses what the real one refuses, and signs as its documentation says.

Held against docs.stripe.com/api/checkout/sessions/create and docs.stripe.com/webhooks/signature.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60
CREATE = "/v1/checkout/sessions"
LOCALES = {"auto", "de", "en", "es", "fr", "it", "nl", "pl", "ro", "ru", "sv"}


@dataclass
class Stripe:
    """What the stand-in was asked for."""

    key: str
    secret: str
    url: str = ""
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    expired: list[str] = field(default_factory=list)
    is_down: bool = False

    def answer(
        self, path: str, headers: Mapping[str, str], form: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        """Answer one request."""
        if self.is_down:
            return 500, {"error": {"type": "api_error"}}
        if headers.get("Authorization") != f"Bearer {self.key}":
            return 401, {"error": {"type": "invalid_request_error"}}
        if path.endswith("/expire"):
            self.expired.append(path.split("/")[-2])
            return 200, {"id": self.expired[-1], "object": "checkout.session"}
        return self.create(headers.get("Idempotency-Key", ""), form)

    def create(self, key: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Open a session, or say what is wrong; the same idempotency key is the same session."""
        if wrong := wrong_with(form):
            return 400, {"error": {"type": "invalid_request_error", "message": wrong}}
        self.sessions.setdefault(key, form)
        number = list(self.sessions).index(key) + 1
        made = {"id": f"cs_test_{number}", "object": "checkout.session"}
        return 200, made | {"url": f"https://checkout.stripe.example/{number}"}

    @property
    def newest(self) -> dict[str, str]:
        """The session that was opened last, as it was asked for."""
        return list(self.sessions.values())[-1]

    def signed(self, body: str, at: float | None = None, secret: str = "") -> dict[str, str]:
        """The header with which Stripe signs a body at an instant."""
        stamp = int(at or time.time())
        digest = hmac.new(
            (secret or self.secret).encode(), f"{stamp}.{body}".encode(), hashlib.sha256
        )
        return {"stripe-signature": f"t={stamp},v1={digest.hexdigest()}"}


def wrong_with(form: dict[str, str]) -> str:
    """Say what the real one would not take."""
    price = "line_items[0][price_data]"
    until = int(form.get("expires_at", "0")) - time.time()
    checks = {
        "mode": form.get("mode") == "payment",
        f"{price}[currency]": len(form.get(f"{price}[currency]", "")) == 3,
        f"{price}[unit_amount]": form.get(f"{price}[unit_amount]", "").isdecimal(),
        f"{price}[product_data][name]": bool(form.get(f"{price}[product_data][name]")),
        "line_items[0][quantity]": form.get("line_items[0][quantity]") == "1",
        "success_url": form.get("success_url", "").startswith("https://"),
        "cancel_url": form.get("cancel_url", "").startswith("https://"),
        "expires_at": HALF_AN_HOUR <= until <= A_DAY,
        "locale": form.get("locale") in LOCALES,
    }
    return next((f"Invalid {name}" for name, is_right in checks.items() if not is_right), "")


def _handler(stripe: Stripe) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            told = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            form = {name: values[0] for name, values in told.items()}
            status, answer = stripe.answer(self.path, dict(self.headers), form)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            pass

    return Handler


@contextmanager
def stripe_stand_in(key: str, secret: str) -> Iterator[Stripe]:
    """Serve one on this machine."""
    stripe = Stripe(key, secret)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stripe))
    stripe.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stripe
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
