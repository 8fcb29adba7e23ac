"""Carries out rules of keeping in the reconciler's rounds, and says so a week before the first."""

from __future__ import annotations

import structlog

from activities.ports.clock import Clock
from activities.ports.stores.creditors import RetentionRun
from activities.ports.types import Task
from activities.services.customers.retention import RetentionService
from activities.watching.parts import Finish, Put
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

BEGUN = "it has begun"
_log = structlog.get_logger("amicable.reconciler")


class RetentionWatch:
    """Lets the rules be carried out; a question on the desk says what the first time will do."""

    def __init__(self, service: RetentionService, put: Put, finish: Finish, clock: Clock) -> None:
        self._service = service
        self._put = put
        self._finish = finish
        self._clock = clock

    def go_on(self) -> None:
        """Do a part of what is due, creditor by creditor."""
        for run in self._service.carry_out_all(self._clock()):
            _log.info("kept no longer", erased=run.erased, archived=run.archived)
            self._tell(run)

    def _tell(self, run: RetentionRun) -> None:
        rule = self._service.rule(run.creditor)
        first = self._service.by_itself_from(rule)
        if first is None or run.at >= first:
            self._finish(TaskKey.beginning(TaskTopic.RETENTION, run.creditor), BEGUN)
            return
        if not run.due:
            return
        key = TaskKey.of(TaskTopic.RETENTION, run.creditor, f"{first:%Y-%m-%d}")
        title = f"{run.due} customers of {run.creditor} will be erased by themselves"
        detail = f"From {first:%Y-%m-%d} on, by the rule that {rule.by} set; look whom it concerns."
        self._put(
            Task(
                key=str(key),
                kind=TaskKind.QUESTION,
                case="",
                title=title,
                detail=detail,
                due_at=first,
            )
        )
