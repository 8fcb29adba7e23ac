"""The creditor's team: who is there, who owns which customer, who takes up what (P81)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.errors import DomainError

_LONGEST_NAME = 100
LONGEST_STORY = 4000
"""So much is kept with a task of who had it: whoever reads more has lost the thread."""


class Role(StrEnum):
    """A colleague's role; a supervisor gets what others did not do in time."""

    COLLECTOR = "collector"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One of the creditor's own people.

    Attributes:
        away: whether nothing is given to them now.
        load: how many open tasks they have.
    """

    name: str
    role: Role = Role.COLLECTOR
    away: bool = False
    load: int = 0


Team = tuple[Colleague, ...]


def colleague_name(text: str) -> str:
    """Normalise a name as it is kept.

    Raises:
        DomainError: if it is empty, too long, or not one line.
    """
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        message = f"{text!r} is no name: write one line of up to {_LONGEST_NAME} characters"
        raise DomainError(message, field="name")
    return name


def is_present(team: Team, name: str) -> bool:
    """Tell whether somebody of that name is in the team and not absent."""
    return any(one.name == name and not one.away for one in team)


def least_loaded(team: Team, role: Role, but: str = "") -> str:
    """Find who of a role is present and has the fewest open tasks; empty if nobody is."""
    there = [one for one in team if one.role is role and not one.away and one.name != but]
    return min(there, key=lambda one: (one.load, one.name)).name if there else ""


def takes_up(team: Team, preferred: Iterable[str]) -> str:
    """Choose who gets new work: the first preferred who is present, else the least loaded.

    Empty where nobody is: then it waits for everybody.
    """
    first = next((name for name in preferred if is_present(team, name)), "")
    return first or least_loaded(team, Role.COLLECTOR)


def steps_in(team: Team, absent: str, preferred: str) -> str:
    """Choose who gets an absent person's work: as new work, and a supervisor before nobody."""
    others = without(team, absent)
    return takes_up(others, (preferred,)) or least_loaded(others, Role.SUPERVISOR)


def without(team: Team, name: str) -> Team:
    """Take somebody out of the team."""
    return tuple(one for one in team if one.name != name)


def with_one_more(team: Team, name: str) -> Team:
    """Count one more task for somebody."""
    return tuple(replace(one, load=one.load + 1) if one.name == name else one for one in team)


def deputy_note(detail: str, on: date, said: str) -> str:
    """Add to a task's detail one more line about who had it."""
    line = f"{on}: {said}"
    told = f"{detail}\n{line}" if detail else line
    return told if len(told) <= LONGEST_STORY else detail


def who(name: str) -> str:
    """Write somebody's name in a sentence."""
    return name or "everybody"
