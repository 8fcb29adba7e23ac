"""Translates Twilio's error codes."""

from __future__ import annotations

from twilio.base.exceptions import TwilioException

from activities.ports.incoming import ReportKind
from activities.ports.types import Envelope, Receipt, Sent
from adapters.http.calls import plain_words

FAILED = frozenset({"failed", "undelivered", "canceled"})

BAD_NUMBER = frozenset({21211, 21214, 21217, 21612, 21614, 21635, 30005, 30006})
"""Not a number, not reachable, not mobile: never again by SMS."""

FILTERED = 30007
"""A carrier takes it for spam: never again this way, and a person looks at what we write."""

OPTED_OUT = 21610
"""The recipient has answered STOP."""

_ACCOUNT = {20003, 20403, 30002}
_SENDER = {21212, 21606, 21703, 21712}
_COUNTRY = {21215, 21408}
_COMPLIANCE = {30034, 30460, 30863, 30869}
_PUMPING = {30450}

CHANNEL_DOWN = frozenset(_ACCOUNT | _SENDER | _COUNTRY | _COMPLIANCE | _PUMPING)
"""Ours to mend: every message of its kind would fail the same way, so a person looks first."""

_BUSY = frozenset({20429, 21611, 30001})
"""A full queue or too many requests: nothing was taken."""

UNAUTHORISED = frozenset({401, 403})
_TOO_MANY = 429
_SERVER_ERROR = 500
_REQUEST_TIMEOUT = 408


def news_of(code: int) -> ReportKind:
    """Translate the error code of a message that was accepted and then failed."""
    if code == OPTED_OUT:
        return ReportKind.OPTED_OUT
    if code in BAD_NUMBER:
        return ReportKind.BOUNCED
    return ReportKind.CHANNEL_DOWN if code in CHANNEL_DOWN else ReportKind.FAILED


def twilio_receipt(error: TwilioException, envelope: Envelope) -> Receipt:
    """Sort an exception of the SDK; both of its families carry a status and a code."""
    status = number_of(getattr(error, "status", 0))
    code = number_of(getattr(error, "code", 0))
    if not status:
        return Receipt(sent=Sent.UNKNOWN, detail=f"Twilio: {type(error).__name__}")
    # str(error) is coloured for terminals; the plain words stand in these.
    words = getattr(error, "msg", "") or getattr(error, "title", "") or ""
    return receipt_of_code(code, status, words, envelope)


def receipt_of_code(code: int, status: int, words: str, envelope: Envelope) -> Receipt:
    """Sort an error code; an unknown one is judged by its HTTP status."""
    said = plain_words(words, envelope.to, envelope.to_name)
    detail = f"Twilio {code or status}: {said}".rstrip(": ")
    if code == OPTED_OUT or code in BAD_NUMBER:
        return Receipt(
            sent=Sent.REJECTED,
            detail=detail,
            opted_out=code == OPTED_OUT,
            bad_point=code in BAD_NUMBER,
        )
    if code in _BUSY or status == _TOO_MANY:
        return Receipt(sent=Sent.NOT_SENT, detail=detail)
    if code in CHANNEL_DOWN or status in UNAUTHORISED or _elsewhere(status):
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    unknown = status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT
    sent = Sent.UNKNOWN if unknown else Sent.REJECTED
    return Receipt(sent=sent, detail=detail, channel_down=code == FILTERED)


def number_of(told: object) -> int:
    """Read a code or status as Twilio sent it; 0 for none, and for what is no number."""
    try:
        return int(str(told or 0))
    except ValueError:
        return 0


def _elsewhere(status: int) -> bool:
    """A redirect, or no such page: the base URL or the account SID is wrong."""
    return 300 <= status < 400 or status == 404  # noqa: PLR2004 - HTTP's own ranges
