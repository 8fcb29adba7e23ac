"""Stand-ins for the world of a rehearsal: all that can be reached is reached, nothing leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from activities.ports.letter_data import Letter, LetterData
from activities.ports.types import Dossier, Envelope, Found, Receipt, Sent


class SilentChannel:
    """Takes every message and sends none."""

    provider = "rehearsal"
    index_lag = timedelta()

    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, envelope: Envelope) -> Receipt:
        """Take it."""
        return Receipt(sent=Sent.ACCEPTED, provider_id=envelope.id)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Nothing is ever on the wire here."""
        return Found.NO


class SilentAgency:
    """Takes every case and tells nobody."""

    def deliver(self, dossier: Dossier) -> Receipt:
        """Take it."""
        return Receipt(sent=Sent.ACCEPTED, provider_id=dossier.id)


class NoWords:
    """A rehearsal is about steps and instants, not about words."""

    def write(self, data: LetterData) -> Letter:
        """An empty letter."""
        return Letter(subject=data.step, text=data.step)
