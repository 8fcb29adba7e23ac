"""Flags of a customer: who set them when and why, and the mark that lets running cases notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as put

from adapters.ledger.core.codec import message_content
from adapters.ledger.tables.cases import case_file, message
from adapters.ledger.tables.people import account, account_flag
from domain.case.model import Message
from domain.message_types import MessageType

_FLAGS = ("do_not_contact", "vulnerable")
_A, _C, _F = account.c, case_file.c, account_flag.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A flag as a person set it or took it away; ``at`` is the database's clock (UTC)."""

    flag: str
    is_on: bool
    why: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """What running cases of a customer shall notice."""

    key: str
    why: str
    by: str
    at: datetime


def set_flag(connection: Connection, creditor: str, customer: str, mark: Mark) -> int:
    """Keep a flag with its entry for ever; 0 if it stood so already."""
    column = _A[mark.flag]
    mine = (_A.creditor == creditor) & (_A.customer == customer) & (column != mark.is_on)
    changed = update(account).where(mine).values({mark.flag: mark.is_on}).returning(_A.customer)
    if connection.execute(changed).first() is None:
        return 0
    return note_flag(connection, creditor, customer, mark)


def note_flag(connection: Connection, creditor: str, customer: str, mark: Mark) -> int:
    """Write down what a person said of a customer; answers the entry's number."""
    row = insert(account_flag).values(
        creditor=creditor,
        customer=customer,
        flag=mark.flag,
        is_on=mark.is_on,
        why=mark.why,
        by_whom=mark.by,
    )
    number: int = connection.execute(row.returning(_F.id)).scalar_one()
    return number


def marks(engine: Engine, creditor: str, customer: str) -> tuple[Mark, ...]:
    """Every flag that was ever set or taken away, newest first."""
    mine = (_F.creditor == creditor) & (_F.customer == customer)
    query = select(account_flag).where(mine).order_by(_F.id.desc())
    with engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        Mark(flag=r["flag"], is_on=r["is_on"], why=r["why"], by=r["by_whom"], at=r["recorded_at"])
        for r in rows
    )


def nudge_all(connection: Connection, creditor: str, customer: str, said: Nudge) -> tuple[str, ...]:
    """Note a nudge on every running case of an account in one statement, however many there are."""
    told = Message(key=said.key, kind=MessageType.NUDGE, at=said.at, reason=said.why, by=said.by)
    given = {
        "key": told.key,
        "kind": told.kind.value,
        "at": told.at,
        "reason": told.reason,
        "by_whom": told.by,
        "content_sha": message_content(told),
    }
    mine = (_C.creditor == creditor) & (_C.customer == customer)
    running = mine & (_C.outcome == "") & ~_C.parked & _C.decision.is_not(None)
    values = (literal(value, message.c[name].type) for name, value in given.items())
    rows = select(_C.case_id, *values)
    new = put(message).from_select(["case_id", *given], rows.where(running).order_by(_C.due))
    query = new.on_conflict_do_nothing().returning(message.c.case_id)
    return tuple(connection.execute(query).scalars())
