"""What waits for a person, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from activities.ports.types import Task
from domain.parties.tasks import TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks to list, most urgent first; an empty word means all.

    Attributes:
        of_the_installation: only what is about servers and providers of all creditors.
        keys: only these; None means any.
        done_by: only what this person ticked off; done_since: only since an instant.
        due_before: only those that should have been done before an instant.
    """

    status: TaskState = TaskState.OPEN
    creditor: str = ""
    case: str = ""
    kind: str = ""
    owner: str = ""
    of_the_installation: bool = False
    keys: tuple[str, ...] | None = None
    done_by: str = ""
    done_since: datetime | None = None
    due_before: datetime | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task with what became of it; instants in UTC.

    Attributes:
        passed_on: how far it was passed on because nobody had done it in time.
    """

    task: Task
    status: TaskState
    created_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    done_note: str = ""
    passed_on: int = 0


class TaskStore(Protocol):
    """The collectors' tasks."""

    def find(self, wanted: TaskFilter) -> tuple[TaskRow, ...]:
        """List tasks: what nobody did although it was passed on, then by due time."""
        ...

    def page(self, wanted: TaskFilter, after: str) -> tuple[TaskRow, ...]:
        """List a creditor's tasks in the same order, from the one after that key."""
        ...

    def task(self, key: str) -> TaskRow | None:
        """Read a task, open or done; None if there is none."""
        ...

    def task_of(self, creditor: str, key: str) -> TaskRow | None:
        """Read a task; None also if it is another creditor's."""
        ...

    def finish(self, key: str, by: str, note: str) -> bool:
        """Tick a task off; False if there is no such task or it was done before."""
        ...

    def reopen(self, key: str, by: str, since: datetime) -> bool:
        """Open a task again that its doer ticked off since an instant; False if there is none."""
        ...

    def take(self, key: str, by: str, now: datetime) -> bool:
        """Give an open task to whoever takes it; False if there is no such open task."""
        ...
