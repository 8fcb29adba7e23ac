"""Takes in Twilio's webhooks about text messages, kept before the 2xx."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from activities.ports.incoming import Reply, ReplyKind, ReportKind
from adapters.incoming.stop_words import wish_of
from adapters.incoming.twilio.news import of_text
from adapters.incoming.twilio.signed import Form
from adapters.ledger.customers import consent
from adapters.ledger.customers.consent import ConsentChange, Holder
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.inbound.incoming import note_reply
from adapters.messages import twiml
from domain.card_numbers import without_card_numbers
from domain.parties.people import SMS

PATIENCE = 11.0
"""Seconds to wait for accounts: a sender's call ends after 10, and Twilio waits for 15."""

_LONGEST = 2000
"""Characters of a text message that are kept in words; its raw form has all of it."""

SID = re.compile(r"[A-Za-z0-9]{1,64}")
STATUS = re.compile(r"[a-z-]{1,32}")
_OUR_ID = re.compile(r"[0-9a-f-]{1,64}")


@dataclass(frozen=True, slots=True)
class IncomingText:
    """Our answer to Twilio: a status, and TwiML if it is asked for any.

    Attributes:
        news: whether something new was kept.
    """

    status: int = 204
    xml: str = ""
    news: bool = False


UNREADABLE_FORM = IncomingText(400)
TRY_AGAIN = IncomingText(503)
"""What was told is kept already; only an account was held for too long."""


class Texts:
    """Takes in what comes back of text messages."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    def status(self, form: Form, message_id: str) -> IncomingText:
        """Keep news of one of our messages; a STOP that Twilio knows of counts at once."""
        event = event_of(form, message_id, "MessageSid", "MessageStatus", self._clock())
        if event is None:
            return UNREADABLE_FORM
        event = replace(event, kind=of_text(form.one("MessageStatus"), event.reason).value)
        new = note_event(self._engine, event)
        if event.kind != ReportKind.OPTED_OUT:
            return IncomingText(news=new)
        mine = consent.holders(self._engine, form.one("To"))
        done = consent.opt_out(self._engine, mine, PATIENCE)
        return IncomingText(news=new) if done else replace(TRY_AGAIN, news=new)

    def inbound(self, form: Form, _message_id: str) -> IncomingText:
        """Keep a text message; a wish to be left alone counts before our answer."""
        sid, sender = form.one("MessageSid"), form.one("From")[:64]
        if not SID.fullmatch(sid) or not sender:
            return UNREADABLE_FORM
        wish = wish_of(form.one("Body"), form.one("OptOutType"))
        reply = self._reply(form, sid, sender)
        mine = consent.holders(self._engine, sender)
        new = False
        if wish.sort is not ReplyKind.REPLY:
            wished = replace(reply, sort=wish.sort, key=f"{reply.key}/{wish.sort}")
            new = self._wished(wished, mine)
        if wish.sort is ReplyKind.REPLY or not wish.plain:
            new |= self._answered(reply, mine)
        done = wish.sort is not ReplyKind.STOP or consent.opt_out(self._engine, mine, PATIENCE)
        return IncomingText(200, twiml.no_answer(), new) if done else replace(TRY_AGAIN, news=new)

    def _reply(self, form: Form, sid: str, sender: str) -> Reply:
        said = without_card_numbers(form.one("Body").replace("\0", ""))[:_LONGEST]
        media = form.one("NumMedia")
        files = f"{media[:3]} file{'s' * (media != '1')}" if media not in ("", "0") else ""
        return Reply(
            key=f"twilio/{sid}",
            channel=SMS,
            sort=ReplyKind.REPLY,
            at=self._clock(),
            sender=sender,
            said=f"{said or '(no words)'}\n({files}, not taken in)" if files else said,
            raw=raw_of(form).encode(),
        )

    def _wished(self, reply: Reply, mine: tuple[Holder, ...]) -> bool:
        """One row for each account that has the number; one for nobody if none has it yet."""
        new = False
        for holder in mine:
            key = f"{reply.key}/{holder.creditor}/{holder.customer}"
            new |= note_reply(self._engine, replace(reply, key=key), holder)
        return new if mine else note_reply(self._engine, reply)

    def _answered(self, reply: Reply, mine: tuple[Holder, ...]) -> bool:
        """It answers the newest text to the number; else it is of the one account that has it."""
        found = consent.newest_text(self._engine, reply.sender, mine)
        if found is None and len(mine) == 1:
            found = ConsentChange("", mine[0])
        if found is None:
            return note_reply(self._engine, replace(reply, sort=ReplyKind.UNROUTED))
        told = replace(reply, message_id=found.message_id)
        return note_reply(self._engine, told, found.holder)


def event_of(
    form: Form, message_id: str, sid_field: str, status_field: str, at: datetime
) -> ProviderEvent | None:
    """Make an event with its meaning as its key; None if it names no message or status.

    What Twilio sends has no time of its own, and its signature none either: the key is what keeps
    a repetition from counting twice.
    """
    sid, status = form.one(sid_field), form.one(status_field)
    if not SID.fullmatch(sid) or not STATUS.fullmatch(status):
        return None
    ours = message_id if _OUR_ID.fullmatch(message_id) else ""
    return ProviderEvent(
        dedupe_key=f"twilio/{sid}:{status}/{ours}",
        message_id=ours,
        provider="twilio",
        kind=ReportKind.OTHER.value,
        at=at,
        raw=raw_of(form),
        reason=form.one("ErrorCode")[:16],
    )


def raw_of(form: Form) -> str:
    """Write a form as it came but for card numbers, for people who have to look closer."""
    return json.dumps(dict(_fields(form)), ensure_ascii=True)


def _fields(form: Form) -> Iterator[tuple[str, list[str]]]:
    for name in form:
        told = form.getlist(name)
        yield name, [without_card_numbers(one) for one in told] if name == "Body" else told
