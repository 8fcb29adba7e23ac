"""What Twilio tells about calls, and what it shall say once somebody has pressed the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Engine, func, select

from activities.incoming import News
from activities.letter_data import CallWords
from activities.papers import BusyError, LetterError
from adapters import twiml
from adapters.incoming.twilio_hooks import TRY_AGAIN, UNREADABLE, Said, event_of
from adapters.incoming.twilio_news import of_call
from adapters.incoming.twilio_signed import Form
from adapters.ledger import contacts
from adapters.ledger.events import note_event
from adapters.ledger.incoming_pages import uuid_of
from adapters.ledger.people import find_creditor, get_debtor
from adapters.ledger.sql import locking
from adapters.ledger.tables.outbound import outbound_message, provider_event
from adapters.twilio_addresses import DETAILS, address
from domain.customer import Contact, Touch
from domain.people import Creditor, Debtor

SHORTLY = "2s"
"""So long a caller may wait for our words, at most, while somebody holds the account."""

HEARD = "heard"


class Words(Protocol):
    """Knows what a call says to whoever takes it."""

    def call_words(self, creditor: Creditor, debtor: Debtor) -> CallWords:
        """The words in the customer's language."""
        ...


class Call(NamedTuple):
    """A call of ours: whose it is, and what it has to say."""

    id: str
    creditor: str
    customer: str
    spoken: str


class Calls:
    """Takes in what comes back of calls, and answers what to say."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], words: Words, public_url: str
    ) -> None:
        self._engine, self._clock = engine, clock
        self._words, self._public = words, public_url

    def status(self, form: Form, message_id: str) -> Said:
        """How far a call has come, or how it ended: heard only if somebody pressed the key."""
        event = event_of(form, message_id, "CallSid", "CallStatus", self._clock())
        if event is None:
            return UNREADABLE
        heard = self._was_heard(event.message_id)
        status = form.one("CallStatus")
        kind = of_call(status, event.reason, heard=heard)
        by = form.one("AnsweredBy")[:32]
        event = replace(event, kind=kind.value, reason=event.reason or by)
        new = note_event(self._engine, event)
        if kind is News.HEARD and not self._talked(_call(self._engine, event.message_id)):
            return replace(TRY_AGAIN, news=new)
        return Said(news=new)

    def answered(self, form: Form, message_id: str) -> Said:
        """Who took the call, as far as it can be told: a hint, for a key may still be pressed."""
        by = form.one("AnsweredBy")[:32]
        told = Form((("CallSid", form.one("CallSid")), ("AnsweredBy", by.replace("_", "-"))))
        event = event_of(told, message_id, "CallSid", "AnsweredBy", self._clock())
        if event is None:
            return UNREADABLE
        return Said(news=note_event(self._engine, replace(event, reason=by)))

    def pressed(self, form: Form, message_id: str) -> Said:
        """Somebody pressed a key: the right one is told what it is about, and it is remembered."""
        call = _call(self._engine, message_id)
        words = self._words_of(call)
        if call is None or words is None or form.one("Digits") != twiml.KEY:
            return Said(200, twiml.call_back(words))
        new = self._remember(form, call)
        self._talked(call)
        if not call.spoken:
            return Said(200, twiml.call_back(words), new)
        again = address(self._public, DETAILS, call.id)
        return Said(200, twiml.details(words, call.spoken, again), new)

    def _remember(self, form: Form, call: Call) -> bool:
        told = Form((("CallSid", form.one("CallSid")), ("Pressed", HEARD)))
        event = event_of(told, call.id, "CallSid", "Pressed", self._clock())
        if event is None:
            return False
        return note_event(self._engine, replace(event, kind=News.HEARD.value))

    def _was_heard(self, message_id: str) -> bool:
        e = provider_event.c
        mine = (e.message_id == message_id) & (e.kind == News.HEARD.value)
        with self._engine.connect() as connection:
            return connection.execute(select(e.dedupe_key).where(mine)).first() is not None

    def _talked(self, call: Call | None) -> bool:
        """Write a conversation into the contact book (B4); False if the account is held now."""
        if call is None:
            return True
        contact = Contact(at=self._clock(), what=Touch.CONVERSATION, channel="voice")
        entry = contacts.Entry(key=f"{call.id}/{HEARD}", contact=contact)
        try:
            with self._engine.begin() as connection, locking():
                connection.execute(select(func.set_config("lock_timeout", SHORTLY, True)))  # noqa: FBT003 - for this transaction only
                contacts.touch(connection, call.creditor, call.customer, entry)
        except BusyError:
            return False
        return True

    def _words_of(self, call: Call | None) -> CallWords | None:
        if call is None:
            return None
        debtor = get_debtor(self._engine, call.creditor, call.customer)
        with self._engine.connect() as connection:
            creditor = find_creditor(connection, call.creditor)
        if creditor is None or debtor is None:
            return None
        try:
            return self._words.call_words(creditor, debtor)
        except LetterError:
            return None


def _call(engine: Engine, message_id: str) -> Call | None:
    m = outbound_message.c
    known = uuid_of(message_id)
    if known is None:
        return None
    query = select(m.id, m.creditor, m.customer, m.spoken)
    with engine.connect() as connection:
        row = connection.execute(query.where(m.id == known, m.channel == "voice")).one_or_none()
    return Call(*row) if row else None
