"""The rows of creditors and debtors: contact data and what was found out about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    Select,
    TextClause,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import locking
from adapters.ledger.customers.contact_points import OTHERS, points_of
from adapters.ledger.tables.people import account, creditor
from domain.parties.customer import Customer
from domain.parties.people import Creditor, Debtor

_FOUND_OUT = ("opted_out", "bad_points")
_TOLD = tuple(f.name for f in fields(Debtor) if f.name not in ("id", "others", *_FOUND_OUT))
_CREDITOR = select(creditor).where(creditor.c.id == bindparam("id"))
_TERMS = tuple(f.name for f in fields(Creditor))


def upsert_creditor(engine: Engine, company: Creditor) -> None:
    """Add a creditor, or replace what is known about it."""
    row = insert(creditor).values(asdict(company))
    fresh = {name: row.excluded[name] for name in _TERMS}
    with engine.begin() as connection:
        connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=fresh))


def get_creditor(engine: Engine, creditor_id: str) -> Creditor | None:
    """Read a creditor; None if it was never described."""
    with reading(engine) as connection:
        return find_creditor(connection, creditor_id)


def find_creditor(connection: Connection, creditor_id: str) -> Creditor | None:
    """Read a creditor within a transaction."""
    row = connection.execute(_CREDITOR, {"id": creditor_id}).mappings().one_or_none()
    return Creditor(**{name: row[name] for name in _TERMS}) if row else None


def upsert_debtor(engine: Engine, creditor_id: str, debtor: Debtor) -> None:
    """Add a customer of a creditor, or replace what is known; opt-outs and bad points only grow.

    Raises:
        BusyError: if somebody held the account for half a minute.
    """
    with engine.begin() as connection, locking():
        put_debtors(connection, creditor_id, [debtor])


def get_debtor(engine: Engine, creditor_id: str, customer: str) -> Debtor | None:
    """Read a customer of a creditor, or None."""
    with reading(engine) as connection:
        row = connection.execute(account_row(creditor_id, customer)).mappings().one_or_none()
    return debtor_of(row) if row else None


def get_debtors(engine: Engine, creditor_id: str, customers: Iterable[str]) -> dict[str, Debtor]:
    """Read those of a creditor's customers that are known, by id."""
    mine = (account.c.creditor == creditor_id) & account.c.customer.in_(list(customers))
    with reading(engine) as connection:
        rows = connection.execute(select(account, OTHERS).where(mine)).mappings()
        return {row["customer"]: debtor_of(row) for row in rows}


def put_debtors(connection: Connection, creditor_id: str, debtors: list[Debtor]) -> None:
    """Add or replace many customers, in id order: two imports must not wait for each other.

    Who was erased stays so: no import brings a person's data back by itself.
    """
    if not debtors:
        return
    rows = [_row(creditor_id, debtor) for debtor in sorted(debtors, key=lambda d: d.id)]
    row = insert(account)
    fresh = {name: row.excluded[name] for name in _TOLD}
    both = {name: _union(name) for name in _FOUND_OUT}
    key = ["creditor", "customer"]
    known = row.on_conflict_do_update(
        index_elements=key, set_=fresh | both, where=account.c.erased_at.is_(None)
    )
    connection.execute(known, rows)


def account_row(creditor_id: str, customer: str) -> Select[tuple[object, ...]]:
    """Read the row of one account."""
    mine = (account.c.creditor == creditor_id) & (account.c.customer == customer)
    return select(account, OTHERS).where(mine)


def debtor_of(row: RowMapping) -> Debtor:
    """Read the customer of an account's row."""
    told = {name: row[name] for name in _TOLD}
    return Debtor(
        id=row["customer"],
        opted_out=tuple(row["opted_out"]),
        bad_points=tuple(row["bad_points"]),
        others=points_of(row["others"]),
        **told,
    )


def customer_of(row: RowMapping) -> Customer:
    """Read what holds for all invoices of the customer of an account's row.

    Who was erased is left to people, too: nothing automatic may ever be sent there.
    """
    kind: str = row["kind"]
    return Customer(
        do_not_contact=row["do_not_contact"] or row["erased_at"] is not None,
        vulnerable=row["vulnerable"],
        consumer=kind == "consumer" if kind else None,
    )


def mark_point(connection: Connection, creditor_id: str, debtor: Debtor) -> None:
    """Keep what was found out about a customer's addresses and wishes."""
    mine = (account.c.creditor == creditor_id) & (account.c.customer == debtor.id)
    found_out = {name: list(getattr(debtor, name)) for name in _FOUND_OUT}
    connection.execute(update(account).where(mine).values(**found_out))


def _row(creditor_id: str, debtor: Debtor) -> dict[str, object]:
    told = {name: getattr(debtor, name) for name in _TOLD}
    found_out = {name: list(getattr(debtor, name)) for name in _FOUND_OUT}
    return {"creditor": creditor_id, "customer": debtor.id, **told, **found_out}


def _union(name: str) -> TextClause:
    """What was known and what is new, each once."""
    return text(f"ARRAY(SELECT DISTINCT unnest(account.{name} || excluded.{name}))")
