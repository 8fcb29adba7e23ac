"""Asks a person about files that could not be taken in by themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from activities.ports.types import Task
from adapters.wiring.billing.connectors import ConnectorDesk
from domain.intake.limits import writable
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_MARK = 16


@dataclass(frozen=True, slots=True)
class RefusedFiles:
    """The questions about a creditor's files: nobody looks into a folder of failed ones."""

    desk: ConnectorDesk
    creditor: str
    clock: Callable[[], datetime]

    def ask(self, name: str, why: str) -> None:
        """Ask about a file, once a day; its name stands in the detail, for it may be a person's."""
        now = self.clock()
        self.desk.put_task(
            Task(
                key=f"{self._about(name)}{now:%Y-%m-%d}",
                kind=TaskKind.QUESTION,
                case="",
                title="a file in the watched folder could not be taken in",
                detail=writable(
                    f"{name}\n{why}\nIt lies in `failed`. Mend it there, or put a whole one into "
                    "the folder: this is ticked off then."
                ),
                due_at=now,
            )
        )

    def answered(self, name: str) -> None:
        """Tick off what was asked about a file of that name, which was taken in now."""
        self.desk.finish_tasks_beginning(self._about(name), "it was taken in")

    def _about(self, name: str) -> str:
        mark = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:_MARK]
        return TaskKey.beginning(TaskTopic.FILE, self.creditor, mark)
