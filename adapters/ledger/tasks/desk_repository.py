"""A creditor's tasks a page at a time, and a single task only if it is that creditor's."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Engine, func, literal, select, tuple_

from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.desk import task
from adapters.ledger.tasks.desk import filtered, find_task, of_creditor, task_row_of
from domain.parties.escalation import TOLD

_T = task.c
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def task_page(engine: Engine, wanted: TaskFilter, after: str = "") -> tuple[TaskRow, ...]:
    """List a creditor's tasks, most urgent first, from the one after that key."""
    due = func.coalesce(_T.due_at, literal(_NEVER, DateTime(timezone=True)))
    urgency = (_T.passed_on < TOLD, due, _T.key)
    mine = filtered(wanted).where(of_creditor(wanted.creditor))
    query = mine.order_by(*urgency).limit(wanted.limit)
    if after:
        last = select(*urgency).where(_T.key == after, of_creditor(wanted.creditor))
        query = query.where(tuple_(*urgency) > last.scalar_subquery())
    with reading(engine) as connection:
        return tuple(task_row_of(row) for row in connection.execute(query).mappings())


def own_task(engine: Engine, creditor: str, key: str) -> TaskRow | None:
    """Find a task by its key; None if there is none, or if it is another creditor's."""
    with reading(engine) as connection:
        mine = select(_T.key).where(_T.key == key, of_creditor(creditor))
        known = connection.execute(mine).scalar_one_or_none()
    return find_task(engine, known) if known else None
