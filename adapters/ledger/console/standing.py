"""Lists of cases by date: each by an index, a page at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Select, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from activities.ports.stores.console.standing import HeldCustomer
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account, credit_change
from domain.credit.model import Credit
from domain.message_types import OUTGOING, Stage

_C, _A, _K = case_file.c, account.c, credit_change.c
NEXT = func.coalesce(_C.next_at, literal_column("'infinity'::timestamptz"))
"""When something comes next; what waits for no day comes last."""


def cases_in_stage(
    engine: Engine, creditor: str, stage: Stage, after: str, limit: int
) -> tuple[str, ...]:
    """List the ids of cases of a stage by when something comes next, after that case."""
    query = select(_C.case_id).where(_C.creditor == creditor, _C.stage == stage)
    if after:
        last = select(NEXT, _C.case_id).where(_C.case_id == after, _C.creditor == creditor)
        query = query.where(tuple_(NEXT, _C.case_id) > last.scalar_subquery())
    return _ids(engine, query.order_by(NEXT, _C.case_id).limit(limit))


def cases_leaving(engine: Engine, creditor: str, until: datetime, limit: int) -> tuple[str, ...]:
    """List the ids of cases whose next step goes out until an instant, by time."""
    query = select(_C.case_id).where(leaves_until(creditor, until))
    return _ids(engine, query.order_by(_C.next_at, _C.case_id).limit(limit))


def cases_parked(engine: Engine, creditor: str, limit: int) -> tuple[str, ...]:
    """List the ids of parked cases."""
    query = select(_C.case_id).where(_C.creditor == creditor, _C.parked)
    return _ids(engine, query.order_by(_C.case_id).limit(limit))


def customers_held(
    engine: Engine, creditor: str, after: str, limit: int
) -> tuple[HeldCustomer, ...]:
    """List the customers whose credit is held, each with the change that held it."""
    query = select(_A.customer, _A.name, _A.credit, _A.owner)
    query = query.where(_A.creditor == creditor, _A.credit != Credit.OK, _A.customer > after)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(_A.customer).limit(limit)).all()
        names = [row.customer for row in rows]
        newest = (
            select(_K.customer, _K.at, _K.why)
            .ext(distinct_on(_K.customer))
            .where(_K.creditor == creditor, among(_K.customer, names))
            .order_by(_K.customer, _K.at.desc())
        )
        changes = {row.customer: row for row in connection.execute(newest)}
    return tuple(
        HeldCustomer(
            customer=row.customer,
            name=row.name,
            credit=row.credit,
            owner=row.owner,
            since=changes[row.customer].at if row.customer in changes else None,
            why=changes[row.customer].why if row.customer in changes else "",
        )
        for row in rows
    )


def leaves_until(creditor: str, until: datetime) -> ColumnElement[bool]:
    """Whether a case's next step goes out until an instant."""
    outgoing = _C.next_do.in_([do.value for do in OUTGOING])
    return _runs(creditor) & (_C.next_at <= until) & outgoing


def _runs(creditor: str) -> ColumnElement[bool]:
    return (_C.creditor == creditor) & (_C.outcome == "") & ~_C.parked & _C.decision.is_not(None)


def _ids(engine: Engine, query: Select[str]) -> tuple[str, ...]:
    with reading(engine) as connection:
        return tuple(connection.execute(query).scalars())
