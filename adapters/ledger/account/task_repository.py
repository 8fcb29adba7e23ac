"""The tasks about one account."""

from __future__ import annotations

from activities.ports.types import Task
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.sql import added
from adapters.ledger.tables.desk import task as table
from adapters.ledger.tasks.desk import AMICABLE, task_row, tick_off
from adapters.ledger.tasks.team import team_of, whose_turn
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.parties.team import Role

_T = table.c


class SqlTasks:
    """The tasks about one account."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def add(self, task: Task) -> bool:
        """Add a task once per key."""
        return added(self._scope.unflushed, table, **task_row(task))

    def finish(self, key: str, note: str) -> None:
        """Tick one task off, if it is still open."""
        tick_off(self._scope.unflushed, _T.key == key, AMICABLE, note)

    def finish_kinds(self, case_id: str, kinds: tuple[TaskKind, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds, as a part of what made them groundless."""
        self._scope.own(case_id)
        mine = (_T.case_id == case_id) & _T.kind.in_(kinds)
        tick_off(self._scope.unflushed, mine, AMICABLE, note)

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
