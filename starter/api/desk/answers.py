"""What the routes of the desk answer."""

from __future__ import annotations

from starter.api.schemas import Shown


class PlanPart(Shown):
    """One part of a plan that was calculated."""

    date: str
    amount: str
    left: str
    in_time_by: str
    cured_by: str


class PlanCalculated(Shown):
    """A plan as it would be recorded now; `refused` and `approval` are empty where nothing is.

    `left_after` is what is to be paid after the last part if each comes on its day.
    """

    open: str
    parts: list[PlanPart]
    costs_now: str
    left_after: str
    refused: str
    approval: str
    plan_b: str
    limits: list[str]


class TaskTaken(Shown):
    """A task that somebody took, or that is open again."""

    key: str
    case: str | None
    status: str
    owner: str


class NoteKept(Shown):
    """A note that was kept about a customer."""

    customer: str
    kept: bool


class CustomerChanged(Shown):
    """How a customer is reached now, and what was said and not taken: who is believed more."""

    customer: str
    changed: list[str]
    kept_as_it_was: list[str]


class OwnerSet(Shown):
    """Who looks after a customer now; empty if nobody in particular."""

    customer: str
    owner: str


class BulkLineDone(Shown):
    """One line of an act on many."""

    customer: str
    number: str
    ok: bool
    text: str


class BulkDone(Shown):
    """Each line's own answer; `looked` where nothing was changed."""

    looked: bool
    lines: list[BulkLineDone]


class FileKept(Shown):
    """A file that is kept with a case."""

    sha256: str
    name: str
    role: str
