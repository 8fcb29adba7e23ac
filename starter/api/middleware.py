"""Wraps every request: an id, limits to size and time, safe headers, and one line in the log."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.runtime.tracing import span
from starter.api import access_log
from starter.api.errors import HttpProblem, problem_of

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""What a page of another part may say otherwise for itself."""

OWN_LIMITS = ("/hooks/", "/r/")
"""Providers bring whole mails and customers files, so these addresses have limits of their own."""

SECONDS_TO_SEND = 30.0
"""For a whole body, however it trickles; where whole mails and files come, twice as long."""

_OURS = "/v1/"
"""Addresses below which a segment is taken as it was sent: a number may hold a slash as %2F."""


class RequestGuard:
    """The outermost layer of the gateway."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, and write down how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, began = Headers(scope=scope), time.monotonic()
        scope["amicable.id"] = access_log.request_id(headers.get("x-request-id", ""))
        if scope["path"].startswith(_OURS) and scope.get("raw_path"):
            scope["path"] = scope["raw_path"].partition(b"?")[0].decode("latin-1")
        answer = _Answer(scope, send)
        try:
            own = scope["path"].startswith(OWN_LIMITS)
            timely = _timely(receive, SECONDS_TO_SEND * (2 if own else 1))
            bounded = timely if own else self._bounded(headers, timely)
            with span("HTTP request") as traced:
                await self._guarded(scope, bounded, answer)
                access_log.trace_line(traced, scope, answer.status)
        finally:
            access_log.log_line(scope, answer.status, time.monotonic() - began)

    async def _guarded(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            problem = problem_of(error)
            if problem.sort.name == "internal":
                access_log.broke(Request(scope), error)
            if answer.status:
                raise
            await problem.response()(scope, receive, answer)

    def _bounded(self, headers: Headers, receive: Receive) -> Receive:
        """The body, refused while it is read: what a caller says of its length may be wrong."""
        too_large = self._too_large
        promised = headers.get("content-length", "0")
        seen = 0

        async def next_part() -> Message:
            nonlocal seen
            if promised.isdecimal() and int(promised[:20]) > self._most:
                raise too_large()
            part = await receive()
            seen += len(part.get("body", b""))
            if seen > self._most:
                raise too_large()
            return part

        return next_part

    def _too_large(self) -> HttpProblem:
        return HttpProblem("too-large", f"a body may have {self._most} bytes")


def _timely(receive: Receive, seconds: float) -> Receive:
    """The body, given up when it is not whole in time."""
    end: float | None = None
    whole = False

    async def next_part() -> Message:
        nonlocal end, whole
        if whole:
            return await receive()
        now = time.monotonic()
        end = now + seconds if end is None else end
        try:
            part = await asyncio.wait_for(receive(), end - now)
        except TimeoutError:
            problem = HttpProblem("too-slow", f"a body may take {seconds:g} s; send it again")
            problem.headers = {"Connection": "close"}
            raise problem from None
        whole = not part.get("more_body", False)
        return part

    return next_part


class _Answer:
    """Sends the answer on, with the headers that every answer has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.status = 0
        self._id: str = scope["amicable.id"]
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self._id
            for name, value in SAFE.items():
                headers.setdefault(name, value)
        await self._send(message)
