"""Flags of customers: who set them when, and why."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select

from activities.ports.stores.customers import Mark
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.people import account_flag

_FLAGS = ("do_not_contact", "vulnerable")
_F = account_flag.c


def note_flag(connection: Connection, creditor: str, customer: str, mark: Mark) -> int:
    """Record a flag that a person set or took away; answers the entry's number."""
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
    """List every flag that was ever set or taken away, newest first."""
    mine = (_F.creditor == creditor) & (_F.customer == customer)
    query = select(account_flag).where(mine).order_by(_F.id.desc())
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        Mark(flag=r["flag"], is_on=r["is_on"], why=r["why"], by=r["by_whom"], at=r["recorded_at"])
        for r in rows
    )
