"""The service for webhooks: which other systems are told what happens, and how that goes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from activities.ports.clock import Clock
from activities.ports.events import EVENT_TYPES, DomainEvent, Endpoint
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.webhooks import EndpointStore, TriedOut, WebhookLine
from activities.services.creditors import CreditorService
from domain.errors import DomainError

_SHORT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointState:
    """An endpoint with how many events wait for it, were delivered or given up."""

    endpoint: Endpoint
    pending: int
    delivered: int
    given_up: int


class WebhookService:
    """Keeps the endpoints of other systems, tries them out, and retries deliveries."""

    def __init__(
        self, endpoints: EndpointStore, creditors: CreditorService, line: WebhookLine, clock: Clock
    ) -> None:
        self._endpoints = endpoints
        self._creditors = creditors
        self._line = line
        self._clock = clock

    def add(self, creditor: str, name: str, url: str, kinds: Sequence[str]) -> EndpointState:
        """Tell another system of a creditor's events from now on; again, to change it.

        Raises:
            DomainError: naming the field that cannot be right.
            NotKnownError: if nothing is known of the creditor.
        """
        self._check(name, url, kinds)
        self._line.secret(creditor)
        if not self._creditors.is_known(creditor):
            raise NotKnownError(Sought.CREDITOR, f"there is no creditor {creditor}")
        wanted = tuple(dict.fromkeys(kinds))
        self._endpoints.put(Endpoint(creditor=creditor, name=name, url=url, kinds=wanted))
        return self._state(self._found(creditor, name))

    def list(self, creditor: str = "") -> tuple[EndpointState, ...]:
        """List all endpoints, or one creditor's, with how their queues stand."""
        return tuple(self._state(one) for one in self._endpoints.endpoints(creditor))

    def remove(self, creditor: str, name: str) -> None:
        """Tell an endpoint nothing more, and forget what still waited for it.

        Raises:
            NotKnownError: if there is none.
        """
        self._endpoints.drop(self._found(creditor, name).place)

    def secret(self, creditor: str) -> str:
        """Show the secret with which a creditor's endpoints check our signatures."""
        return self._line.secret(creditor)

    def try_out(self, creditor: str, name: str) -> TriedOut:
        """Post one signed event of the type webhook.test now.

        Raises:
            NotKnownError: if there is no such endpoint.
        """
        found = self._found(creditor, name)
        self._line.secret(creditor)
        event = DomainEvent(
            id=f"webhook.test/{creditor}/{secrets.token_hex(8)}",
            kind="webhook.test",
            creditor=creditor,
            customer="",
            at=self._clock(),
        )
        return self._line.try_out(event, found.url)

    def retry(self, creditor: str, name: str, since: datetime | None) -> int:
        """Try at once what an endpoint did not take; answers how many events.

        With an instant also what was recorded since and not sent.

        Raises:
            NotKnownError: if there is no such endpoint.
        """
        return self._endpoints.again(self._found(creditor, name).place, since)

    def _check(self, name: str, url: str, kinds: Sequence[str]) -> None:
        if not _SHORT_NAME.fullmatch(name):
            words = f"{name!r} is no short name; write letters and digits, such as billing"
            raise DomainError(words, field="name")
        unknown = [kind for kind in kinds if kind not in EVENT_TYPES]
        if unknown:
            words = f"{unknown[0]} is not known; the kinds are {', '.join(EVENT_TYPES)}"
            raise DomainError(words, field="kinds")
        self._line.refuse(url)

    def _found(self, creditor: str, name: str) -> Endpoint:
        for one in self._endpoints.endpoints(creditor):
            if one.name == name:
                return one
        raise NotKnownError(Sought.ENDPOINT, f"{creditor} has no webhook {name}")

    def _state(self, one: Endpoint) -> EndpointState:
        counts = self._endpoints.backlog(one.place)
        states = ("pending", "delivered", "given_up")
        return EndpointState(endpoint=one, **{state: counts.get(state, 0) for state in states})
