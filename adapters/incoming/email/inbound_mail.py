"""Makes a row of a mail: routed by our own signed token, never by its From line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.ports.incoming import Reply, ReplyKind
from adapters.config.tokens import Tokens
from adapters.incoming.email.mail_files import files_in
from adapters.incoming.email.mail_parts import (
    Mail,
    decoded_text,
    header,
    headers,
    mail_addresses,
    mail_parts,
    parsed,
)
from adapters.incoming.email.mail_sorts import Returned, letters_in, returned, sort_of
from adapters.incoming.email.mail_words import answer_in, without_cards, written_words
from adapters.ledger.inbound.events import ProviderEvent
from domain.evidence.received import ReceivedFile

_PROVIDER = "mail"
_LONGEST_RAW = 200_000
"""Bytes of a mail that are kept as they came: its words, and no large attachment."""

TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
"""Where our address may stand; the envelope is asked before them."""


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail as it is kept, with the reports in it if it is a letter that came back.

    Attributes:
        files: what somebody attached; nothing of what machines send.
    """

    reply: Reply
    events: tuple[ProviderEvent, ...] = ()
    files: tuple[ReceivedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The envelope of a mail by the mail server: to whom, and from whom, if it knows.

    Attributes:
        sender: None if nobody said; an empty one is a machine's.
    """

    recipients: tuple[str, ...] = ()
    sender: str | None = None


def read_mail(raw: bytes, tokens: Tokens, now: datetime, cover: Cover | None = None) -> ReadMail:
    """Read one mail; whatever is wrong with it, it becomes a row."""
    given, mail = cover or Cover(), parsed(raw)
    sort = sort_of(mail, empty_sender=_is_nobody(mail, given))
    message_id = _answered(tokens, mail, given, sort)
    words, subject = written_words(mail), header(mail, "Subject")
    own = _own_id(mail, raw, message_id)
    events = _events(mail, message_id) if sort is ReplyKind.BOUNCE and message_id else ()
    reply = Reply(
        key=own,
        channel="email",
        sort=_routed(sort, message_id),
        at=now,
        message_id=message_id,
        sender=next(iter(mail_addresses(*headers(mail, "From"))), "")[:320],
        subject=without_cards(subject),
        said=answer_in(words),
        raw=_kept(raw, mail, (words, subject)),
    )
    files = files_in(mail, raw) if sort is ReplyKind.REPLY else ()
    return ReadMail(reply, events, files)


def _routed(sort: ReplyKind, message_id: str) -> ReplyKind:
    """What names none of our messages is for a person, unless only a machine said it."""
    return sort if message_id or sort is ReplyKind.AUTO_REPLY else ReplyKind.UNROUTED


def _answered(tokens: Tokens, mail: Mail, cover: Cover, sort: ReplyKind) -> str:
    told = [*cover.recipients, *mail_addresses(*_lines(mail, TO))]
    if sort is ReplyKind.BOUNCE:
        told += mail_addresses(*letters_in(mail))
    found = (tokens.answered(address) for address in told)
    return next(filter(None, found), "")


def _is_nobody(mail: Mail, cover: Cover) -> bool:
    """Whether the mail has no sender to answer to, as mails of machines have none."""
    paths = headers(mail, "Return-Path")
    if cover.sender is not None:
        return cover.sender.strip() in {"", "<>"}
    return bool(paths) and paths[0].strip() in {"", "<>"}


def _own_id(mail: Mail, raw: bytes, message_id: str) -> str:
    """The same mail fetched, posted or retried is one; one to two of our addresses is two."""
    named = header(mail, "Message-ID").strip()
    content = named.encode("utf-8", "replace") if named else raw
    return f"mail/{hashlib.sha256(content + b'/' + message_id.encode()).hexdigest()}"


def _events(mail: Mail, message_id: str) -> tuple[ProviderEvent, ...]:
    return tuple(
        ProviderEvent(
            dedupe_key=f"{_PROVIDER}/{message_id}/{one.kind.value}/{one.status}{_of(one)}",
            message_id=message_id,
            provider=_PROVIDER,
            kind=one.kind.value,
            reason=one.status,
            recipient=one.recipient,
        )
        for one in returned(mail)
    )


def _of(report: Returned) -> str:
    """The address as part of a key: a report about another one is another report."""
    told = report.recipient
    return f"/{hashlib.sha256(told.encode()).hexdigest()[:16]}" if told else ""


def _kept(raw: bytes, mail: Mail, said: Sequence[str]) -> bytes:
    """The mail as it came, or only its head if a card's number stands anywhere in it."""
    short = raw[:_LONGEST_RAW]
    every = (*said, short.decode("ascii", "replace"), *_texts(mail))
    if all(without_cards(text) == text for text in every):
        return short
    head = short.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return head if without_cards(told := head.decode("ascii", "replace")) == told else b""


def _texts(mail: Mail) -> Iterable[str]:
    return (
        decoded_text(part) for part in mail_parts(mail) if part.get_content_maintype() == "text"
    )


def _lines(mail: Mail, names: Iterable[str]) -> Iterable[str]:
    return [line for name in names for line in headers(mail, name)]
