"""Where other systems listen: a creditor's endpoints, and how their queues stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from activities.ports.events import DomainEvent, Endpoint, Place


class EndpointStore(Protocol):
    """The endpoints of all creditors, and the queue of deliveries to them."""

    def put(self, new: Endpoint) -> bool:
        """Add an endpoint, or change it and switch it on again; answers whether it is new."""
        ...

    def drop(self, place: Place) -> bool:
        """Forget an endpoint and its queue; False if there is none."""
        ...

    def endpoints(self, creditor: str) -> tuple[Endpoint, ...]:
        """List all endpoints, or one creditor's."""
        ...

    def backlog(self, place: Place) -> dict[str, int]:
        """Count the deliveries of an endpoint by where they stand."""
        ...

    def again(self, place: Place, since: datetime | None) -> int:
        """Try at once what was not taken, and all that was recorded since an instant."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedOut:
    """What an endpoint answered to an event that only tries it out."""

    taken: bool
    status: int
    detail: str


class WebhookLine(Protocol):
    """The signed connection to endpoints."""

    def refuse(self, url: str) -> None:
        """Make sure that an address may be called.

        Raises:
            DomainError: in words, with the address.
        """
        ...

    def secret(self, creditor: str) -> str:
        """Derive the secret with which a creditor's endpoints check our signatures."""
        ...

    def try_out(self, event: DomainEvent, url: str) -> TriedOut:
        """Post one signed event now."""
        ...
