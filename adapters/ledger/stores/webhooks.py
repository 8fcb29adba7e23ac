"""Endpoints in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from activities.ports.events import Endpoint, Place
from adapters.ledger.webhooks import endpoints


class SqlEndpointStore:
    """Where other systems listen, and how their queues stand."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, new: Endpoint) -> bool:
        """Add an endpoint, or change it and switch it on again; answers whether it is new."""
        return endpoints.put_endpoint(self._engine, new)

    def drop(self, place: Place) -> bool:
        """Forget an endpoint and its queue; False if there is none."""
        return endpoints.drop_endpoint(self._engine, place)

    def endpoints(self, creditor: str) -> tuple[Endpoint, ...]:
        """List all endpoints, or one creditor's."""
        return endpoints.endpoints(self._engine, creditor)

    def backlog(self, place: Place) -> dict[str, int]:
        """Count the deliveries of an endpoint by where they stand."""
        return endpoints.backlog(self._engine, place)

    def again(self, place: Place, since: datetime | None) -> int:
        """Try at once what was not taken, and all that was recorded since an instant."""
        return endpoints.again(self._engine, place, since)
