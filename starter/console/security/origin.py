"""Refuses what another site sends: by name of the host, by fetch metadata, else by origin."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
CHANGING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FROM_OWN_PAGES = frozenset({"same-origin", "none"})
"""What a browser says of a request that our own page, or the person by hand, has begun."""

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing from elsewhere, and no script that talks to anybody: pages and forms are enough."""

PAGE_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" browsers would hide the origin of our own forms from us.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


Failed = Callable[[Request, Exception], Awaitable[Response]]
"""Makes the page that tells of an error."""


class OriginGuard:
    """Stands before every page: whose request is it, and what may a browser do with the answer."""

    def __init__(self, app: ASGIApp, public_url: str, failed: Failed) -> None:
        public = urlsplit(public_url).hostname or ""
        self._app = app
        self._failed = failed
        self._names = OWN_NAMES | ({public} if public else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        guarded = _with_headers(send)
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, guarded)
        else:
            await self._served(scope, receive, _Once(guarded))

    async def _served(self, scope: Scope, receive: Receive, send: _Once) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            if send.begun:
                raise
            page = await self._failed(Request(scope), error)
            await page(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why a request is refused; empty if it may pass."""
        host = headers.get("host", "")
        if hostname(host) not in self._names:  # a foreign name that leads to this machine
            return "This console is not known under that name."
        if method in CHANGING_METHODS and not is_own(headers, host):
            return "This did not come from a page of the console. Open the page, and try again."
        return ""


def is_own(headers: Headers, host: str) -> bool:
    """Tell whether a page of ours sent it; old browsers say so by their origin only."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in FROM_OWN_PAGES
    return urlsplit(headers.get("origin", "")).netloc == host and bool(host)


def hostname(host: str) -> str:
    """Read the name of a host, without its port."""
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


class _Once:
    """Sends an answer on, and remembers whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name.lower() for name, _ in message["headers"]}
            more = ((name.encode(), value.encode()) for name, value in PAGE_HEADERS.items())
            message["headers"] = [
                *message["headers"],
                *((name, value) for name, value in more if name not in known),
            ]
        await send(message)

    return guarded
