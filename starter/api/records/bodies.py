"""What is asked, said and answered about what is kept."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from activities.ports.bank.store import EntryState
from starter.api.fields import Day, Name, Short, Strict, Text
from starter.api.schemas import Shown

LineLimit = Annotated[int, Field(ge=1, le=1000, description="At most so many.")]


class DayAsked(BaseModel):
    """The day that is meant."""

    model_config = ConfigDict(extra="forbid")

    on: Annotated[Day | None, Field(description="The day; the debtor's today unless given.")] = None


class PaymentsAsked(BaseModel):
    """Which payments are wanted; what is not said means all."""

    model_config = ConfigDict(extra="forbid")

    customer: Short = ""
    unallocated: Annotated[bool, Field(description="Only what is left on accounts.")] = False
    limit: LineLimit = 100


class EntriesAsked(BaseModel):
    """Which bank entries are wanted."""

    model_config = ConfigDict(extra="forbid")

    state: EntryState | None = None
    limit: LineLimit = 100


class LineList(Shown):
    """What was found, newest first."""

    items: list[dict[str, Any]]


class StatementShown(Shown):
    """What settles a case on a day: the principal, each cost with its ground, the total."""

    case: str
    day: str
    currency: str
    principal: str
    total: str
    costs: list[dict[str, Any]]


class FileShown(Shown):
    """A file that is kept, with its content in Base64."""

    sha256: str
    name: str
    content: str


class EntryShown(Shown):
    """A bank entry with what the payer wrote, and what became of it."""

    entry: str
    state: str


class TaskShown(Shown):
    """A task, and what may be done about it."""

    key: str
    status: str


_ASSIGNED: dict[str, Any] = {"invoices": ["2026-0007"]}


class EntryAssigned(Strict):
    """The invoices of one customer that a bank entry pays, in this order."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ASSIGNED]})

    invoices: Annotated[list[Name], Field(min_length=1, max_length=100)]
    by: Name | None = None


class EntryDecided(Strict):
    """Why a bank entry is dismissed, or what became of it is taken back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "refund of taxes"}]})

    note: Text = ""
    by: Name | None = None


class HoldWish(Strict):
    """Who stops or releases; on a live installation a release needs `agreed`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "ann"}]})

    agreed: Annotated[
        bool, Field(description="That what waited is sent at once, where messages really leave.")
    ] = False
    by: Name | None = None


class HoldShown(Shown):
    """Whether everything that would go out of this creditor's is stopped, since when, by whom."""

    hold: bool
    holds: list[dict[str, Any]]


class ColleagueShown(Shown):
    """Somebody of the team: the role, whether away, and how many open tasks."""

    name: str
    role: str
    away: bool
    tasks: int


class TeamShown(Shown):
    """The creditor's team."""

    items: list[ColleagueShown]


class Absence(Strict):
    """Nothing is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})
