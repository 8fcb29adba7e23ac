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
class StepDoes:
    """What a step does, and by which channel if it is a message; both empty if it does not come."""

    do: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMove:
    """One coming step before and after; None where it does not come (instants in UTC)."""

    step: str
    before: datetime | None
    after: datetime | None
    does_now: StepDoes = StepDoes()
    does_then: StepDoes = StepDoes()

    @property
    def differs(self) -> bool:
        """Whether it comes at another instant, does something else, or comes only one way."""
        return self.before != self.after or self.does_another

    @property
    def does_another(self) -> bool:
        """Whether it does something else, or by another channel, where it comes both ways."""
        return bool(self.before and self.after) and self.does_now != self.does_then


def step_moves(before: Sequence[Deed], after: Sequence[Deed]) -> tuple[StepMove, ...]:
    """List every step that comes in one of two futures, by the day on which it comes first."""
    now, then = ({deed.step: deed for deed in reversed(deeds)} for deeds in (before, after))
    moves = (_move(step, now.get(step), then.get(step)) for step in {**now, **then})
    return tuple(sorted(moves, key=lambda one: (min(_days(one)), one.step)))


def _move(step: str, now: Deed | None, then: Deed | None) -> StepMove:
    return StepMove(
        step=step,
        before=now.at if now else None,
        after=then.at if then else None,
        does_now=_does(now),
        does_then=_does(then),
    )


def _does(deed: Deed | None) -> StepDoes:
    return StepDoes(do=deed.do.value, channel=deed.channel) if deed else StepDoes()


def _days(move: StepMove) -> list[datetime]:
    return [at for at in (move.before, move.after) if at]
