"""Consent to text messages: by number, over all creditors and customers that share it.

One sender serves the whole installation, so a STOP to it counts for every account with the number,
and for every account that gets the number later.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    exists,
    func,
    select,
    update,
)

from activities.ports.incoming import ReplyKind
from activities.ports.types import BusyError
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import locking
from adapters.ledger.tables.channels import contact_point, reply
from adapters.ledger.tables.outbound import outbound_message
from adapters.ledger.tables.people import account
from domain.parties.people import EMAIL, PHONE, SMS, Debtor

_A = account.c
_SAME = (contact_point.c.creditor == _A.creditor) & (contact_point.c.customer == _A.customer)
_WISHES = (ReplyKind.STOP.value, ReplyKind.START.value)
_NEWEST_WISH = (
    select(reply.c.sort)
    .where(reply.c.sender == bindparam("number"), reply.c.sort.in_(_WISHES))
    .order_by(reply.c.at.desc(), reply.c.recorded_at.desc())
    .limit(1)
)


class Holder(NamedTuple):
    """An account that is reached by a number."""

    creditor: str
    customer: str


class ConsentChange(NamedTuple):
    """The message that a text from a number most likely answers."""

    message_id: str
    holder: Holder


def heeded(connection: Connection, debtor: Debtor) -> Debtor:
    """Take text messages from a customer whose number last said STOP.

    So a STOP counts from its own commit on, even while nobody could get hold of the account.
    """
    further = (one.point for one in debtor.others if one.kind == PHONE)
    numbers = tuple(filter(None, (debtor.phone, *further)))
    if SMS in debtor.opted_out or not any(_is_unwanted(connection, one) for one in numbers):
        return debtor
    return replace(debtor, opted_out=(*debtor.opted_out, SMS))


def _is_unwanted(connection: Connection, number: str) -> bool:
    wish = connection.execute(_NEWEST_WISH, {"number": number}).scalar_one_or_none()
    return wish == ReplyKind.STOP


def holders(engine: Engine, number: str) -> tuple[Holder, ...]:
    """List all accounts with a number, of every creditor, in the order of locks."""
    p = contact_point.c
    other_way = exists().where(_SAME, p.kind == PHONE, p.point == number)
    return _holding(engine, (_A.phone == number) | other_way)


def mail_holders(engine: Engine, address: str) -> tuple[Holder, ...]:
    """List all accounts with an e-mail address, however it is capitalised, as ``holders`` does."""
    p, small = contact_point.c, address.lower()
    other_way = exists().where(_SAME, p.kind == EMAIL, func.lower(p.point) == small)
    return _holding(engine, (func.lower(_A.email) == small) | other_way)


def _holding(engine: Engine, held: ColumnElement[bool]) -> tuple[Holder, ...]:
    mine = select(_A.creditor, _A.customer).where(held)
    with reading(engine) as connection:
        rows = connection.execute(mine.order_by(_A.creditor, _A.customer)).all()
    return tuple(Holder(row.creditor, row.customer) for row in rows)


def newest_text(engine: Engine, number: str, among: tuple[Holder, ...]) -> ConsentChange | None:
    """Find the newest text message to a number, and whose it was; None if there was none."""
    with reading(engine) as connection:
        asked = (connection.execute(_newest(number, one)).one_or_none() for one in among)
        found = [(row.since, row.id, one) for one, row in zip(among, asked, strict=True) if row]
    if not found:
        return None
    _, message_id, holder = max(found, key=lambda text: text[0])
    return ConsentChange(message_id, holder)


def opt_out(engine: Engine, among: tuple[Holder, ...], seconds: float) -> bool:
    """Take text messages off these accounts; False if one was held by somebody for too long.

    Each waits for its account's lock: after the commit no message can be on its way any more.
    """
    end = time.monotonic() + seconds
    done = [_opt_out(engine, one, end - time.monotonic()) for one in among]
    return all(done)


def _newest(number: str, one: Holder) -> Select[tuple[str, object]]:
    m = outbound_message.c
    mine = (m.creditor == one.creditor) & (m.customer == one.customer)
    texts = mine & (m.channel == SMS) & (m.recipient == number)
    since = m.in_flight_since.label("since")
    return select(m.id, since).where(texts).order_by(since.desc()).limit(1)


def _opt_out(engine: Engine, one: Holder, seconds: float) -> bool:
    patience = f"{max(1, int(seconds * 1000))}ms"
    mine = (_A.creditor == one.creditor) & (_A.customer == one.customer)
    wanted = mine & ~_A.opted_out.contains([SMS])
    change = update(account).where(wanted).values(opted_out=func.array_append(_A.opted_out, SMS))
    try:
        with engine.begin() as connection, locking():
            connection.execute(select(func.set_config("lock_timeout", patience, True)))  # noqa: FBT003 - for this transaction only
            connection.execute(change)
    except BusyError:
        return False
    return True
