"""Tasks: what waits for a person, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    RowMapping,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    update,
)

from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.ports.types import Task
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added, among
from adapters.ledger.tables.desk import task
from domain.ids import CaseId, PaymentId
from domain.parties.escalation import TOLD
from domain.parties.tasks import MANY_CASES, TaskKey, TaskKind, TaskState, TaskTopic
from domain.suggestion import Act, Suggestion

AMICABLE = "amicable"
STILL_OPEN = MappingProxyType(
    {"status": TaskState.OPEN, "done_by": "", "done_note": "", "done_at": None}
)
"""What the row of a task says of its end while it is to be done."""

_SUGGESTION = tuple(field.name for field in fields(Suggestion))
_WITHOUT_A_CASE = (
    *((TaskTopic.UNPOSTED, PaymentId.KIND), (TaskTopic.STUCK, PaymentId.KIND)),
    *((TaskTopic.UNALLOCATED,), (TaskKind.CREDIT,), (TaskTopic.WEBHOOK,), (TaskTopic.BANK,)),
    *((TaskTopic.AGENCY, "interface"), (TaskTopic.RETENTION,), (TaskTopic.CONNECTOR,)),
    *((TaskTopic.FILE,), (TaskTopic.GAP,)),
)
"""What the keys of tasks begin with that name their creditor next, and no case."""

_EVERYBODYS = (
    *((TaskTopic.RECONCILER,), (TaskTopic.BREAKER,), (TaskTopic.MAILBOX,), (TaskTopic.CHANNEL,)),
    *((TaskTopic.UNHEARD,), (TaskTopic.UNROUTED,), (TaskTopic.UNREAD,), (TaskTopic.UNMATCHED,)),
    *((TaskTopic.UNAPPLIED,), (TaskTopic.STUCK, MANY_CASES)),
)
"""What the keys of tasks begin with that are about the servers and providers of all creditors."""


def find_tasks(engine: Engine, wanted: TaskFilter | None = None) -> tuple[TaskRow, ...]:
    """List tasks, most urgent first: first what was passed on to everybody, then by due time."""
    asked = wanted or TaskFilter()
    with reading(engine) as connection:
        if asked.case and asked == TaskFilter(case=asked.case, limit=asked.limit):
            given = {"case": asked.case, "also": [asked.case], "most": asked.limit}
            rows = connection.execute(_ABOUT_A_CASE, given).mappings()
        else:
            rows = connection.execute(_in_order(filtered(asked)).limit(asked.limit)).mappings()
        return tuple(task_row_of(row) for row in rows)


# Just as in the index of the open ones, which is read from its beginning.
URGENCY: tuple[ColumnElement[Any], ...] = (
    task.c.passed_on < literal_column(str(TOLD)),
    func.coalesce(task.c.due_at, literal_column("'infinity'::timestamptz")),
    task.c.key,
)
"""First what nobody did although it was passed on to everybody, then by due time."""


def _in_order(query: Select[Any]) -> Select[Any]:
    return query.order_by(*URGENCY)


# Asked with every look at a case, and built once: that costs more than asking it.
_ABOUT_A_CASE = _in_order(
    select(task)
    .where(task.c.status == TaskState.OPEN)
    .where((task.c.case_id == bindparam("case")) | task.c.also.contains(bindparam("also")))
    .limit(bindparam("most", type_=Integer))
)


def filtered(asked: TaskFilter) -> Select[Any]:
    """Select the tasks that are wanted, in no order yet."""
    exact = {"status": asked.status, "kind": asked.kind, "owner": asked.owner}
    exact["done_by"] = asked.done_by
    query = select(task).where(*(task.c[name] == value for name, value in exact.items() if value))
    if asked.keys is not None:
        query = query.where(among(task.c.key, asked.keys))
    if asked.case:
        query = query.where(about_case(asked.case))
    if asked.creditor:
        query = query.where(of_creditor(asked.creditor))
    if asked.of_the_installation:
        query = query.where(of_the_installation())
    if asked.done_since:
        query = query.where(task.c.done_at >= asked.done_since)
    return query.where(task.c.due_at < asked.due_before) if asked.due_before else query


def about_case(case_id: str) -> ColumnElement[bool]:
    """Make the condition that a task is about a case, alone or with others of its customer."""
    return (task.c.case_id == case_id) | task.c.also.contains([case_id])


def of_creditor(creditor: str) -> ColumnElement[bool]:
    """Make the condition that a task is a creditor's: by its case or key, or as everybody's."""
    of_case = task.c.case_id.startswith(CaseId.beginning(creditor), autoescape=True)
    starts = (TaskKey.beginning(topic, *rest, creditor) for topic, *rest in _WITHOUT_A_CASE)
    rounds = TaskKey.beginning(TaskTopic.RECONCILER)
    for_all = (task.c.kind == TaskKind.RATE) | task.c.key.startswith(rounds, autoescape=True)
    loose = [task.c.key.startswith(start, autoescape=True) for start in starts]
    return or_(of_case, (task.c.case_id == "") & or_(for_all, *loose))


def of_the_installation() -> ColumnElement[bool]:
    """Make the condition that a task is about what serves all creditors, and is none's alone."""
    starts = (TaskKey.beginning(topic, *rest) for topic, *rest in _EVERYBODYS)
    named = [task.c.key.startswith(start, autoescape=True) for start in starts]
    return (task.c.case_id == "") & or_(task.c.key == TaskTopic.WEBHOOK, *named)


