"""Repository of the messages to one customer, over all invoices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from activities.ports.types import Carried, Outbound, OutboundState, Receipt
from domain.message_types import ActionType


class OutboundRepository(Protocol):
    """The messages to one customer, under the account's lock."""

    def of_step(self, case_id: str, step: str, episode: int) -> Outbound | None:
        """Find the message of a step, if one was ever begun."""
        ...

    def in_flight(self) -> Outbound | None:
        """Find the message to this customer that is in flight, about any invoice."""
        ...

    def carried(self, outbound: Outbound) -> tuple[Carried, ...]:
        """List the steps that a message speaks of, by case id."""
        ...

    def thread(self, case_id: str) -> tuple[str, ...]:
        """Find the first and the newest accepted mail about a case; empty without any."""
        ...

    def take_off(self, case_id: str, step: str, episode: int, channel: str, to: str) -> Outbound:
        """Mark the step's message in flight with a new attempt (made if there is none)."""
        ...

    def take_off_together(self, steps: Sequence[Carried], channel: str, to: str) -> Outbound:
        """Mark one message in flight for all of these steps; the first one's, if it has one."""
        ...

    def set_aside(self, outbound: Outbound, steps: Sequence[Carried]) -> None:
        """Take steps out of a message before it is sent; they may go out with another one later."""
        ...

    def land(
        self,
        outbound: Outbound,
        state: OutboundState,
        receipt: Receipt | None,
        not_before: datetime | None = None,
    ) -> None:
        """Record how the newest attempt ended; REJECTED closes the whole message.

        A message that goes back to NEW may have to wait until an instant: whoever takes it up next.
        """
        ...

    def turn_down(self, outbound: Outbound, receipt: Receipt) -> None:
        """Record that the newest attempt's channel rejected it; the message goes back to NEW."""
        ...

    def due_with(
        self,
        case_id: str,
        until: datetime,
        kinds: tuple[ActionType, ...],
        tried: tuple[str, ...],
    ) -> tuple[str, ...]:
        """List the account's other cases that want to write up to an instant, oldest first.

        One whose own message was rejected on a channel that this one has not tried is left out.
        """
        ...


class Breakers(Protocol):
    """Leaves a provider alone that fails again and again, and asks a person once."""

    def wait(self, provider: str, now: datetime) -> datetime | None:
        """Tell until when a provider is left alone; None if it may be called."""
        ...

    def enter(self, provider: str, now: datetime) -> datetime | None:
        """Ask to call now; None if so. While others wait, one caller is let through as a probe."""
        ...

    def failed(self, provider: str, now: datetime, detail: str) -> None:
        """Count a call that the provider did not answer, or answered with a fault of its own."""
        ...

    def answered(self, provider: str) -> None:
        """Forget all failures: the provider works."""
        ...


class Paces(Protocol):
    """Gives providers no more messages a second than they take, whoever sends them."""

    def turn(self, channel: str, case_id: str, now: datetime) -> datetime | None:
        """Ask for a turn of a case's message; None if it may go now, else the instant of it."""
        ...


class NoPaces:
    """Lets every message go at once."""

    def turn(self, channel: str, case_id: str, now: datetime) -> datetime | None:
        """Never wait."""
        return None


class NoBreakers:
    """Lets every call through: for tests and rehearsals of other things."""

    def wait(self, provider: str, now: datetime) -> datetime | None:
        """Never wait."""
        return None

    def enter(self, provider: str, now: datetime) -> datetime | None:
        """Never wait."""
        return None

    def failed(self, provider: str, now: datetime, detail: str) -> None:
        """Count nothing."""

    def answered(self, provider: str) -> None:
        """Know nothing to forget."""
