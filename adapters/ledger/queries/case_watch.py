"""Finds for the reconciler cases without a run, cases behind their news, and late tasks."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from activities.ports.types import Task
from activities.watching.ports import LeftMark
from adapters.ledger.queries import watch
from adapters.ledger.tasks.desk import finish_begun, put_task
from adapters.ledger.tasks.escalation import pass_on_what_is_late


class SqlCaseWatch:
    """Finds in PostgreSQL which cases and tasks nobody looks after."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def running(self, after: str, limit: int) -> tuple[str, ...]:
        """Up to so many cases that must have a running workflow, by id, behind a given one."""
        return watch.running(self._engine, after, limit)

    def count_running(self) -> int:
        """How many cases must have a running workflow."""
        return watch.count_running(self._engine)

    def opened_since(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Up to so many of those that were opened since an instant (UTC), the oldest first."""
        return watch.opened_since(self._engine, since, limit)

    def behind(self, older_than: timedelta) -> list[str]:
        """Cases with news that no decision has seen, or no decision at all, for so long."""
        late = watch.unwoken(self._engine, older_than)
        half = watch.half_opened(self._engine, older_than)
        return sorted({*late, *half})

    def overdue(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Up to so many cases whose step was due before an instant, longest overdue first."""
        return watch.sleepers(self._engine, since, limit)

    def left_marks(self, older_than: timedelta) -> tuple[LeftMark, ...]:
        """Steps marked so long ago by the ledger's clock, the oldest first."""
        return tuple(
            LeftMark(case=one.case_id, step=one.step, episode=one.episode, channel=one.channel)
            for one in watch.stale_in_flight(self._engine, older_than)
        )

    def park(self, case_id: str) -> None:
        """Take a case out of the machine's hands, under its account's lock."""
        watch.set_parked(self._engine, case_id, on=True)

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key, outside of any account's lock."""
        return put_task(self._engine, task)

    def finish_tasks_beginning(self, beginning: str, note: str) -> bool:
        """Tick off the open tasks whose keys begin so; False if there is none."""
        return finish_begun(self._engine, beginning, note)

    def pass_on_late_tasks(self, now: datetime) -> int:
        """Give tasks that were not done in time to somebody else; answers how many."""
        return pass_on_what_is_late(self._engine, now)
