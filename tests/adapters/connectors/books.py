"""Small billing systems that refuse what the real ones refuse, over the same invoices."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, SIGNING = "key-" + "k" * 20, "whsec_" + "s" * 32
Answer = tuple[int, Any]


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Kept:
    """An invoice as its maker sees it; amounts are cents."""

    number: str
    amount: int = 10_000
    paid: int = 0
    credited: int = 0
    is_void: bool = False
    due: str = "2026-04-04"
    customer: str = "C-1"
    changed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def open(self) -> int:
        """What is still owed."""
        return 0 if self.is_void else self.amount - self.paid - self.credited


@dataclass
class Books:
    """What a system holds.

    Attributes:
        refused: what was asked wrongly; a test looks at it.
    """

    invoices: dict[str, Kept] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    url: str = ""
    beat: int = 0
    is_down: bool = False

    def issue(self, number: str, **more: Any) -> Kept:
        """Write an invoice."""
        self.invoices[number] = Kept(number, **more)
        return self.change(number)

    def change(self, number: str, **more: Any) -> Kept:
        """Change an invoice: pay, credit, void."""
        kept = self.invoices[number]
        for name, value in more.items():
            setattr(kept, name, value)
        self.beat += 1
        kept.changed = self.beat
        return kept

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        raise NotImplementedError

    def call_about(self, number: str, secret: str = SIGNING) -> tuple[bytes, dict[str, str]]:
        """The signed call with which the system tells that an invoice changed."""
        raise NotImplementedError

    def no(self, why: str) -> Answer:
        """Refuse, and remember why."""
        self.refused.append(why)
        return 400, {"error": why}


def signature_of(body: bytes, secret: str) -> str:
    """Sign as Frappe and Lago do."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _handler(books: Books) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            asked = urlsplit(self.path)
            query = {name: value[0] for name, value in parse_qs(asked.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told: Answer = (503, {})
            if not books.is_down:
                told = books.answer(
                    Asked(self.command, asked.path, query, dict(self.headers), body)
                )
            text = json.dumps(told[1]).encode()
            self.send_response(told[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the base's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            pass

    return Handler


@contextmanager
def served(books: Books) -> Iterator[Books]:
    """Serve one on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(books))
    books.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield books
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
