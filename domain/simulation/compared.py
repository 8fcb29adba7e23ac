"""Two futures of one case, side by side: what moves if it follows another policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deed import Deed
from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureDeeds:
    """What will be done for a case if nobody says another word.

    Attributes:
        deeds: in the order in which they come.
        costs: costs and interest that are asked for on the day of the last of them.
    """

    deeds: tuple[Deed, ...]
    costs: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMove:
    """One coming step before and after; None where it does not come (instants in UTC)."""

    step: str
    before: datetime | None
    after: datetime | None

    @property
    def differs(self) -> bool:
        """Whether it comes at another instant, or comes or stays away only now."""
        return self.before != self.after


def step_moves(before: Sequence[Deed], after: Sequence[Deed]) -> tuple[StepMove, ...]:
    """List every step that comes in one of two futures, by the day on which it comes first."""
    now, then = ({deed.step: deed.at for deed in reversed(deeds)} for deeds in (before, after))
    moves = (
        StepMove(step=step, before=now.get(step), after=then.get(step)) for step in {**now, **then}
    )
    return tuple(sorted(moves, key=lambda one: (min(_days(one)), one.step)))


def _days(move: StepMove) -> list[datetime]:
    return [at for at in (move.before, move.after) if at]
