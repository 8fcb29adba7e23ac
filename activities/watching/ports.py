"""What is needed to look after cases that do not go on, and rounds that fail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

ROUNDS_IN_VAIN = 3
"""Rounds running in which a case is woken in vain until a person hears of it."""

FAILED_ATTEMPTS = 3
"""Failed attempts at an activity until it is tried more carefully, and a person hears of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckCase:
    """A case that does not go on; a workflow that is no case of ours may be among them.

    Attributes:
        rounds: rounds running in which it was woken in vain.
        attempts: attempts at its activity that failed.
        failure: how the last of them did: a kind of error, never its text.
        since: when it was first seen so.
    """

    case_id: str
    rounds: int
    attempts: int
    failure: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What keeps a workflow from going on, as far as Temporal knows.

    Attributes:
        attempts: attempts that failed, of whichever of its pending tasks failed most often.
        failure: how the last of them did: a kind of error, never its text.
        waits: an activity waits as it should, until nothing can be on the wire any more.
    """

    attempts: int = 0
    failure: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMark:
    """A step that has been on its way for long: nobody has found out what became of it.

    Attributes:
        channel: by which it was sent, or the agency's.
    """

    case: str
    step: str
    episode: int
    channel: str


class LeftMarks(Protocol):
    """The ledger's answer to: which messages are marked as on their way for long?"""

    def left_marks(self, older_than: timedelta) -> tuple[LeftMark, ...]:
        """Steps marked so long ago by the ledger's clock, the oldest first."""
        ...


class StuckCases(Protocol):
    """Remembers the cases whose activity fails again and again."""

    def failed(self, case_id: str, attempts: int, failure: str) -> None:
        """An activity has failed so many times; ``failure`` is a kind of error, never its text."""
        ...

    def went_on(self, case_id: str) -> None:
        """An activity of the case has succeeded after all."""
        ...


class StuckCaseList(StuckCases, Protocol):
    """Everything that is remembered about cases that may be stuck."""

    def woken_in_vain(self, case_ids: Collection[str]) -> None:
        """Count one more round for these cases, and none for all others."""
        ...

    def seen(self, failing: Mapping[str, Trouble], well: Collection[str]) -> None:
        """Note which workflows fail, and that others do not."""
        ...

    def suspects(self) -> tuple[str, ...]:
        """Every case that was noted and has not gone on since, by id."""
        ...

    def stuck(self) -> tuple[StuckCase, ...]:
        """The cases that a person has to hear of, longest stuck first."""
        ...

    def forget_the_well(self) -> tuple[str, ...]:
        """Forget the cases that go on again; answers which they were."""
        ...


class RoundLog(Protocol):
    """Remembers how the rounds and their parts went."""

    def begin(self) -> int:
        """A round begins; answers how many before it began and did not end."""
        ...

    def failing(self) -> tuple[str, ...]:
        """List the parts that failed when they were last carried out."""
        ...

    def ended(self, *names: str) -> None:
        """Parts of the round have ended well, or the whole has come to its end."""
        ...

    def failed(self, name: str, failure: str) -> int:
        """A part of the round has failed; answers how many rounds running it did."""
        ...

    def place(self, name: str) -> tuple[str, datetime | None]:
        """Where a part got to among all cases, and when (UTC); nowhere, and never, at first."""
        ...

    def keep_place(self, name: str, after: str, at: datetime) -> None:
        """Keep where a part has got to, for the round after this one."""
        ...


class Workflows(Protocol):
    """Tells how workflows fare."""

    async def trouble(self, workflow_id: str) -> Trouble:
        """What keeps the newest run of a workflow from going on."""
        ...

    async def reported(self) -> set[str]:
        """The ids of workflows that the server itself reports as failing."""
        ...


class _NobodyWatches:
    """For whoever looks on anyway, such as a rehearsal."""

    def failed(self, case_id: str, attempts: int, failure: str) -> None:
        """Forget it."""

    def went_on(self, case_id: str) -> None:
        """Nothing was remembered."""


NOBODY_WATCHES: StuckCases = _NobodyWatches()
"""Remembers no case that is stuck."""
