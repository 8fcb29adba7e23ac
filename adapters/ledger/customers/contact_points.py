"""Further contact points of a customer: other addresses, numbers and persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import JSON, insert

from activities.ports.types import ConflictError
from adapters.ledger.core.sql import locking
from adapters.ledger.tables.channels import contact_point
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import end_contact_questions
from domain.parties.people import Point
from domain.parties.sources import ContactSource

_P, _A = contact_point.c, account.c

OTHER_WAYS, _REMOVED = "others", "removed"
"""Where the notes of who told what name the further ways that a person took off."""

# What was erased leaves empty rows behind: they lead to nobody.
OTHERS = literal_column(
    "(SELECT json_agg(json_build_object('kind', p.kind, 'point', p.point, 'person', p.person,"
    " 'role', p.role, 'rank', p.rank) ORDER BY p.rank, p.id) FROM contact_point AS p"
    " WHERE p.creditor = account.creditor AND p.customer = account.customer AND p.point <> '')",
    JSON,
).label("others")
"""The further ways as a column beside those of the account."""


def points_of(others: Iterable[Mapping[str, Any]] | None) -> tuple[Point, ...]:
    """Read the contact points of a column, in the order in which they are tried."""
    return tuple(Point(**one) for one in others or ())


def add_point(engine: Engine, creditor: str, customer: str, point: Point) -> None:
    """Add a contact point, or replace who is reached there.

    Raises:
        ConflictError: if the customer was erased: nothing personal is taken in any more.
        LookupError: if there is no such customer.
        BusyError: if somebody held the account for half a minute.
    """
    row = insert(contact_point).values(creditor=creditor, customer=customer, **asdict(point))
    fresh = {name: row.excluded[name] for name in ("person", "role", "rank")}
    key = ["creditor", "customer", "kind", "point"]
    kept = row.on_conflict_do_update(
        index_elements=key, index_where=contact_point.c.point != "", set_=fresh
    )
    with engine.begin() as connection, locking():
        _refuse_the_erased(connection, creditor, customer)
        connection.execute(kept)
        _note_removed(connection, creditor, customer, lambda known: known - {point.point})
        end_contact_questions(connection, creditor, [customer])


def remove_point(engine: Engine, creditor: str, customer: str, point: str) -> bool:
    """Take a contact point off the list; False if it was not there.

    No list puts it back: who took it off is a person.
    """
    mine = (_P.creditor == creditor) & (_P.customer == customer) & (_P.point == point)
    with engine.begin() as connection, locking():
        gone = connection.execute(delete(contact_point).where(mine, _P.point != ""))
        if gone.rowcount:
            _note_removed(connection, creditor, customer, lambda known: known | {point})
        return bool(gone.rowcount)


def removed_points(notes: Mapping[str, Any]) -> frozenset[str]:
    """Read which further ways a person took off, of the notes of who told what."""
    return frozenset(notes.get(OTHER_WAYS, {}).get(_REMOVED, ()))


def _note_removed(
    connection: Connection,
    creditor: str,
    customer: str,
    change: Callable[[frozenset[str]], frozenset[str]],
) -> None:
    """Change which further ways a person took off."""
    mine = (_A.creditor == creditor) & (_A.customer == customer)
    notes = connection.execute(select(_A.told_by).where(mine).with_for_update()).scalar() or {}
    before = removed_points(notes)
    if (after := change(before)) != before:
        told = {"source": ContactSource.PERSON.value, _REMOVED: sorted(after)}
        fresh = {**notes, OTHER_WAYS: told}
        connection.execute(update(account).where(mine).values(told_by=fresh))


def _refuse_the_erased(connection: Connection, creditor: str, customer: str) -> None:
    mine = (_A.creditor == creditor) & (_A.customer == customer)
    query = select(_A.erased_at).where(mine).with_for_update()
    known = connection.execute(query).one_or_none()
    if known is None:
        raise LookupError(f"{creditor} has no customer {customer}")
    if known.erased_at is not None:
        raise ConflictError(f"{customer} was erased on request; no contact data is taken in")
