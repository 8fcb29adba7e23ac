"""Tasks in PostgreSQL, in transactions of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.ledger.tasks import desk, desk_repository


class SqlTaskStore:
    """The collectors' tasks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, wanted: TaskFilter) -> tuple[TaskRow, ...]:
        """List tasks: what nobody did although it was passed on, then by due time."""
        return desk.find_tasks(self._engine, wanted)

    def page(self, wanted: TaskFilter, after: str) -> tuple[TaskRow, ...]:
        """List a creditor's tasks in the same order, from the one after that key."""
        return desk_repository.task_page(self._engine, wanted, after)

    def task(self, key: str) -> TaskRow | None:
        """Read a task, open or done; None if there is none."""
        return desk.find_task(self._engine, key)

    def task_of(self, creditor: str, key: str) -> TaskRow | None:
        """Read a task; None also if it is another creditor's."""
        return desk_repository.own_task(self._engine, creditor, key)

    def finish(self, key: str, by: str, note: str) -> bool:
        """Tick a task off; False if there is no such task or it was done before."""
        return desk.finish_task(self._engine, key, by, note)

    def reopen(self, key: str, by: str, since: datetime) -> bool:
        """Open a task again that its doer ticked off since an instant; False if there is none."""
        return desk.reopen_task(self._engine, key, by, since)

    def take(self, key: str, by: str, now: datetime) -> bool:
        """Give an open task to whoever takes it; False if there is no such open task."""
        from adapters.ledger.tasks import escalation  # noqa: PLC0415 - a list needs no calendars

        return escalation.take(self._engine, key, by, now)