def find_task(engine: Engine, key: str) -> TaskRow | None:
    """Find a task by its key, open or done; None if there is none."""
    with reading(engine) as connection:
        row = connection.execute(select(task).where(task.c.key == key)).mappings().one_or_none()
    return task_row_of(row) if row else None


def finish_task(engine: Engine, key: str, by: str, note: str = "") -> bool:
    """Tick a task off; False if there is no such task or it was done before."""
    with engine.begin() as connection:
        return tick_off(connection, task.c.key == key, by, note)


def reopen_task(engine: Engine, key: str, by: str, since: datetime) -> bool:
    """Open a task again that somebody ticked off by mistake; False if it is no such task.

    Only what that person did is undone, and only since an instant.
    """
    with engine.begin() as connection:
        mine = (task.c.key == key) & (task.c.done_by == by) & (task.c.done_at >= since)
        change = update(task).where(mine, task.c.status == TaskState.DONE).values(**STILL_OPEN)
        return bool(connection.execute(change.returning(task.c.key)).first())


def end_contact_questions(connection: Connection, creditor: str, customers: Sequence[str]) -> None:
    """Tick off the questions how these customers can be reached."""
    keys = [str(TaskKey.of(TaskTopic.UNREACHABLE, creditor, one)) for one in customers]
    if keys:
        tick_off(connection, among(task.c.key, keys), AMICABLE, "a way to them is known now")


def open_keys(engine: Engine, beginning: str) -> tuple[str, ...]:
    """List the keys of open tasks that begin so."""
    mine = task.c.key.startswith(beginning, autoescape=True)
    query = select(task.c.key).where(mine, task.c.status == TaskState.OPEN).order_by(task.c.key)
    with reading(engine) as connection:
        return tuple(connection.scalars(query))


def finish_begun(engine: Engine, beginning: str, note: str) -> bool:
    """Tick off the open tasks whose keys begin so: what they ask for has come by itself."""
    with engine.begin() as connection:
        mine = task.c.key.startswith(beginning, autoescape=True)
        return tick_off(connection, mine, AMICABLE, note)


def tick_off(connection: Connection, which: ColumnElement[bool], by: str, note: str) -> bool:
    """Tick open tasks off, each with the question that asked who does it; False if there was none.

    What was done is not asked for any more.
    """
    done = {"status": TaskState.DONE, "done_by": by, "done_note": note}
    change = update(task).values(**done, done_at=func.clock_timestamp())
    still = task.c.status == TaskState.OPEN
    keys = connection.execute(change.where(which, still).returning(task.c.key)).scalars().all()
    if keys:
        asked = [str(TaskKey(TaskTopic.OVERDUE, key)) for key in keys]
        connection.execute(change.where(among(task.c.key, asked), still))
    return bool(keys)


def put_task(engine: Engine, new: Task) -> bool:
    """Add a task once per key, outside of any account's lock."""
    with engine.begin() as connection:
        return added(connection, task, **task_row(new))


def task_row(new: Task) -> dict[str, object]:
    """Make the row of a task."""
    return {
        "key": new.key,
        "kind": new.kind,
        "case_id": new.case,
        "title": new.title,
        "detail": new.detail,
        "owner": new.owner,
        "due_at": new.due_at,
        "also": list(new.also),
        "suggestions": suggestion_rows(new.suggestions),
    }


def suggestion_rows(suggestions: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Write suggestions as they are kept with a task."""
    return [{name: _plain(getattr(one, name)) for name in _SUGGESTION} for one in suggestions]


def task_row_of(row: RowMapping) -> TaskRow:
    """Read a task from its row, with what became of it."""
    told = ("key", "title", "detail", "owner", "due_at")
    done = ("created_at", "done_at", "done_by", "done_note", "passed_on")
    suggestions = tuple(Suggestion(**{**one, "act": Act(one["act"])}) for one in row["suggestions"])
    known = Task(
        also=tuple(row["also"]),
        kind=TaskKind(row["kind"]),
        case=row["case_id"],
        suggestions=suggestions,
        **{name: row[name] for name in told},
    )
    state = TaskState(row["status"])
    return TaskRow(task=known, status=state, **{name: row[name] for name in done})


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
