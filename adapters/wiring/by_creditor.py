"""Sends each creditor's messages by its own account, where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from activities.ports.ports import Agency, Channel
from activities.ports.types import Dossier, Envelope, Found, Receipt


class ChannelByCreditor:
    """A channel with accounts of single creditors; all others use the installation's.

    All of them are of one provider, so that what is known of that provider holds for each.
    """

    def __init__(self, shared: Channel, own: Mapping[str, Channel]) -> None:
        self._shared, self._own = shared, dict(own)
        self.name = shared.name
        self.provider = shared.provider
        self.index_lag: timedelta = shared.index_lag
        self.complete_after: timedelta | None = shared.complete_after

    def send(self, envelope: Envelope) -> Receipt:
        """Hand the message to the provider, for its creditor's account."""
        return self._of(envelope).send(envelope)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Ask the account by which the message was sent."""
        return self._of(envelope).look_up(envelope, since)

    def _of(self, envelope: Envelope) -> Channel:
        return self._own.get(envelope.creditor, self._shared)


class AgencyByCreditor:
    """Agencies of single creditors; all others have the installation's."""

    def __init__(self, shared: Agency, own: Mapping[str, Agency]) -> None:
        self._shared, self._own = shared, dict(own)

    def deliver(self, dossier: Dossier) -> Receipt:
        """Hand over, update or recall a case at its creditor's agency."""
        return self._own.get(dossier.creditor.id, self._shared).deliver(dossier)
