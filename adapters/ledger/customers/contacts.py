"""The contact book: who was written to, called and spoken to, once per key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from adapters.ledger.core.sql import added
from adapters.ledger.customers.people import customer_of
from adapters.ledger.customers.shares import account_of
from adapters.ledger.tables.people import contact as table
from domain.parties.customer import REMEMBERED, Customer, PlannedContact, Touch

_T = table.c
_RANKED = (
    select(
        _T.at,
        _T.what,
        _T.channel,
        _T.cases,
        func.row_number().over(partition_by=_T.what, order_by=_T.at.desc()).label("place"),
    )
    .where(_T.creditor == bindparam("creditor"), _T.customer == bindparam("customer"))
    .subquery()
)
# Built once: putting a query together costs more than asking it.
_NEWEST = select(_RANKED).where(_RANKED.c.place <= REMEMBERED).order_by(_RANKED.c.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedContact:
    """The record of a contact beside its instant and sort: its key, case and author."""

    key: str
    contact: PlannedContact
    case_id: str = ""
    by: str = ""


def touch(connection: Connection, creditor: str, customer: str, entry: RecordedContact) -> bool:
    """Record one contact, once per key; False if it is there."""
    return added(
        connection,
        table,
        creditor=creditor,
        customer=customer,
        key=entry.key,
        at=entry.contact.at,
        what=entry.contact.what,
        channel=entry.contact.channel,
        cases=entry.contact.cases,
        case_id=entry.case_id,
        by_whom=entry.by,
    )


def contacts(connection: Connection, creditor: str, customer: str) -> tuple[PlannedContact, ...]:
    """List the newest contacts of each sort, oldest first."""
    rows = connection.execute(_NEWEST, {"creditor": creditor, "customer": customer}).mappings()
    return tuple(_contact(row) for row in rows)


def as_one(connection: Connection, row: RowMapping) -> Customer:
    """Read what holds for all invoices of the customer of an account's row."""
    creditor, customer = row["creditor"], row["customer"]
    return replace(
        customer_of(row),
        contacts=contacts(connection, creditor, customer),
        **account_of(connection, creditor, customer),
    )


def _contact(row: RowMapping) -> PlannedContact:
    what = Touch(row["what"])
    return PlannedContact(at=row["at"], what=what, channel=row["channel"], cases=row["cases"])
