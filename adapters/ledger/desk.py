"""The collectors' desk: what waits for a person, and what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, RowMapping, func, select, update

from activities.papers import Task
from adapters.ledger.sql import added
from adapters.ledger.tables.desk import task
from adapters.ledger.views import TaskFilter, TaskRow


def list_tasks(engine: Engine, wanted: TaskFilter | None = None) -> tuple[TaskRow, ...]:
    """Tasks, most urgent first."""
    asked = wanted or TaskFilter()
    query = select(task).order_by(task.c.due_at.nulls_last(), task.c.key).limit(asked.limit)
    exact = {"status": asked.status, "case_id": asked.case}
    exact |= {"kind": asked.kind, "owner": asked.owner}
    for name, value in exact.items():
        if value:
            query = query.where(task.c[name] == value)
    if asked.creditor:
        of_creditor = task.c.case_id.startswith(f"invoice/{asked.creditor}/", autoescape=True)
        query = query.where(of_creditor)
    with engine.connect() as connection:
        return tuple(_task_row(row) for row in connection.execute(query).mappings())


def find_task(engine: Engine, key: str) -> TaskRow | None:
    """A task by its key, open or done; None if there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(task).where(task.c.key == key)).mappings().one_or_none()
    return _task_row(row) if row else None


def finish_task(engine: Engine, key: str, by: str, note: str = "") -> bool:
    """Tick a task off; False if there is no such task or it was done before."""
    now = func.clock_timestamp()
    done = (
        update(task)
        .where(task.c.key == key, task.c.status == "open")
        .values(status="done", done_by=by, done_note=note, done_at=now)
        .returning(task.c.key)
    )
    with engine.begin() as connection:
        return connection.execute(done).first() is not None


def finish_tasks(connection: Connection, case_id: str, kinds: tuple[str, ...], note: str) -> None:
    """Tick off a case's open tasks of some kinds, as a part of what made them groundless."""
    mine = (task.c.case_id == case_id) & task.c.kind.in_(kinds) & (task.c.status == "open")
    done = {"status": "done", "done_by": "amicable", "done_note": note}
    connection.execute(update(task).where(mine).values(**done, done_at=func.clock_timestamp()))


def finish_surplus_tasks(connection: Connection, case_id: str, but: str) -> None:
    """Tick off a case's questions about a surplus that is not there any more."""
    mine = (task.c.case_id == case_id) & (task.c.status == "open") & (task.c.key != but)
    about = task.c.key.startswith(f"surplus/{case_id}/", autoescape=True)
    done = {"status": "done", "done_by": "amicable", "done_note": "it was moved or given back"}
    gone = update(task).where(mine, about)
    connection.execute(gone.values(**done, done_at=func.clock_timestamp()))


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


def _task_row(row: RowMapping) -> TaskRow:
    told = ("key", "kind", "title", "detail", "owner", "due_at")
    done = ("status", "created_at", "done_at", "done_by", "done_note")
    known = Task(case=row["case_id"], **{name: row[name] for name in told})
    return TaskRow(task=known, **{name: row[name] for name in done})
