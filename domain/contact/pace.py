"""How fast a provider is given messages: each gets a turn, and who must wait knows until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NEXT_TURNS = timedelta(seconds=1)
"""Turns of the next second are taken at once: a message is not put off for less."""

TURN_KEPT = timedelta(minutes=10)
"""A turn that was not taken for so long is void: the window had closed, or the case has moved."""


@dataclass(frozen=True, slots=True)
class ProviderTurn:
    """The turn of one message.

    Attributes:
        at: the instant (UTC) of the turn; the message may go from then on.
        next_at: the instant of the turn after it.
    """

    at: datetime
    next_at: datetime

    def goes_now(self, now: datetime) -> bool:
        """Tell whether the message may go at once."""
        return self.at <= now + NEXT_TURNS


def next_turn(free_from: datetime | None, now: datetime, per_second: float) -> ProviderTurn:
    """Give the next turn of a provider that takes so many messages a second.

    Args:
        free_from: the first turn that nobody has; None if nobody ever had one.
        now: the instant (UTC) of the question.
        per_second: messages a second, more than zero.
    """
    at = max(free_from or now, now)
    return ProviderTurn(at, at + timedelta(seconds=1 / per_second))


def is_kept(turn: datetime, now: datetime) -> bool:
    """Tell whether a turn that was given may still be waited for, or taken."""
    return turn > now - TURN_KEPT
