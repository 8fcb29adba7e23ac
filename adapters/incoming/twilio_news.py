"""What Twilio's words about a message or a call mean in ours."""

from __future__ import annotations

from collections.abc import Mapping

from activities.incoming import News

CODES: Mapping[int, News] = {
    21610: News.OPTED_OUT,
    **dict.fromkeys((30005, 30006, 21211, 21614, 21635), News.BOUNCED),
    **dict.fromkeys((30001, 30003, 30007, 30008), News.FAILED),
    **dict.fromkeys((20403, 30002, 30034, 30450, 30460, 30863, 30869), News.CHANNEL_DOWN),
}
NO_NUMBER = frozenset({13223, 13224, 21211, 21214, 21217})
"""Calls that failed because there is no such number."""

TEXTS: Mapping[str, News] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), News.ACCEPTED),
    "delivered": News.DELIVERED,
    "read": News.OPENED,
}
CALLS: Mapping[str, News] = {
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), News.ACCEPTED),
    **dict.fromkeys(("busy", "no-answer", "canceled"), News.UNHEARD),
}


def of_text(status: str, code: str) -> News:
    """What the status of a text message means; a failure is judged by its code."""
    if status in ("failed", "undelivered"):
        return news_of(_number(code))
    return TEXTS.get(status, News.OTHER)


def of_call(status: str, code: str, *, heard: bool) -> News:
    """What the status of a call means; one that ended was heard only if a key was pressed."""
    if status == "completed":
        return News.HEARD if heard else News.UNHEARD
    if status == "failed":
        return News.BOUNCED if _number(code) in NO_NUMBER else News.FAILED
    return CALLS.get(status, News.OTHER)


def news_of(code: int) -> News:
    """What an error code says about the recipient; one that nobody knows marks no number."""
    return CODES.get(code, News.FAILED)


def _number(code: str) -> int:
    return int(code) if code.isdecimal() and len(code) <= 9 else 0  # noqa: PLR2004 - no code is longer
