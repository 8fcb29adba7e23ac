"""The page on which a customer confirms that an invoice has arrived (P02)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from adapters.config.tokens import RECEIPT, Tokens
from adapters.letters.receipts import POLICY, ReceiptPage, receipt_page
from starter.api.auth import FAILURES, address_of
from starter.api.rate_limit import TokenBuckets

HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}
Token = Annotated[str, Path(max_length=64)]
Language = Annotated[str, Query(alias="l", max_length=2)]


def receipts(
    tokens: Tokens,
    confirm: Callable[[str, datetime], bool],
    clock: Callable[[], datetime],
    noticed: Callable[[], None] = lambda: None,
) -> APIRouter:
    """Make the page's routes.

    Args:
        tokens: what proves that a link is ours.
        confirm: keeps that a message was confirmed; False if there is no such message.
        clock: the instant at which somebody pressed the button (UTC).
        noticed: tells whoever works on news that there is some.
    """
    router = APIRouter(include_in_schema=False)
    links = _Links(tokens)

    @router.get("/r/{token}")
    def ask(request: Request, token: Token, language: Language = "") -> HTMLResponse:
        """Show the question; mail scanners open links, so nothing is said by that."""
        return _page(
            language, ReceiptPage.QUESTION if links.read(request, token) else ReceiptPage.UNKNOWN
        )

    @router.post("/r/{token}")
    def answer(request: Request, token: Token, language: Language = "") -> HTMLResponse:
        """Take the answer; twice is once."""
        message_id = links.read(request, token)
        if message_id is None or not confirm(message_id, clock()):
            return _page(language, ReceiptPage.UNKNOWN)
        noticed()
        return _page(language, ReceiptPage.THANKS)

    return router


class _Links:
    """Reads links; whoever guesses too often is not even looked at."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._guesses = TokenBuckets(FAILURES)

    def read(self, request: Request, token: str) -> str | None:
        """The message that a link came with; None if it is none of ours."""
        address = address_of(request)
        if self._guesses.wait(address):
            return None
        found = self._tokens.read(RECEIPT, token)
        if found is None:
            self._guesses.take(address)
        return found


def _page(language: str, shown: ReceiptPage) -> HTMLResponse:
    status = 404 if shown is ReceiptPage.UNKNOWN else 200
    return HTMLResponse(receipt_page(language, shown), status_code=status, headers=HEADERS)
