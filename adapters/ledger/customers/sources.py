"""What is said about customers, taken in by who says it; what contradicts it is kept beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.customers import KeptContradiction
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among, locking
from adapters.ledger.customers.contact_points import OTHER_WAYS, OTHERS, removed_points
from adapters.ledger.customers.people import debtor_of
from adapters.ledger.tables.channels import contact_point
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import end_contact_questions
from domain.parties.people import Debtor
from domain.parties.sources import (
    SAID_FIELDS,
    Believed,
    ContactSource,
    Contradiction,
    Teller,
    believe,
)

_A = account.c
_SET = (
    update(account)
    .where(_A.creditor == bindparam("which_creditor"), _A.customer == bindparam("which_customer"))
    .values({name: bindparam(f"new_{name}") for name in (*SAID_FIELDS, "told_by")})
)


def tell_debtor(engine: Engine, creditor: str, told: Debtor, teller: Teller) -> Believed:
    """Take in what somebody says about a customer; answers what holds, and what does not.

    Raises:
        BusyError: if somebody held the account for half a minute.
    """
    with engine.begin() as connection, locking():
        return tell_debtors(connection, creditor, [told], teller)[told.id]


def tell_debtors(
    connection: Connection, creditor: str, told: Iterable[Debtor], teller: Teller
) -> dict[str, Believed]:
    """Take in what somebody says about many customers, in id order: nobody waits in a circle.

    Who was erased stays so: nobody's data comes back by itself.
    """
    mine = {debtor.id: debtor for debtor in told}
    rows = _locked(connection, creditor, sorted(mine))
    found, fresh, reachable = dict[str, Believed](), list[dict[str, Any]](), list[str]()
    for customer, row in rows.items():
        if row["erased_at"] is not None:
            found[customer] = Believed(debtor=debtor_of(row))
            continue
        notes: dict[str, Any] = row["told_by"]
        sources = {name: note["source"] for name, note in notes.items() if note.get("source")}
        believed = believe(mine[customer], debtor_of(row), sources, teller.source, teller.meant)
        believed = _without_removed(believed, mine[customer], removed_points(notes))
        found[customer] = believed
        fresh.append(_row(creditor, believed, _notes(notes, believed, teller)))
        if believed.debtor.email or believed.debtor.phone:
            reachable.append(customer)
    if fresh:
        connection.execute(_SET, fresh)
    end_contact_questions(connection, creditor, reachable)
    _put_points(connection, creditor, [mine[one] for one in rows if one in mine], rows)
    return found


def contradictions_of(
    engine: Engine, creditor: str, customer: str
) -> tuple[KeptContradiction, ...]:
    """What was said about a customer and not taken, the newest of each field."""
    mine = (_A.creditor == creditor) & (_A.customer == customer)
    with reading(engine) as connection:
        notes: Mapping[str, Any] = connection.execute(select(_A.told_by).where(mine)).scalar() or {}
    return tuple(
        KeptContradiction(
            field=name,
            kept_by=note.get("source", ""),
            given=note["other"]["given"],
            given_by=note["other"]["given_by"],
            at=datetime.fromisoformat(note["other"]["at"]),
        )
        for name, note in sorted(notes.items())
        if note.get("other")
    )


def _locked(connection: Connection, creditor: str, customers: list[str]) -> dict[str, RowMapping]:
    """The accounts, made where there are none, under their locks."""
    if not customers:
        return {}
    bare = [{"creditor": creditor, "customer": customer} for customer in customers]
    connection.execute(insert(account).on_conflict_do_nothing(), bare)
    mine = (_A.creditor == creditor) & among(_A.customer, customers)
    query = select(account, OTHERS).where(mine).order_by(_A.creditor, _A.customer)
    rows = connection.execute(query.with_for_update(of=account)).mappings()
    return {row["customer"]: row for row in rows}


def _row(creditor: str, believed: Believed, notes: Mapping[str, Any]) -> dict[str, Any]:
    said = {f"new_{name}": getattr(believed.debtor, name) for name in SAID_FIELDS}
    which = {"which_creditor": creditor, "which_customer": believed.debtor.id}
    return which | said | {"new_told_by": dict(notes)}


def _notes(notes: Mapping[str, Any], believed: Believed, teller: Teller) -> dict[str, Any]:
    """Who said what holds, and the newest thing that somebody else said of it."""
    found = {name: dict(note) for name, note in notes.items()}
    for name in believed.taken:
        if believed.sources[name] == teller.source:  # what else was said before is settled by it
            found[name] = {"source": teller.source.value}
    for one in believed.contradictions:
        other = {"given": one.given, "given_by": teller.by or teller.source.value}
        found[one.field]["other"] = other | {"at": teller.at.astimezone(UTC).isoformat()}
    return found


def _without_removed(believed: Believed, told: Debtor, removed: frozenset[str]) -> Believed:
    """Say which further ways are told again though a person took them off."""
    again = [
        Contradiction(field=OTHER_WAYS, kept="", kept_by=ContactSource.PERSON, given=point.point)
        for point in told.others
        if point.point in removed
    ]
    return replace(believed, contradictions=(*believed.contradictions, *again))


def _put_points(
    connection: Connection,
    creditor: str,
    told: Iterable[Debtor],
    rows: Mapping[str, RowMapping],
) -> None:
    """Add the further ways that were told; those that are known stay as they are."""
    new = [
        {"creditor": creditor, "customer": debtor.id, **asdict(point)}
        for debtor in told
        for point in debtor.others
        if rows[debtor.id]["erased_at"] is None
        and point.point not in removed_points(rows[debtor.id]["told_by"])
    ]
    if new:
        key = ["creditor", "customer", "kind", "point"]
        row = insert(contact_point).on_conflict_do_nothing(
            index_elements=key, index_where=contact_point.c.point != ""
        )
        connection.execute(row, new)
