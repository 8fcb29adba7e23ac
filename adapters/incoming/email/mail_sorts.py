"""Sorts mails: written by somebody, sent by a machine, or a letter that came back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from activities.ports.incoming import ReplyKind, ReportKind
from adapters.email.smtp_answers import BAD_ADDRESS
from adapters.incoming.email.mail_parts import (
    Mail,
    decoded_text,
    header,
    headers,
    kind_of,
    mail_parts,
    parsed,
)
from adapters.ledger.inbound.events import recipient_in

_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_MACHINE = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-AutoReply-From")
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")
_DEAD = {"5.0.0", *(f"5.{code}" for code in BAD_ADDRESS)}
"""What says that the address is no good; a full mailbox or a fault of ours does not."""

_RETURNED = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail server's report about a letter that it could not deliver, or not yet.

    Attributes:
        recipient: the address that we wrote to, else the one that it was passed on to (RFC 3464).
    """

    kind: ReportKind
    status: str
    recipient: str = ""


def sort_of(mail: Mail, *, empty_sender: bool) -> ReplyKind:
    """Sort a mail by its headers, never by its text."""
    if any(kind_of(part) == "message/delivery-status" for part in mail_parts(mail)):
        return ReplyKind.BOUNCE
    auto = header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = header(mail, "Precedence").strip().lower()
    if auto not in {"", "no"} or precedence in _BULK or empty_sender:
        return ReplyKind.AUTO_REPLY
    return ReplyKind.AUTO_REPLY if any(header(mail, name) for name in _MACHINE) else ReplyKind.REPLY


def returned(mail: Mail) -> tuple[Returned, ...]:
    """Read what became of the letter, for each recipient that the report names."""
    reports = [part for part in mail_parts(mail) if kind_of(part) == "message/delivery-status"]
    found = [_fate(block) for report in reports for block in _blocks(report)]
    return tuple(dict.fromkeys(one for one in found if one))


def letters_in(mail: Mail) -> Iterator[str]:
    """Find the reply addresses of the returned letter in its own headers."""
    for part in mail_parts(mail):
        if kind_of(part) in _RETURNED:
            letter = _letter(part)
            for name in ("Reply-To", "From", "Return-Path"):
                yield from headers(letter, name)


def _letter(part: Mail) -> Mail:
    inside = _inside(part)
    return inside[0] if inside else parsed(decoded_text(part).encode("utf-8", "replace"))


def _blocks(report: Mail) -> Iterator[Mail]:
    inside = _inside(report)
    yield from inside or (parsed(block.encode()) for block in decoded_text(report).split("\n\n"))


def _inside(part: Mail) -> list[Mail]:
    found = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _fate(block: Mail) -> Returned | None:
    action = header(block, "Action").strip().lower()
    status = _STATUS.search(header(block, "Status"))
    code, address = status[0] if status else "", _recipient(block)
    if action == "delayed":
        return Returned(ReportKind.DEFERRED, code, address)
    if action in {"delivered", "relayed", "expanded"}:
        arrived = action == "delivered"
        return Returned(ReportKind.DELIVERED if arrived else ReportKind.ACCEPTED, "", address)
    if action != "failed":
        return None
    return Returned(ReportKind.BOUNCED if code in _DEAD else ReportKind.FAILED, code, address)


def _recipient(block: Mail) -> str:
    """Both fields are written as ``rfc822; name@host``."""
    lines = (header(block, name) for name in ("Original-Recipient", "Final-Recipient"))
    return next(filter(None, (recipient_in(line.rpartition(";")[2]) for line in lines)), "")
