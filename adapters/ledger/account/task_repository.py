"""The tasks about one account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from activities.ports.types import Task
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.sql import added, among
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.desk import task as table
from adapters.ledger.tasks.desk import (
    AMICABLE,
    STILL_OPEN,
    about_case,
    task_row,
    task_row_of,
    tick_off,
)
from adapters.ledger.tasks.team import team_of, whose_turn
from domain.parties.tasks import TaskKey, TaskKind, TaskState, TaskTopic
from domain.parties.team import Role

_C, _T = case_file.c, table.c


class SqlTasks:
    """The tasks about one account."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def add(self, task: Task) -> bool:
        """Add a task once per key."""
        return added(self._scope.unflushed, table, **task_row(task))

    def ask(self, task: Task) -> None:
        """Add a task, or open it again as it is told now where it was done before."""
        if not self.add(task):
            done = (_T.key == task.key) & (_T.status == TaskState.DONE)
            again = task_row(task) | {"passed_on": 0} | STILL_OPEN
            self._scope.unflushed.execute(update(table).where(done).values(**again))

    def finish(self, key: str, note: str) -> None:
        """Tick one task off, if it is still open."""
        tick_off(self._scope.unflushed, _T.key == key, AMICABLE, note)

    def finish_kinds(self, case_id: str, kinds: tuple[TaskKind, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds, as a part of what made them groundless."""
        self._scope.own(case_id)
        mine = (_T.case_id == case_id) & _T.kind.in_(kinds)
        tick_off(self._scope.unflushed, mine, AMICABLE, note)

    def open_again(self, case_id: str, kinds: tuple[TaskKind, ...], since: datetime) -> None:
        """Open the tasks about a case again that were ticked off as groundless since an instant."""
        self._scope.own(case_id)
        done = (_T.status == TaskState.DONE) & (_T.done_at >= since)
        mine = done & (_T.done_by == AMICABLE) & _T.kind.in_(kinds) & about_case(case_id)
        self._scope.unflushed.execute(update(table).where(mine).values(**STILL_OPEN))

    def about(self, case_id: str, kinds: tuple[TaskKind, ...]) -> tuple[Task, ...]:
        """List the open tasks of some kinds that are about a case, alone or with others."""
        self._scope.own(case_id)
        return self._open(kinds, about_case(case_id))

    def of_customer(self, kinds: tuple[TaskKind, ...]) -> tuple[Task, ...]:
        """List the customer's open tasks of some kinds, oldest first."""
        scope = self._scope
        whose = (_C.creditor == scope.creditor) & (_C.customer == scope.customer_id)
        return self._open(kinds, _T.case_id.in_(select(_C.case_id).where(whose)))

    def change(self, task: Task) -> None:
        """Change which cases an open task is about, its title and its detail."""
        for case_id in task.cases:
            self._scope.own(case_id)
        row = task_row(task)
        told = {name: row[name] for name in ("case_id", "also", "title", "detail")}
        mine = (_T.key == task.key) & (_T.status == TaskState.OPEN)
        self._scope.unflushed.execute(update(table).where(mine).values(**told))

    def retitle(self, case_id: str, keys: Sequence[str], title: str) -> None:
        """Give a case's open tasks, where they are about no other, the title that is true now."""
        self._scope.own(case_id)
        alone = (_T.status == TaskState.OPEN) & (_T.case_id == case_id) & (_T.also == [])
        stale = among(_T.key, keys) & alone & (_T.title.is_distinct_from(title))
        change = update(table).values(title=title).where(stale)
        self._scope.unflushed.execute(change)

    def _open(self, kinds: tuple[TaskKind, ...], which: ColumnElement[bool]) -> tuple[Task, ...]:
        query = select(table).where(which, _T.kind.in_(kinds), _T.status == TaskState.OPEN)
        rows = self._scope.unflushed.execute(query.order_by(_T.created_at, _T.key)).mappings()
        return tuple(task_row_of(row).task for row in rows)

    def finish_surplus(self, case_id: str, but: str) -> None:
        """Tick off a case's questions about a surplus that is not there any more."""
        self._scope.own(case_id)
        mine = (_T.case_id == case_id) & (_T.key != but)
        beginning = TaskKey.beginning(TaskTopic.SURPLUS, case_id)
        about = _T.key.startswith(beginning, autoescape=True)
        tick_off(self._scope.unflushed, mine & about, AMICABLE, "it was moved or given back")

    def whose_turn(self, *preferred: str) -> str:
        """Choose who takes up new work about this customer; empty if nobody is there."""
        scope = self._scope
        return whose_turn(scope.unflushed, scope.creditor, scope.owner, *preferred)

    def is_supervisor(self, name: str) -> bool:
        """Whether somebody of that name is a supervisor in the creditor's team."""
        team = team_of(self._scope.unflushed, self._scope.creditor)
        return any(one.name == name and one.role is Role.SUPERVISOR for one in team)
