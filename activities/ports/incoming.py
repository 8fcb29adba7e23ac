"""What providers and debtors report about messages, in one vocabulary for all providers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReportKind(StrEnum):
    """Kinds of reports about a message, the same for all providers."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    CONFIRMED = "confirmed"
    """The customer said so on the page behind a letter's link (P02)."""

    HEARD = "heard"
    """A person took the call and pressed the key."""

    BOUNCED = "bounced"
    """The address does not work: it is never used again."""

    FAILED = "failed"
    """It did not get through this time; the address may be good."""

    UNHEARD = "unheard"
    """The call was busy, was not answered, or a machine took it."""

    COMPLAINED = "complained"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    CHANNEL_DOWN = "channel_down"
    """Our account or sender is at fault: a person must look."""

    OTHER = "other"


class ReplyKind(StrEnum):
    """Kinds of answers that come in."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    STOP = "stop"
    START = "start"
    UNROUTED = "unrouted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that a debtor, or a debtor's machine, sent back.

    Attributes:
        key: made from the message's own id: the same one twice is one.
        channel: email or sms.
        message_id: our message that it answers; empty if nothing says so.
        sender: address or number that it came from; never trusted.
        said: what was written, without quotes and markup.
        raw: as it came.
        at: when it was received (UTC).
    """

    key: str
    channel: str
    sort: ReplyKind
    at: datetime
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    said: str = ""
    raw: bytes = b""


class LedgerDownError(RuntimeError):
    """Nothing can be kept now; whoever brought it must come again."""
