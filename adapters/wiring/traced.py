"""Traces what is handed to a provider: which channel and provider, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from activities.ports.ports import Channel
from activities.ports.types import Envelope, Found, Receipt
from adapters.runtime.tracing import is_tracing, span


class TracedChannel:
    """A channel whose calls are spans; the message itself is in none of them."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.name = channel.name
        self.provider = channel.provider
        self.index_lag: timedelta = channel.index_lag
        self.complete_after: timedelta | None = channel.complete_after

    def send(self, envelope: Envelope) -> Receipt:
        """Hand over, and say how it ended."""
        with span(f"send {self.name}", **self._who()) as traced:
            receipt = self._channel.send(envelope)
            if traced:
                traced.set_attribute("amicable.sent", str(receipt.sent))
            return receipt

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Ask the provider."""
        with span(f"look up {self.name}", **self._who()):
            return self._channel.look_up(envelope, since)

    def _who(self) -> dict[str, str]:
        return {"amicable.channel": self.name, "amicable.provider": self.provider}


def traced(channels: Mapping[str, Channel]) -> dict[str, Channel]:
    """Wrap each channel, where this process sends traces."""
    if not is_tracing():
        return dict(channels)
    return {name: TracedChannel(channel) for name, channel in channels.items()}
