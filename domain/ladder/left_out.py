"""Tells where a person left out every word that a call or a hold would have followed."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case.facts import Facts
from domain.case.model import Deed
from domain.ladder.demand import demands
from domain.ladder.schedule import Rung
from domain.policy.model import Step

Schedule = Sequence[tuple[Step, Rung | None]]


def is_unwritten(task: Step, schedule: Schedule, facts: Facts) -> bool:
    """Whether nothing was demanded yet, as a person left out the words before a task."""
    return _are_left_out(task, schedule, facts) and next(demands(facts), None) is None


def written_instead(task: Step, schedule: Schedule, facts: Facts) -> Deed | None:
    """Find the last demand, where a person left out the words that a task would have followed."""
    return next(demands(facts), None) if _are_left_out(task, schedule, facts) else None


def _are_left_out(task: Step, schedule: Schedule, facts: Facts) -> bool:
    """Whether the policy writes after the due date before a task, and a person left all of it out.

    Then the task waits for the next word: nobody is called about what was never written.
    """
    if not facts.case.skipped:
        return False
    left_out = {deed.step for deed in facts.case.skipped}
    words = [
        step.id
        for step, rung in schedule
        if step.is_message and step.order < task.order
        if rung is None or rung.day > facts.case.due
    ]
    return bool(words) and left_out.issuperset(words)
