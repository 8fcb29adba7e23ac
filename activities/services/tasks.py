"""The service for tasks: found, taken, done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from activities.ports.clock import Clock
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.tasks import TaskFilter, TaskRow, TaskStore
from domain.card_numbers import without_card_numbers
from domain.errors import RefusedError
from domain.parties.tasks import TaskState
from domain.parties.team import colleague_name

UNDO_TASK_WITHIN = timedelta(days=1)
"""So long whoever ticked a task off may say that it was a mistake."""


class TaskService:
    """Lists tasks, gives them to people, and ticks them off."""

    def __init__(self, tasks: TaskStore, clock: Clock) -> None:
        self._tasks = tasks
        self._clock = clock

    def list(self, wanted: TaskFilter, *, overdue: bool = False) -> tuple[TaskRow, ...]:
        """List tasks, most urgent first; if asked, only what should have been done by now."""
        late = replace(wanted, due_before=self._clock()) if overdue else wanted
        return self._tasks.find(late)

    def fresh(self, creditor: str, by: str) -> tuple[TaskRow, ...]:
        """List what somebody ticked off within the day, and may still undo."""
        since = self._clock() - UNDO_TASK_WITHIN
        wanted = TaskFilter(status=TaskState.DONE, creditor=creditor, done_by=by, done_since=since)
        return self._tasks.find(wanted)

    def page(self, wanted: TaskFilter, after: str) -> tuple[TaskRow, ...]:
        """List a creditor's tasks, most urgent first, from the one after that key."""
        return self._tasks.page(wanted, after)

    def of_the_installation(self) -> tuple[TaskRow, ...]:
        """List open tasks about servers and providers that serve all creditors."""
        return self._tasks.find(TaskFilter(of_the_installation=True))

    def finish_of_the_installation(self, key: str, by: str, note: str) -> TaskRow:
        """Tick off a task about what serves all creditors.

        Raises:
            NotKnownError: if there is no such open one.
        """
        wanted = TaskFilter(of_the_installation=True, keys=(key,))
        for row in self._tasks.find(wanted):
            return self.done(row, by, note)
        raise NotKnownError(Sought.TASK, f"there is no task {key}")

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

    def undo(self, row: TaskRow, by: str) -> TaskRow:
        """Open a task again that the same person ticked off by mistake, within the day.

        Raises:
            RefusedError: if it is open, or somebody else did it, or longer ago.
        """
        if not self._tasks.reopen(row.task.key, by, self._clock() - UNDO_TASK_WITHIN):
            raise RefusedError(_why_it_stays_done(row, by), field="key")
        return self._tasks.task(row.task.key) or row

    def done(self, row: TaskRow, by: str, note: str) -> TaskRow:
        """Tick a task off; ticking it off again changes nothing."""
        self._tasks.finish(row.task.key, by, without_card_numbers(note))
        return self._tasks.task(row.task.key) or row


def _why_it_stays_done(row: TaskRow, by: str) -> str:
    if row.status is TaskState.OPEN:
        return "the task is open: there is nothing to undo"
    if row.done_by != by:
        who = row.done_by or "somebody else"
        return f"{who} did it: only they can say that it was a mistake"
    return "it was done more than a day ago: make a note, or a task of your own"
