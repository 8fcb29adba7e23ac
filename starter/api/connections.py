"""Connections of those who ask nothing: bounded in time and number, before any request is known."""

from __future__ import annotations

import resource
from collections import OrderedDict
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS_TO_ASK = 15
"""Until the headers of a request must be there; as long as an idle connection is kept."""

MOST_WAITING = 256
"""Connections at once whose request is not known yet; one more, and the oldest of them is closed.
"""

_FILES = 4096
"""Open files: connections, the ledger's, Temporal's, bodies on disk."""


class WaitingConnections:
    """The connections on which no request is being answered, the longest waiting first."""

    def __init__(self, most: int = MOST_WAITING, seconds: float = SECONDS_TO_ASK) -> None:
        self._most, self._seconds = most, seconds
        self._timers: OrderedDict[PatientProtocol, Any] = OrderedDict()

    def waits(self, connection: PatientProtocol) -> None:
        """Let it wait for so long from now; what it sends meanwhile gives it no more time."""
        if connection in self._timers:
            return
        self._timers[connection] = connection.loop.call_later(
            self._seconds, self._close, connection
        )
        if len(self._timers) > self._most:
            self._close(next(iter(self._timers)))

    def goes_on(self, connection: PatientProtocol) -> None:
        """It has asked, or is gone."""
        timer = self._timers.pop(connection, None)
        if timer:
            timer.cancel()

    def __len__(self) -> int:
        return len(self._timers)

    def _close(self, connection: PatientProtocol) -> None:
        self.goes_on(connection)
        connection.transport.abort()


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with bounds for whoever half asks.

    Uvicorn bounds only the pause after an answer: a connection that never asks, or sends a header
    a minute, would be kept for ever.
    """

    waiting: WaitingConnections

    def connection_made(self, transport: Any) -> None:
        """A connection: it has so long to ask."""
        super().connection_made(transport)
        self.waiting.waits(self)

    def data_received(self, data: bytes) -> None:
        """Bytes: a request begins, goes on, or is still not known."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Answered: the next request has so long, and so has the rest of this one."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        self.waiting.goes_on(self)
        super().connection_lost(exc)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self.waiting.goes_on(self)
        else:
            self.waiting.waits(self)


def patient_protocol() -> type[PatientProtocol]:
    """Make the protocol of one server, with connections of its own."""
    return type("GatewayProtocol", (PatientProtocol,), {"waiting": WaitingConnections()})


def allow_open_files() -> None:
    """Let this process open as many files as its bounds need, where the system lets it."""
    with suppress(ValueError, OSError):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < _FILES:
            most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
