"""Escalates tasks that were not done in time: to a colleague, a supervisor, then everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar import Calendar, a_working_day_later
from domain.parties.tasks import TaskKind
from domain.parties.team import Role, Team, least_loaded, who

ESCALATED_KINDS = (
    *(TaskKind.CALL, TaskKind.CALL_BACK, TaskKind.QUESTION, TaskKind.REPLY, TaskKind.REFUSED),
    *(TaskKind.DISPUTE, TaskKind.FIX, TaskKind.OFFER, TaskKind.RATE, TaskKind.PROPOSAL),
)
"""Kinds of tasks in which somebody waits for an answer; notes and holds are no such thing."""

TO_A_COLLEAGUE, TO_A_SUPERVISOR, TOLD = 1, 2, 3
"""How far a task was passed on; from the last on other systems are told, and it stays on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The owner of a task from now on, and how far it was passed on."""

    owner: str
    passed_on: int

    @property
    def is_told(self) -> bool:
        """Whether there is nobody left to pass it to."""
        return self.passed_on == TOLD


def is_late(due_at: datetime, now: datetime, calendar: Calendar) -> bool:
    """Tell whether a working day of the debtor's has passed since a task was due.

    One day, because whoever is ill for a morning should not lose their work; a customer who has
    not heard from us for longer believes that nobody minds.
    """
    return now >= a_working_day_later(calendar, due_at)


def passed_on(owner: str, so_far: int, team: Team) -> Passed:
    """Choose who gets a task that was not done in time; nobody gets it a second time."""
    if so_far < TO_A_COLLEAGUE:
        colleague = least_loaded(team, Role.COLLECTOR, but=owner)
        if colleague:
            return Passed(owner=colleague, passed_on=TO_A_COLLEAGUE)
    if so_far < TO_A_SUPERVISOR:
        supervisor = least_loaded(team, Role.SUPERVISOR, but=owner)
        if supervisor:
            return Passed(owner=supervisor, passed_on=TO_A_SUPERVISOR)
    return Passed(owner=owner, passed_on=TOLD)


def words_about(owner: str, passed: Passed) -> str:
    """Describe in a task's detail how it was passed on."""
    if passed.is_told:
        return f"not done in time by {who(owner)}; nobody is left to pass it to"
    return f"not done in time by {who(owner)}; {passed.owner} has it now"
