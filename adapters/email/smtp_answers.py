"""Translates a mail server's replies into receipts."""

from __future__ import annotations

import re
import ssl
from enum import Enum
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from activities.ports.types import Envelope, Receipt, Sent
from adapters.http.calls import plain_words


class SmtpReason(Enum):
    """Whose fault a refusal is, and with it what follows."""

    LATER = Receipt(sent=Sent.NOT_SENT)
    OURS = Receipt(sent=Sent.NOT_SENT, channel_down=True)
    THIS_MAIL = Receipt(sent=Sent.REJECTED)
    THE_ADDRESS = Receipt(sent=Sent.REJECTED, bad_point=True)


class SmtpRefusedError(SMTPResponseException):
    """A reply that ends the conversation.

    Attributes:
        at: the command that it answers.
    """

    def __init__(self, at: str, code: int, text: bytes) -> None:
        super().__init__(code, text)
        self.at = at


ENHANCED = re.compile(r"^5\.(\d{1,3}\.\d{1,3})\b")
"""What exactly is wrong (RFC 3463), where a server says so."""

BAD_ADDRESS = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10"})
"""No such mailbox, no such host, misspelt, moved away, or a domain that takes no mail."""

OUR_SIDE = re.compile(r"1\.[78]|5\.\d+|7\.\d+")
"""Our sender, our protocol, or a policy against us: every mail would fail the same way."""

TOO_BIG = re.compile(r"2\.3|3\.4")

_POLICY = re.compile(
    r"relay|polic|spam|block|black|denied|authent|permitted|allowed|spf|dkim|dmarc|reputation|tls",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"unknown|no such|no mailbox|not exist|invalid|not found|no user|not known", re.IGNORECASE
)
NAMES_A_MAILBOX = frozenset({550, 551, 553})
TOO_MUCH = 552
OUR_CODES = frozenset({*range(500, 506), 521, 523, 530, 534, 535, 538})
ABOUT_US = ("greeting", "EHLO", "STARTTLS", "AUTH", "MAIL")
"""Commands that name no recipient: no refusal of one is the recipient's."""

_ADDRESS = re.compile(r"\S+@\S+")
_BROKEN_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def smtp_receipt(error: Exception, envelope: Envelope) -> Receipt:
    """Sort what ended a conversation before the mail was handed over: it was not sent."""
    if isinstance(error, SmtpRefusedError):
        return receipt_of_reply(error.at, error.smtp_code, error.smtp_error, envelope)
    if isinstance(error, SMTPAuthenticationError):
        return receipt_of_reply("AUTH", error.smtp_code, b"", envelope)
    if isinstance(error, SMTPResponseException):
        return receipt_of_reply("greeting", error.smtp_code, error.smtp_error, envelope)
    name = type(error).__name__
    if isinstance(error, ssl.SSLError) and not isinstance(error, _BROKEN_OFF):
        detail = f"the mail server's certificate or TLS cannot be trusted ({name})"
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    if isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected):
        detail = f"the mail server does not offer what the settings ask for ({name})"
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    return Receipt(sent=Sent.NOT_SENT, detail=f"the mail server cannot be reached ({name})")


def receipt_of_reply(at: str, code: int, text: bytes | str, envelope: Envelope) -> Receipt:
    """Sort a reply; what is not clearly the address's fault is never held against it."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    told = _why(at, code, said).value
    words = plain_words(_ADDRESS.sub("[address]", said), envelope.to_name)
    detail = f"mail server {code} to {at}: {words}".rstrip(": ")
    return Receipt(
        sent=told.sent, detail=detail, channel_down=told.channel_down, bad_point=told.bad_point
    )


def _why(at: str, code: int, said: str) -> SmtpReason:
    """Whose fault a refusal is."""
    if not 500 <= code <= 599:  # noqa: PLR2004 - SMTP's range of final refusals
        return SmtpReason.LATER
    told = ENHANCED.match(said)
    detail = told[1] if told else ""
    if TOO_BIG.fullmatch(detail) or code == TOO_MUCH:
        return SmtpReason.THIS_MAIL
    if at in ABOUT_US or OUR_SIDE.fullmatch(detail):
        return SmtpReason.OURS
    if detail in BAD_ADDRESS:
        return SmtpReason.THE_ADDRESS
    return SmtpReason.THIS_MAIL if detail not in {"", "1.0"} else _by_its_words(code, said)


def _by_its_words(code: int, said: str) -> SmtpReason:
    """Older servers say in words only what is wrong."""
    if code in OUR_CODES or _POLICY.search(said):
        return SmtpReason.OURS
    if code in NAMES_A_MAILBOX and _NOBODY.search(said):
        return SmtpReason.THE_ADDRESS
    return SmtpReason.THIS_MAIL
