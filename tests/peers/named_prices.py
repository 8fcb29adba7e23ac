"""Stands before emulate's Stripe, which knows no prices inside of a session yet: it names them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx

SESSIONS = "/v1/checkout/sessions"
_LINE = "line_items[0]"
_PRICE = f"{_LINE}[price_data]"


def _handler(behind: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            if self.path == SESSIONS:
                form = self._named(form)
            answer = self._ask(self.path, form)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def _named(self, form: dict[str, str]) -> dict[str, str]:
            product = self._ask("/v1/products", {"name": form[f"{_PRICE}[product_data][name]"]})
            told = {"product": product.json()["id"], "currency": form[f"{_PRICE}[currency]"]}
            price = self._ask("/v1/prices", told | {"unit_amount": form[f"{_PRICE}[unit_amount]"]})
            rest = {name: value for name, value in form.items() if not name.startswith(_PRICE)}
            return rest | {f"{_LINE}[price]": price.json()["id"]}

        def _ask(self, path: str, form: dict[str, str]) -> httpx.Response:
            headers = {"Authorization": self.headers.get("Authorization", "")}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return httpx.post(behind + path, content=urlencode(form), headers=headers, timeout=20)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            pass

    return Handler


@contextmanager
def naming_prices(behind: str) -> Iterator[str]:
    """Pass everything on; a product and a price are made for what a session asks for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(behind))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
