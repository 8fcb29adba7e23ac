"""The desk of one creditor, a page at a time, and a single task only if it is that creditor's."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, DateTime, Engine, func, literal, or_, select, tuple_

from adapters.ledger.desk import _task_row, find_task
from adapters.ledger.tables.desk import task
from adapters.ledger.views import TaskFilter, TaskRow
from domain.passing_on import TOLD

_T = task.c
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_WITHOUT_A_CASE = ("unposted/payment", "unallocated", "credit", "rates", "webhook")
"""How the keys of tasks begin that name their creditor and no case."""


def page(engine: Engine, wanted: TaskFilter, after: str = "") -> tuple[TaskRow, ...]:
    """A creditor's tasks, most urgent first, from the one after that key."""
    due = func.coalesce(_T.due_at, literal(_NEVER, DateTime(timezone=True)))
    urgency = (_T.passed_on < TOLD, due, _T.key)
    query = select(task).where(_of(wanted.creditor)).order_by(*urgency).limit(wanted.limit)
    exact = {"status": wanted.status, "case_id": wanted.case}
    exact |= {"kind": wanted.kind, "owner": wanted.owner}
    for name, value in exact.items():
        if value:
            query = query.where(_T[name] == value)
    if after:
        last = select(*urgency).where(_T.key == after, _of(wanted.creditor))
        query = query.where(tuple_(*urgency) > last.scalar_subquery())
    with engine.connect() as connection:
        return tuple(_task_row(row) for row in connection.execute(query).mappings())


def own_task(engine: Engine, creditor: str, key: str) -> TaskRow | None:
    """A task by its key; None if there is none, or if it is another creditor's."""
    with engine.connect() as connection:
        mine = select(_T.key).where(_T.key == key, _of(creditor))
        known = connection.execute(mine).scalar_one_or_none()
    return find_task(engine, known) if known else None


def _of(creditor: str) -> ColumnElement[bool]:
    of_case = _T.case_id.startswith(f"invoice/{creditor}/", autoescape=True)
    loose = [_T.key.startswith(f"{kind}/{creditor}/", autoescape=True) for kind in _WITHOUT_A_CASE]
    return or_(of_case, (_T.case_id == "") & or_(*loose))
