"""The page on which a customer says that an invoice has arrived (P02): asked for, never assumed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from adapters.letters.receipts import POLICY, Shown, receipt_page
from adapters.tokens import RECEIPT, Tokens

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
    """The page's routes.

    Args:
        tokens: what proves that a link is ours.
        confirm: keeps that a message was confirmed; False if there is no such message.
        clock: the instant at which somebody pressed the button (UTC).
        noticed: tells whoever works on news that there is some.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/r/{token}")
    def ask(token: Token, language: Language = "") -> HTMLResponse:
        """Show the question; mail scanners open links, so nothing is said by that."""
        ours = tokens.read(RECEIPT, token)
        return _page(language, Shown.QUESTION if ours else Shown.UNKNOWN)

    @router.post("/r/{token}")
    def answer(token: Token, language: Language = "") -> HTMLResponse:
        """Take the answer; twice is once."""
        message_id = tokens.read(RECEIPT, token)
        if message_id is None or not confirm(message_id, clock()):
            return _page(language, Shown.UNKNOWN)
        noticed()
        return _page(language, Shown.THANKS)

    return router


def _page(language: str, shown: Shown) -> HTMLResponse:
    status = 404 if shown is Shown.UNKNOWN else 200
    return HTMLResponse(receipt_page(language, shown), status_code=status, headers=HEADERS)
