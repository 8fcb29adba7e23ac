"""The collectors' desk: what waits for a person, and what became of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    func,
    or_,
    select,
    update,
)

from activities.ports.types import Task
from adapters.ledger.core.sql import added, among
from adapters.ledger.core.views import TaskFilter, TaskRow
from adapters.ledger.tables.desk import task
from domain.parties.escalation import TOLD

AMICABLE = "amicable"
OVERDUE = "overdue/"
"""How the key of a question begins that asks who does what was not done in time."""

_WITHOUT_A_CASE = ("unposted/payment", "unallocated", "credit", "rates", "webhook")
"""How the keys of tasks begin that name their creditor and no case."""


def find_tasks(engine: Engine, wanted: TaskFilter | None = None) -> tuple[TaskRow, ...]:
    """Tasks, most urgent first: what nobody did although it was passed on, then by due time."""
    asked = wanted or TaskFilter()
    on_top = (task.c.passed_on >= TOLD).desc()
    query = filtered(asked).order_by(on_top, task.c.due_at.nulls_last(), task.c.key)
    with engine.connect() as connection:
        rows = connection.execute(query.limit(asked.limit)).mappings()
        return tuple(task_row_of(row) for row in rows)


def filtered(asked: TaskFilter) -> Select[Any]:
    """The tasks that are wanted, in no order yet."""
    exact = {"status": asked.status, "case_id": asked.case}
    exact |= {"kind": asked.kind, "owner": asked.owner}
    query = select(task).where(*(task.c[name] == value for name, value in exact.items() if value))
    if asked.creditor:
        query = query.where(of_creditor(asked.creditor))
    return query.where(task.c.due_at < asked.due_before) if asked.due_before else query


def of_creditor(creditor: str) -> ColumnElement[bool]:
    """Whether a task is a creditor's: by its case, or by a key that names the creditor."""
    of_case = task.c.case_id.startswith(f"invoice/{creditor}/", autoescape=True)
    starts = (f"{kind}/{creditor}/" for kind in _WITHOUT_A_CASE)
    loose = [task.c.key.startswith(start, autoescape=True) for start in starts]
    return or_(of_case, (task.c.case_id == "") & or_(*loose))


def find_task(engine: Engine, key: str) -> TaskRow | None:
    """A task by its key, open or done; None if there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(task).where(task.c.key == key)).mappings().one_or_none()
    return task_row_of(row) if row else None


def finish_task(engine: Engine, key: str, by: str, note: str = "") -> bool:
    """Tick a task off; False if there is no such task or it was done before."""
    with engine.begin() as connection:
        return tick_off(connection, task.c.key == key, by, note)


def finish_begun(engine: Engine, beginning: str, note: str) -> bool:
    """Tick off the open tasks whose keys begin so: what they ask for has come by itself."""
    with engine.begin() as connection:
        mine = task.c.key.startswith(beginning, autoescape=True)
        return tick_off(connection, mine, AMICABLE, note)


def finish_tasks(connection: Connection, case_id: str, kinds: tuple[str, ...], note: str) -> None:
    """Tick off a case's open tasks of some kinds, as a part of what made them groundless."""
    tick_off(connection, (task.c.case_id == case_id) & task.c.kind.in_(kinds), AMICABLE, note)


def finish_surplus_tasks(connection: Connection, case_id: str, but: str) -> None:
    """Tick off a case's questions about a surplus that is not there any more."""
    mine = (task.c.case_id == case_id) & (task.c.key != but)
    about = task.c.key.startswith(f"surplus/{case_id}/", autoescape=True)
    tick_off(connection, mine & about, AMICABLE, "it was moved or given back")


def tick_off(connection: Connection, which: ColumnElement[bool], by: str, note: str) -> bool:
    """Tick open tasks off, each with the question that asked who does it; False if there was none.

    What was done is not asked for any more.
    """
    done = {"status": "done", "done_by": by, "done_note": note}
    change = update(task).values(**done, done_at=func.clock_timestamp())
    still = task.c.status == "open"
    keys = connection.execute(change.where(which, still).returning(task.c.key)).scalars().all()
    if keys:
        connection.execute(
            change.where(among(task.c.key, [f"{OVERDUE}{key}" for key in keys]), still)
        )
    return bool(keys)


def put_task(engine: Engine, new: Task) -> bool:
    """Put something on the desk once per key, outside of any account's pages."""
    with engine.begin() as connection:
        return added(connection, task, **task_row(new))


def task_row(new: Task) -> dict[str, object]:
    """A task as a row."""
    return {
        "key": new.key,
        "kind": new.kind,
        "case_id": new.case,
        "title": new.title,
        "detail": new.detail,
        "owner": new.owner,
        "due_at": new.due_at,
    }


def task_row_of(row: RowMapping) -> TaskRow:
    """A row as a task with what became of it."""
    told = ("key", "kind", "title", "detail", "owner", "due_at")
    done = ("status", "created_at", "done_at", "done_by", "done_note", "passed_on")
    known = Task(case=row["case_id"], **{name: row[name] for name in told})
    return TaskRow(task=known, **{name: row[name] for name in done})
