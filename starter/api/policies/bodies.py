"""What is said and answered about policies and experiments."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from starter.api.fields import Name, Short, Strict
from starter.api.schemas import Shown

LONGEST_POLICY_TEXT = 100_000
MOST_MOVED = 1_000

_Text = Annotated[
    str, Field(max_length=LONGEST_POLICY_TEXT, description="A policy's file, as TOML.")
]
_Word = Annotated[
    Short,
    Field(description="A shipped policy's name, or the first digits of a version's SHA-256."),
]


class PolicyText(Strict):
    """A policy's file."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": 'name = "ours"'}]})

    text: _Text


class PolicyNamed(Strict):
    """A policy that is known (`policy`), or its file (`text`): one of both."""

    policy: _Word = ""
    text: _Text = ""


class PolicyWish(PolicyNamed):
    """Who shall follow which policy: all of the creditor's, a customer's, or one invoice's."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"policy": "standard"}]})

    customer: Short = ""
    number: Annotated[Short, Field(description="Only this invoice's case.")] = ""
    also_own: Annotated[
        bool, Field(description="Those, too, that were given a policy of their own.")
    ] = False


class PolicyMove(PolicyWish):
    """The same, and how many cases are moved before it is answered."""

    most: Annotated[int, Field(ge=1, le=MOST_MOVED)] = 200
    by: Name | None = None


class PolicyStep(Shown):
    """One step of a policy."""

    id: str
    on: str
    do: str


class PolicyPlanB(Shown):
    """When the ladder ends, and how."""

    on: str
    do: str


class PolicyMeant(Shown):
    """What a policy means; `sha256` names the version, `text` is null where none is shipped."""

    name: str
    sha256: str
    plan_b: PolicyPlanB
    steps: list[PolicyStep]
    text: str | None


class PolicyCaseMove(Shown):
    """What one case would do next, and on each day to come, before and after."""

    case: str
    now: str
    now_at: datetime | None
    then: str
    then_at: datetime | None
    why: str
    changes: bool


class PolicyMoves(Shown):
    """What a policy would change for running cases; nothing is changed.

    `cases` would move, of which the first `rows` are shown; `kept` stay by a policy of their own.
    """

    policy: str
    sha256: str
    cases: int
    kept: int
    ways: dict[str, int]
    rows: list[PolicyCaseMove]


class PolicyApplied(Shown):
    """How many cases moved, and how many are `left`: say it again for them until none is."""

    policy: str
    sha256: str
    moved: int
    left: int
    kept: int


_EXPERIMENT: dict[str, Any] = {"name": "gentler", "challenger": {"policy": "any_hour"}}


class NewExperiment(Strict):
    """Two policies side by side on new cases; the champion is what they follow now."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXPERIMENT]})

    name: Name
    challenger: PolicyNamed
    champion: PolicyNamed | None = None
    by: Name | None = None


class ExperimentEnding(Strict):
    """Whose policy new cases follow from now on; `neither` leaves what was chosen before."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"keep": "challenger"}]})

    keep: Literal["champion", "challenger", "neither"]
    by: Name | None = None


class ExperimentLine(Shown):
    """An experiment: its two policies, since when, and whose was kept."""

    name: str
    champion: str
    challenger: str
    started_at: datetime
    ended_at: datetime | None
    kept: str | None
