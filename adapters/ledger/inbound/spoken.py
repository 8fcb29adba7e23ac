"""Voice calls as the gateway needs them: the words of a call, and whether they still hold."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, func, or_, select

from activities.ports.incoming import ReportKind
from activities.ports.types import BusyError
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import locking, uuid_of
from adapters.ledger.customers import contacts
from adapters.ledger.tables.cases import case_file, message
from adapters.ledger.tables.outbound import outbound_item, outbound_message, provider_event
from domain.message_types import MessageType
from domain.parties.people import VOICE

SHORTLY = "2s"
"""So long a caller may wait for our words, at most, while somebody holds the account."""

_M = outbound_message.c


class Call(NamedTuple):
    """One of our voice calls: whose it is, and its words."""

    id: str
    creditor: str
    customer: str
    spoken: str


def call_of(engine: Engine, message_id: str) -> Call | None:
    """Find a voice call by its id; None if there is none."""
    known = uuid_of(message_id)
    if known is None:
        return None
    query = select(_M.id, _M.creditor, _M.customer, _M.spoken)
    with reading(engine) as connection:
        row = connection.execute(query.where(_M.id == known, _M.channel == VOICE)).one_or_none()
    return Call(*row) if row else None


def was_heard(engine: Engine, message_id: str) -> bool:
    """Tell whether somebody has pressed the key."""
    e = provider_event.c
    mine = (e.message_id == message_id) & (e.kind == ReportKind.HEARD.value)
    with reading(engine) as connection:
        return connection.execute(select(e.dedupe_key).where(mine)).first() is not None


def is_stale(engine: Engine, call: Call) -> bool:
    """Tell whether a case of the call had news or ended since the call was worded.

    Money may have come between the call and the key: then nobody is told of a debt.
    """
    c, i, m = case_file.c, outbound_item.c, message.c
    said = m.kind.not_in([MessageType.CONTACT_NEWS.value, MessageType.NUDGE.value])
    since = select(m.seq).where(m.case_id == c.case_id, said, m.recorded_at >= _M.in_flight_since)
    query = select(c.case_id).join(outbound_item, i.case_id == c.case_id)
    query = query.join(outbound_message, _M.id == i.message_id).where(_M.id == call.id)
    with reading(engine) as connection:
        found = connection.execute(query.where(or_(c.outcome != "", since.exists())))
        return found.first() is not None


def note_talk(engine: Engine, call: Call, entry: contacts.RecordedContact) -> bool:
    """Record a conversation in the contact book; False if the account is locked now."""
    try:
        with engine.begin() as connection, locking():
            connection.execute(select(func.set_config("lock_timeout", SHORTLY, True)))  # noqa: FBT003 - for this transaction only
            contacts.touch(connection, call.creditor, call.customer, entry)
    except BusyError:
        return False
    return True
