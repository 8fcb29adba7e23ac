"""Takes in SendGrid's events and inbound mails, kept before the 2xx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from adapters.config.tokens import Tokens
from adapters.incoming.email.inbound_mail import Cover, read_mail
from adapters.incoming.sendgrid.events import read_batch
from adapters.ledger.inbound.incoming import keep_events, note_reply


class Mails:
    """Takes in events about mails, and mails from debtors."""

    def __init__(self, engine: Engine, tokens: Tokens, clock: Callable[[], datetime]) -> None:
        self._engine, self._tokens, self._clock = engine, tokens, clock

    def status(self, batch: bytes) -> int:
        """Keep events about mails; answers how many were new.

        Raises:
            LedgerDownError: if they could not be kept.
        """
        return keep_events(self._engine, read_batch(batch))

    def inbound(self, raw: bytes, cover: Cover) -> int:
        """Keep a mail; answers whether it was new.

        Raises:
            LedgerDownError: if it could not be kept.
        """
        mail = read_mail(raw, self._tokens, self._clock(), cover)
        return note_reply(self._engine, mail.reply, events=mail.events, files=mail.files)
