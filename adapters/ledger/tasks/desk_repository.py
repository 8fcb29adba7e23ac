"""A creditor's tasks a page at a time, and a single task only if it is that creditor's."""

from __future__ import annotations

from sqlalchemy import Engine, select, tuple_

from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.desk import task
from adapters.ledger.tasks.desk import URGENCY, filtered, find_task, of_creditor, task_row_of

_T = task.c


def task_page(engine: Engine, wanted: TaskFilter, after: str = "") -> tuple[TaskRow, ...]:
    """List a creditor's tasks, most urgent first, from the one after that key."""
    mine = filtered(wanted).where(of_creditor(wanted.creditor))
    query = mine.order_by(*URGENCY).limit(wanted.limit)
    if after:
        last = select(*URGENCY).where(_T.key == after, of_creditor(wanted.creditor))
        query = query.where(tuple_(*URGENCY) > last.scalar_subquery())
    with reading(engine) as connection:
        return tuple(task_row_of(row) for row in connection.execute(query).mappings())


def own_task(engine: Engine, creditor: str, key: str) -> TaskRow | None:
    """Find a task by its key; None if there is none, or if it is another creditor's."""
    with reading(engine) as connection:
        mine = select(_T.key).where(_T.key == key, of_creditor(creditor))
        known = connection.execute(mine).scalar_one_or_none()
    return find_task(engine, known) if known else None
