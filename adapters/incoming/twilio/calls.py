"""Takes in Twilio's webhooks about calls, and answers what to say after the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine

from activities.ports.incoming import Reply, ReplyKind, ReportKind
from activities.ports.letter_data import CallWords
from activities.ports.types import LetterError
from adapters.incoming.twilio.hooks import (
    SID,
    TRY_AGAIN,
    UNREADABLE_FORM,
    IncomingText,
    event_of,
    raw_of,
)
from adapters.incoming.twilio.news import of_call
from adapters.incoming.twilio.signed import Form
from adapters.ledger.core.engine import reading
from adapters.ledger.customers import contacts
from adapters.ledger.customers.people import find_creditor, get_debtor
from adapters.ledger.inbound.events import note_event
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.inbound.spoken import Call, call_of, is_stale, note_talk, was_heard
from adapters.messages import twiml
from adapters.messages.twilio_addresses import KEY_ANSWERS, twilio_address
from domain.parties.customer import PlannedContact, Touch
from domain.parties.people import VOICE, Creditor, Debtor

HEARD = "heard"


class CallTexts(Protocol):
    """Words the calls."""

    def call_words(self, creditor: Creditor, debtor: Debtor) -> CallWords:
        """Word a call in the customer's language."""
        ...


class Calls:
    """Takes in what comes back of calls, and answers what to say."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], words: CallTexts, public_url: str
    ) -> None:
        self._engine, self._clock = engine, clock
        self._words, self._public = words, public_url

    def status(self, form: Form, message_id: str) -> IncomingText:
        """Keep how far a call has come, or how it ended; heard only if the key was pressed."""
        event = event_of(form, message_id, "CallSid", "CallStatus", self._clock())
        if event is None:
            return UNREADABLE_FORM
        heard = was_heard(self._engine, event.message_id)
        status = form.one("CallStatus")
        kind = of_call(status, event.reason, heard=heard)
        by = form.one("AnsweredBy")[:32]
        event = replace(event, kind=kind.value, reason=event.reason or by)
        new = note_event(self._engine, event)
        if kind is ReportKind.HEARD and not self._talked(call_of(self._engine, event.message_id)):
            return replace(TRY_AGAIN, news=new)
        return IncomingText(news=new)

    def answered(self, form: Form, message_id: str) -> IncomingText:
        """Keep who took the call, as far as it can be told; a key may still be pressed."""
        by = form.one("AnsweredBy")[:32]
        told = Form((("CallSid", form.one("CallSid")), ("AnsweredBy", by.replace("_", "-"))))
        event = event_of(told, message_id, "CallSid", "AnsweredBy", self._clock())
        if event is None:
            return UNREADABLE_FORM
        return IncomingText(news=note_event(self._engine, replace(event, reason=by)))

    def pressed(self, form: Form, message_id: str) -> IncomingText:
        """Answer a pressed key: the right one is told what it is about, and it is recorded."""
        call = call_of(self._engine, message_id)
        words = self._words_of(call)
        if call is None or words is None or form.one("Digits") != twiml.KEY:
            return IncomingText(200, twiml.call_back(words))
        new = self._remember(form, call)
        self._talked(call)
        if not call.spoken or is_stale(self._engine, call):
            return IncomingText(200, twiml.call_back(words), new)
        keys = twilio_address(self._public, KEY_ANSWERS, call.id)
        return IncomingText(200, twiml.call_details(words, call.spoken, keys), new)

    def keyed(self, form: Form, message_id: str) -> IncomingText:
        """Answer a key that was pressed after the details: said again, or noted for a person.

        It is kept once, however often it is told; only who has heard the details can answer.
        """
        said = twiml.ANSWER_KEYS.get(form.one("Digits"))
        if said is None:
            return self.pressed(form, message_id)
        call, sid = call_of(self._engine, message_id), form.one("CallSid")
        words = self._words_of(call)
        known = call and words and SID.fullmatch(sid) and was_heard(self._engine, call.id)
        if call is None or words is None or not known:
            return IncomingText(200, twiml.call_back(words))
        answer = Reply(
            key=f"twilio/{sid}/key",
            channel=VOICE,
            sort=ReplyKind.REPLY,
            at=self._clock(),
            message_id=call.id,
            said=said,
            raw=raw_of(form).encode(),
        )
        new = note_reply(self._engine, answer, (call.creditor, call.customer))
        return IncomingText(200, twiml.key_noted(words), new)

    def _remember(self, form: Form, call: Call) -> bool:
        told = Form((("CallSid", form.one("CallSid")), ("Pressed", HEARD)))
        event = event_of(told, call.id, "CallSid", "Pressed", self._clock())
        if event is None:
            return False
        return note_event(self._engine, replace(event, kind=ReportKind.HEARD.value))

    def _talked(self, call: Call | None) -> bool:
        """Write a conversation into the contact book; False if the account is held now."""
        if call is None:
            return True
        contact = PlannedContact(at=self._clock(), what=Touch.CONVERSATION, channel=VOICE)
        entry = contacts.RecordedContact(key=f"{call.id}/{HEARD}", contact=contact)
        return note_talk(self._engine, call, entry)

    def _words_of(self, call: Call | None) -> CallWords | None:
        if call is None:
            return None
        debtor = get_debtor(self._engine, call.creditor, call.customer)
        with reading(self._engine) as connection:
            creditor = find_creditor(connection, call.creditor)
        if creditor is None or debtor is None:
            return None
        try:
            return self._words.call_words(creditor, debtor)
        except LetterError:
            return None
