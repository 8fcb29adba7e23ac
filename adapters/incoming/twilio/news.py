"""Translates Twilio's statuses of messages and calls."""

from __future__ import annotations

from collections.abc import Mapping

from activities.ports.incoming import ReportKind
from adapters.twilio.answers import news_of, number_of

NO_NUMBER = frozenset({13223, 13224, 21211, 21214, 21217})
"""Calls that failed because there is no such number."""

TEXTS: Mapping[str, ReportKind] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), ReportKind.ACCEPTED),
    "delivered": ReportKind.DELIVERED,
    "read": ReportKind.OPENED,
}
_CALLS: Mapping[str, ReportKind] = {
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), ReportKind.ACCEPTED),
    **dict.fromkeys(("busy", "no-answer", "canceled"), ReportKind.UNHEARD),
}


def of_text(status: str, code: str) -> ReportKind:
    """Translate the status of a text message; a failure is judged by its code."""
    if status in ("failed", "undelivered"):
        return news_of(number_of(code))
    return TEXTS.get(status, ReportKind.OTHER)


def of_call(status: str, code: str, *, heard: bool) -> ReportKind:
    """Translate the status of a call; one that ended was heard only if a key was pressed."""
    if status == "completed":
        return ReportKind.HEARD if heard else ReportKind.UNHEARD
    if status == "failed":
        return ReportKind.BOUNCED if number_of(code) in NO_NUMBER else ReportKind.FAILED
    return _CALLS.get(status, ReportKind.OTHER)
