"""Reads a mailbox by IMAP, for those who send by SMTP, and leaves it as it is."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Engine

from activities.ports.incoming import Reply, ReplyKind
from activities.ports.incoming_ports import MailboxError
from adapters.config.settings_groups import ImapSettings
from adapters.config.tokens import Tokens
from adapters.incoming.email.inbound_mail import read_mail
from adapters.incoming.email.mail_parts import LARGEST_MAIL
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.inbound.mailboxes import Seen, remember_mailbox, seen
from domain.parties.people import EMAIL

_TIMEOUT = 20.0
MOST_MAILS = 200
"""Mails of one round; the rest comes with the next."""

_BROKEN = (imaplib.IMAP4.error, OSError, ValueError)
_log = structlog.get_logger("amicable.imap")


class ImapPoll:
    """Fetches what is new by its number, without marking, moving or deleting anything."""

    def __init__(
        self,
        engine: Engine,
        settings: ImapSettings,
        tokens: Tokens,
        clock: Callable[[], datetime],
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._engine = engine
        self._told = settings
        self._tokens = tokens
        self._clock = clock
        self._trust = trust or ssl.create_default_context()

    def round(self) -> int:
        """Keep every new mail; answers how many were new. One that is broken stops no other.

        A mail's number is remembered only when the mail is in the ledger: whoever dies between
        fetches it again, and the ledger knows it.

        Raises:
            MailboxError: if the mailbox cannot be reached or read.
        """
        if not self._told.host:
            return 0
        try:
            with self._mailbox() as (mailbox, validity):
                return self._fetch_all(mailbox, self._since(validity))
        except _BROKEN as error:
            kind = type(error).__name__
            raise MailboxError(f"the mailbox at AMICABLE_IMAP__HOST: {kind}") from None

    @property
    def _name(self) -> str:
        return f"{self._told.username}@{self._told.host}/{self._told.folder}"

    def _since(self, validity: int) -> Seen:
        """Numbers start anew when the mailbox was made anew: then everything is looked at again."""
        known = seen(self._engine, self._name)
        return known if known and known.uid_validity == validity else Seen(validity, 0)

    def _fetch_all(self, mailbox: imaplib.IMAP4, known: Seen) -> int:
        new = 0
        for uid in _numbers(mailbox, known.last_uid)[:MOST_MAILS]:
            raw = _fetched(mailbox, uid)
            if raw is None:
                new += self._missed(Seen(known.uid_validity, uid))
            else:
                mail = read_mail(raw, self._tokens, self._clock())
                new += note_reply(self._engine, mail.reply, events=mail.events, files=mail.files)
            remember_mailbox(self._engine, self._name, Seen(known.uid_validity, uid))
        return new

    def _missed(self, mail: Seen) -> bool:
        """A mail that the server does not hand over holds up no other; a person looks for it."""
        key = f"mail/{self._name}/{mail.uid_validity}/{mail.last_uid}"
        said = f"(number {mail.last_uid} in {self._told.folder} could not be fetched)"
        sort, at = ReplyKind.UNROUTED, self._clock()
        return note_reply(self._engine, Reply(key=key, channel=EMAIL, sort=sort, at=at, said=said))

    @contextmanager
    def _mailbox(self) -> Iterator[tuple[imaplib.IMAP4, int]]:
        told = self._told
        mailbox = imaplib.IMAP4_SSL(told.host, told.port, ssl_context=self._trust, timeout=_TIMEOUT)
        try:
            mailbox.login(told.username, told.password.get_secret_value())
            mailbox.select(_quoted(told.folder), readonly=True)
            yield mailbox, _validity(mailbox)
        finally:
            with suppress(*_BROKEN):
                mailbox.logout()


def _validity(mailbox: imaplib.IMAP4) -> int:
    _, found = mailbox.response("UIDVALIDITY")
    if not found or not found[0]:
        raise ValueError("no UIDVALIDITY")
    return int(found[0])


def _numbers(mailbox: imaplib.IMAP4, last: int) -> list[int]:
    """The numbers after the last one; `n:*` always names the newest, so that is looked at."""
    _, found = mailbox.uid("SEARCH", f"UID {last + 1}:*")
    told = b" ".join(part for part in found if isinstance(part, bytes))
    return sorted({uid for uid in map(int, told.split()) if uid > last})


def _fetched(mailbox: imaplib.IMAP4, uid: int) -> bytes | None:
    """A mail as far as it is read; None if it is gone or the server has no words for it."""
    try:
        _, found = mailbox.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST_MAIL}>)")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        _log.warning("one mail could not be fetched")
        return None
    return next((part[1] for part in found if _is_body(part)), None)


def _is_body(part: Any) -> bool:
    return isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes)


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
