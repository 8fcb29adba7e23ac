"""The service for tasks: found, taken, done."""

from __future__ import annotations

from dataclasses import replace

from activities.ports.clock import Clock
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.tasks import TaskFilter, TaskRow, TaskStore
from domain.card_numbers import without_card_numbers
from domain.parties.team import colleague_name


class TaskService:
    """Lists tasks, gives them to people, and ticks them off."""

    def __init__(self, tasks: TaskStore, clock: Clock) -> None:
        self._tasks = tasks
        self._clock = clock

    def list(self, wanted: TaskFilter, *, overdue: bool = False) -> tuple[TaskRow, ...]:
        """List tasks, most urgent first; if asked, only what should have been done by now."""
        late = replace(wanted, due_before=self._clock()) if overdue else wanted
        return self._tasks.find(late)

    def page(self, wanted: TaskFilter, after: str) -> tuple[TaskRow, ...]:
        """List a creditor's tasks, most urgent first, from the one after that key."""
        return self._tasks.page(wanted, after)

    def show(self, key: str, creditor: str = "") -> TaskRow:
        """Show a task; with a creditor, only if it is that creditor's.

        Raises:
            NotKnownError: if there is none.
        """
        found = self._tasks.task_of(creditor, key) if creditor else self._tasks.task(key)
        if found is None:
            raise NotKnownError(Sought.TASK, f"there is no task {key}")
        return found

    def take(self, key: str, by: str) -> TaskRow:
        """Give an open task to whoever takes it, from whoever has it.

        Raises:
            DomainError: if that is no name.
            NotKnownError: if there is no such task.
        """
        self._tasks.take(key, colleague_name(by), self._clock())
        return self.show(key)

    def done(self, row: TaskRow, by: str, note: str) -> TaskRow:
        """Tick a task off; ticking it off again changes nothing."""
        self._tasks.finish(row.task.key, by, without_card_numbers(note))
        return self._tasks.task(row.task.key) or row
