"""Holds a message back whose last look is too long ago, and frees it for the next look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from activities.ports.ports import AccountRepository, Ledger
from activities.ports.types import Outbound, OutboundState

LOOK_AGAIN = timedelta(seconds=1)

Finder = Callable[[AccountRepository], Outbound | None]
"""Finds the message again, as it stands now."""


class ComeBackLaterError(RuntimeError):
    """A message may still be on the wire; nobody may call until that is over.

    Attributes:
        wait: how long until it is worth asking again.
    """

    says = "a message may be on the wire; ask again in"

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"{self.says} {wait.total_seconds():.0f} s")
        self.wait = wait


class LookAgainError(ComeBackLaterError):
    """The worker stood still after its last look: nothing was sent, and all is looked at anew."""

    says = "the worker stood still after its last look; nothing was sent; looking again in"


@dataclass(slots=True)
class Handover:
    """One call to a provider, and how to free its message if it was held back."""

    take_back: Callable[[Ledger], None] | None = None

    def hold_back(
        self, account: tuple[str, str], outbound: Outbound, find: Finder
    ) -> LookAgainError:
        """Remember the attempt of which nothing left; answers what ends the transaction."""

        def take_back(ledger: Ledger) -> None:
            with ledger.account(*account) as now:
                flying = find(now)
                still = flying is not None and flying.state is OutboundState.IN_FLIGHT
                if flying and still and same_attempt(flying, outbound):
                    now.outbound.land(flying, OutboundState.NEW, None)

        self.take_back = take_back
        return LookAgainError(LOOK_AGAIN)


@contextmanager
def take_back_if_stale(ledger: Ledger) -> Iterator[Handover]:
    """Free a message that was held back, in a transaction of its own.

    Who stood still is the only one who knows that nothing left. The transaction of the look may be
    dead, for PostgreSQL ends it after a minute of silence; then its end fails, too.

    Raises:
        LookAgainError: once the message is free.
    """
    handover = Handover()
    try:
        yield handover
    except Exception as error:
        if handover.take_back is None:
            raise
        handover.take_back(ledger)
        raise LookAgainError(LOOK_AGAIN) from error


def same_attempt(one: Outbound, other: Outbound) -> bool:
    """Whether it is the same attempt at the same message."""
    return (one.id, one.attempt) == (other.id, other.attempt)
