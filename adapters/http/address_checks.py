"""Checks contact points and header lines before anything is sent."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from activities.ports.types import Envelope, Receipt, Sent
from activities.sending.attaching import MOST_TAKEN, total

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def bad_email(address: str) -> str:
    """Describe why a relay would refuse an address at once; empty if it would take it."""
    domain = address.rpartition("@")[2].rstrip(".").lower()
    if domain == "invalid" or domain.endswith(".invalid"):
        return "no mail server answers for the domain"
    return misspelt_email(address)


def misspelt_email(address: str) -> str:
    """Describe why something is no e-mail address at all; empty if it is one."""
    try:
        validate_email(address, check_deliverability=False, globally_deliverable=False)
        # An older rule than the checker's, but it is the one that mails are written by.
        address.rpartition("@")[2].encode("idna")
    except (EmailNotValidError, UnicodeError):
        return "the address is not a valid e-mail address"
    return ""


def bad_number(number: str) -> str:
    """Describe why a number cannot get an SMS; empty if it may."""
    if E164.fullmatch(number):
        return ""
    return "the number is not in international form; write + and the country code"


def broken_header(envelope: Envelope) -> str:
    """Find the field that would break out of its header line (injection); empty if none."""
    fields = ("id", "to", "to_name", "sender", "sender_name", "reply_to", "subject", "in_reply_to")
    return next((name for name in fields if _breaks(str(getattr(envelope, name)))), "")


def refused_header(envelope: Envelope) -> Receipt | None:
    """Refuse a message with a line break where none may be; None if it is clean."""
    field = broken_header(envelope)
    if not field:
        return None
    detail = f"{field} contains a line break or control character; correct it in the ledger"
    return Receipt(sent=Sent.REJECTED, detail=detail, bad_point=field == "to")


def refused_mail(envelope: Envelope) -> Receipt | None:
    """Refuse a mail that cannot be sent, before anybody is called; None if it may leave."""
    return refused_unsigned(envelope) or refused_sender(envelope)


def refused_unsigned(envelope: Envelope) -> Receipt | None:
    """Refuse a mail likewise, whatever its sender is."""
    if reason := bad_email(envelope.to):
        return Receipt(sent=Sent.REJECTED, detail=reason, bad_point=True)
    return refused_header(envelope) or refused_load(envelope)


def refused_sender(envelope: Envelope) -> Receipt | None:
    """Refuse a message without a usable sender: none would leave until it is mended."""
    if not misspelt_email(envelope.sender) and not _wrong_reply(envelope.reply_to):
        return None
    detail = "the creditor's own e-mail address is missing or not valid; correct it in the ledger"
    return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)


def refused_load(envelope: Envelope) -> Receipt | None:
    """Refuse a mail with more attachments than anybody would take."""
    size = total(envelope.attachments)
    if size <= MOST_TAKEN:
        return None
    most = MOST_TAKEN // 1024 // 1024
    detail = f"{size} bytes go along with it, more than {most} MB; keep smaller copies"
    return Receipt(sent=Sent.REJECTED, detail=detail)


def safe_url(url: str, field: str) -> str:
    """Check a URL that secrets may travel to: https, or plain http to this very machine.

    Raises:
        ValueError: if it is neither.
    """
    parts = urlsplit(url)
    local = parts.hostname in LOOPBACK_NAMES
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local)):
        return url.rstrip("/")
    raise ValueError(f"{field}: {parts.scheme or 'no'} URL refused; write https://…")


def _wrong_reply(address: str) -> bool:
    return bool(address and misspelt_email(address))


def _breaks(text: str) -> bool:
    return any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in text)


class AddressChecks:
    """What an address and a number of a customer must look like."""

    def wrong_email(self, address: str) -> str:
        """Say in words why an address cannot be one; empty if nothing is wrong."""
        return misspelt_email(address)

    def wrong_number(self, number: str) -> str:
        """Say in words why a number cannot be one; empty if nothing is wrong."""
        return bad_number(number)
