"""Translates Twilio's statuses of messages and calls."""

from __future__ import annotations

from collections.abc import Mapping

from activities.ports.incoming import News
from adapters.twilio.answers import news_of, number_of

NO_NUMBER = frozenset({13223, 13224, 21211, 21214, 21217})
"""Calls that failed because there is no such number."""

TEXTS: Mapping[str, News] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), News.ACCEPTED),
    "delivered": News.DELIVERED,
    "read": News.OPENED,
}
_CALLS: Mapping[str, News] = {
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), News.ACCEPTED),
    **dict.fromkeys(("busy", "no-answer", "canceled"), News.UNHEARD),
}


def of_text(status: str, code: str) -> News:
    """Translate the status of a text message; a failure is judged by its code."""
    if status in ("failed", "undelivered"):
        return news_of(number_of(code))
    return TEXTS.get(status, News.OTHER)


def of_call(status: str, code: str, *, heard: bool) -> News:
    """Translate the status of a call; one that ended was heard only if a key was pressed."""
    if status == "completed":
        return News.HEARD if heard else News.UNHEARD
    if status == "failed":
        return News.BOUNCED if number_of(code) in NO_NUMBER else News.FAILED
    return _CALLS.get(status, News.OTHER)
