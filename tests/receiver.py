"""Another company's billing system: a real HTTP server that checks every signature by itself."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Got:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """What receivers tell repeats by."""
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        """The event."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    def is_signed_with(self, secret: str) -> bool:
        """Whether one of its signatures is by that secret (``whsec_…``), over the raw body."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        when = self.headers["webhook-timestamp"]
        said = b".".join([self.id.encode(), when.encode(), self.body])
        right = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        return f"v1,{right}" in self.headers["webhook-signature"].split(" ")


class Receiver:
    """Takes what comes, unless told otherwise for its next requests."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self._script: deque[Answer] = deque()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/in?from=amicable"

    @property
    def kinds(self) -> list[str]:
        """What came, in order."""
        return [got.event["type"] for got in self.got]

    def will(self, *statuses: int, **headers: str) -> None:
        """Say how the next requests are answered; after them it takes everything again."""
        self._script.extend((status, headers) for status in statuses)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.got.append(Got(self.path, headers, body))
                status, more = outer._script.popleft() if outer._script else (204, {})
                self.send_response(status)
                for name, value in {"Content-Length": "0", **more}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver on this machine, for as long as a test needs it."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
