"""Passes on tasks that were not done in time, and tells everybody in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, select, update

from activities.ports.events import DomainEvent
from activities.ports.types import Task
from adapters.ledger.core import events
from adapters.ledger.core.codec import read_policy
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added
from adapters.ledger.tables.cases import case_file, policy
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import task_row
from adapters.ledger.tasks.team import absentees, hand_over, team_of
from domain.calendar import Calendar, a_working_day_later
from domain.decision.state import debtor_calendar
from domain.errors import DomainError
from domain.parties.escalation import (
    ESCALATED_KINDS,
    TO_A_SUPERVISOR,
    TOLD,
    Passed,
    is_late,
    passed_on,
    words_about,
)
from domain.parties.people import Debtor
from domain.parties.tasks import TaskKey, TaskKind, TaskState, TaskTopic
from domain.parties.team import deputy_note, who

AT_A_TIME = 500
"""Tasks of one round, oldest first; the next round takes the others."""

_T, _F, _A = task.c, case_file.c, account.c
_log = structlog.get_logger("amicable.desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An open task with all that is needed to pass it on."""

    row: Row[tuple[object, ...]]
    calendar: Calendar

    @property
    def key(self) -> str:
        """The task's key."""
        return str(self.row.key)

    @property
    def due_at(self) -> datetime:
        """By when it should have been done (UTC)."""
        due: datetime = self.row.due_at
        return due

    def as_it_was(self) -> ColumnElement[bool]:
        """Make the condition that nobody has done, taken or passed it on meanwhile."""
        known = {"key": self.key, "owner": self.row.owner, "passed_on": self.row.passed_on}
        return and_(
            _T.status == TaskState.OPEN, *(_T[name] == value for name, value in known.items())
        )


def pass_on_what_is_late(engine: Engine, now: datetime) -> int:
    """Pass on the tasks of absent people and those not done in time, in one round."""
    for creditor, name in absentees(engine):
        with engine.begin() as connection:
            hand_over(connection, creditor, name, now)
    return sum(_passed(engine, held, now) for held in _late(engine, now))


def take(engine: Engine, key: str, by: str, now: datetime) -> bool:
    """Give an open task to somebody; one that everybody was told of is watched again.

    False if there is no such open task.
    """
    with engine.begin() as connection:
        row = connection.execute(_held().where(_T.key == key).with_for_update(of=task)).first()
        if row is None:
            return False
        values: dict[str, object] = {"owner": by}
        if row.owner != by:
            said = f"{by} took it from {who(row.owner)}"
            values["detail"] = deputy_note(row.detail, now.date(), said)
        if row.passed_on == TOLD:
            due = a_working_day_later(_calendar(row), now)
            values |= {"passed_on": TO_A_SUPERVISOR, "due_at": due}
        connection.execute(update(task).where(_T.key == key).values(**values))
        return True


def _late(engine: Engine, now: datetime) -> list[Held]:
    query = (
        _held()
        .where(_T.kind.in_(ESCALATED_KINDS), _T.due_at < now, _T.passed_on < TOLD)
        .where(~_T.key.startswith(TaskKey.beginning(TaskTopic.OVERDUE), autoescape=True))
        .order_by(_T.due_at, _T.key)
        .limit(AT_A_TIME)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return [Held(row=row, calendar=_calendar(row)) for row in rows]


def _held() -> Select[tuple[object, ...]]:
    mine = (_A.creditor == _F.creditor) & (_A.customer == _F.customer)
    about = (_F.creditor, _F.customer, _F.number, policy.c.body)
    return (
        select(task, _A.zone, _A.country, _A.subdivision, *about)
        .join(case_file, _F.case_id == _T.case_id)
        .join(account, mine)
        .join(policy, policy.c.sha256 == _F.policy_sha)
        .where(_T.status == TaskState.OPEN)
    )


def _calendar(row: Row[tuple[object, ...]]) -> Calendar:
    place = {"zone": row.zone, "country": row.country, "subdivision": row.subdivision}
    return debtor_calendar(read_policy(row.body), Debtor(id=row.customer, **place))


def _passed(engine: Engine, held: Held, now: datetime) -> bool:
    """Pass one task on, unless there is time left, or somebody was faster."""
    try:
        if not is_late(held.due_at, now, held.calendar):
            return False
        again = a_working_day_later(held.calendar, now)
    except DomainError as error:
        _log.warning("no calendar for a task", task=held.key, error=str(error))
        return False
    row = held.row
    with engine.begin() as connection:
        team = team_of(connection, row.creditor)
        to = passed_on(row.owner, row.passed_on, team)
        told = deputy_note(row.detail, now.date(), words_about(row.owner, to))
        values = {"owner": to.owner, "passed_on": to.passed_on, "detail": told}
        values |= {} if to.is_told else {"due_at": again}
        change = update(task).where(held.as_it_was()).values(**values).returning(_T.key)
        if connection.execute(change).first() is None:
            return False
        if to.is_told:
            _tell(connection, held, to, now)
            if not team:
                _ask_everybody(connection, held, now)
        return True


def _tell(connection: Connection, held: Held, to: Passed, now: datetime) -> None:
    row = held.row
    data = {"invoice": row.number, "task": held.key, "kind": row.kind}
    told = DomainEvent(
        # Once each time that it became late: whoever takes it is watched anew.
        id=f"task.overdue/{held.key}/{held.due_at.isoformat()}",
        kind="task.overdue",
        creditor=row.creditor,
        customer=row.customer,
        case=row.case_id,
        at=now,
        data=data | {"due": held.calendar.local_date(held.due_at).isoformat()},
    )
    events.insert_event(connection, told)


def _ask_everybody(connection: Connection, held: Held, now: datetime) -> None:
    """Without a team there is nobody to pass it to: a question of its own makes it seen."""
    row = held.row
    if row.kind == TaskKind.QUESTION:
        return
    what = row.kind.replace("_", " ")
    question = Task(
        key=str(TaskKey(TaskTopic.OVERDUE, held.key)),
        kind=TaskKind.QUESTION,
        case=row.case_id,
        title=f"{row.number}: a task ({what}) was not done in time: who does it?",
        detail=held.key,
        due_at=now,
    )
    added(connection, task, **task_row(question))
