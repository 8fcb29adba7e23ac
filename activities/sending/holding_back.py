"""Ends the call of a message by a transaction of its own, where that of the look cannot.

A message whose last look is too long ago is held back, and free for the next look. Of one that may
have left, the words are kept.
"""

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

Keeper = Callable[[AccountRepository], None]
"""Keeps the words of a message."""


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
    """One call to a provider, and what is still to be done once its transaction is gone.

    Attributes:
        take_back: frees the message that was held back.
        keep: keeps the words of the message that may have left.
    """

    take_back: Callable[[Ledger], None] | None = None
    keep: Callable[[Ledger], None] | None = None

    def may_have_left(
        self, account: tuple[str, str], keep: Keeper, wait: timedelta
    ) -> ComeBackLaterError:
        """Remember the words of an attempt whose end nobody knows; answers what ends it here."""

        def kept(ledger: Ledger) -> None:
            with ledger.account(*account) as now:
                keep(now)

        self.keep = kept
        return ComeBackLaterError(wait)

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
def ended_afterwards(ledger: Ledger) -> Iterator[Handover]:
    """Free a message that was held back, or keep the words of one that may have left.

    Who stood still is the only one who knows that nothing left. The transaction of the look may be
    dead, for PostgreSQL ends it after a minute of silence; then its end fails, too.

    Raises:
        LookAgainError: once the message is free.
    """
    handover = Handover()
    try:
        yield handover
    except Exception as error:
        if handover.keep:
            handover.keep(ledger)
        if handover.take_back is None:
            raise
        handover.take_back(ledger)
        raise LookAgainError(LOOK_AGAIN) from error


def same_attempt(one: Outbound, other: Outbound) -> bool:
    """Whether it is the same attempt at the same message."""
    return (one.id, one.attempt) == (other.id, other.attempt)
