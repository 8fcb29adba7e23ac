"""The worklist: stored points of customers, read a page at a time by an index, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    RowMapping,
    Select,
    func,
    or_,
    select,
    tuple_,
    update,
)

from activities.ports.stores.console.worklist import WorklistFilter, WorklistRow, WorklistView
from adapters.ledger.console.worklist_points import PARTS
from adapters.ledger.console.worklist_rows import details_of
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, message
from adapters.ledger.tables.console import note, worklist
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import of_creditor
from domain.history.urgency import Urgency
from domain.parties.tasks import TaskState

_W, _A, _C, _T = worklist.c, account.c, case_file.c, task.c
MOST_COUNTED = 100
"""Tasks of one kind are counted up to so many: nobody does more in a day."""


def creditors_with_cases(engine: Engine) -> tuple[str, ...]:
    """List the creditors that have customers."""
    query = select(_A.creditor).distinct().order_by(_A.creditor)
    with reading(engine) as connection:
        return tuple(connection.execute(query).scalars())


def worklist_page(engine: Engine, wanted: WorklistFilter) -> tuple[WorklistRow, ...]:
    """Read one page of the worklist, with what a collector wants to know of each customer."""
    names = ("name", "owner", "zone", "credit", "do_not_contact", "vulnerable")
    mine = (_A.creditor == _W.creditor) & (_A.customer == _W.customer)
    order = _W[wanted.order.value]
    query = (
        select(worklist, *(_A[name] for name in names))
        .join(account, mine)
        .where(_W.creditor == wanted.creditor, *_in_view(wanted))
        .order_by(order.desc(), _W.customer.desc())
        .limit(wanted.limit)
    )
    if wanted.after:
        query = query.where(tuple_(order, _W.customer) < tuple_(*wanted.after))
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
        customers = [row["customer"] for row in rows]
        more = details_of(connection, wanted.creditor, customers, wanted.now)
    return tuple(_shown(row, names, more[row["customer"]]) for row in rows)


def snooze_customer(
    engine: Engine, creditor: str, customer: str, until: datetime | None, by: str
) -> bool:
    """Hide a customer until an instant, or show it again; False if there is no such one."""
    told = {"snoozed_until": until, "snoozed_by": by if until else ""}
    mine = (_W.creditor == creditor) & (_W.customer == customer)
    change = update(worklist).where(mine).values(**told).returning(_W.customer)
    with engine.begin() as connection:
        return connection.execute(change).first() is not None


def count_waiting(engine: Engine, creditor: str) -> Mapping[str, int]:
    """Count open tasks by kind, the first hundreds of them."""
    some = (
        select(_T.kind)
        .where(_T.status == TaskState.OPEN, of_creditor(creditor))
        .limit(MOST_COUNTED * 10)
        .subquery()
    )
    query = select(some.c.kind, func.count()).group_by(some.c.kind)
    with reading(engine) as connection:
        return {row.kind: row[1] for row in connection.execute(query)}


def _shown(row: RowMapping, names: tuple[str, ...], more: dict[str, Any]) -> WorklistRow:
    return WorklistRow(
        customer=row["customer"],
        snoozed_until=row["snoozed_until"],
        points=Urgency(**{name: row[name] for name in PARTS}),
        **{name: row[name] for name in names},
        **more,
    )


def _in_view(wanted: WorklistFilter) -> list[ColumnElement[bool]]:
    snoozed = _W.snoozed_until > wanted.now
    awake = or_(_W.snoozed_until.is_(None), _W.snoozed_until <= wanted.now)
    views: dict[WorklistView, list[ColumnElement[bool]]] = {
        WorklistView.ALL: [_W.score > 0, awake],
        WorklistView.TO_DO: [_W.work > 0, awake],
        WorklistView.MINE: [_W.score > 0, awake, _is_theirs(wanted.creditor, wanted.person)],
        WorklistView.UNASSIGNED: [_W.score > 0, awake, _A.owner == ""],
        WorklistView.SNOOZED: [snoozed],
        WorklistView.DONE: [_W.customer.in_(_done_by(wanted))],
    }
    return views[wanted.view]


def _is_theirs(creditor: str, person: str) -> ColumnElement[bool]:
    """Whom a person looks after, or has an open task of: found first, so that few are joined."""
    owned = select(_A.customer).where(_A.creditor == creditor, _A.owner == person, _A.owner != "")
    theirs = (
        select(_C.customer)
        .join(task, _T.case_id == _C.case_id)
        .where(_C.creditor == creditor, _T.status == TaskState.OPEN, _T.owner == person)
    )
    return _W.customer.in_(select(owned.union(theirs).subquery().c.customer))


def _done_by(wanted: WorklistFilter) -> Select[Any]:
    """Customers about whom a person said, wrote or did something since the day began."""
    m, n = message.c, note.c
    mine = select(_C.customer).where(_C.creditor == wanted.creditor)
    said = mine.join(message, m.case_id == _C.case_id).where(
        m.at >= wanted.today, m.by_whom == wanted.person
    )
    ticked = mine.join(task, _T.case_id == _C.case_id).where(
        _T.done_at >= wanted.today, _T.done_by == wanted.person
    )
    wrote = select(n.customer).where(
        n.creditor == wanted.creditor, n.recorded_at >= wanted.today, n.by_whom == wanted.person
    )
    return select(said.union(ticked, wrote).subquery().c.customer)
