"""Stand-ins of a rehearsal for providers and agency: everything arrives, nothing leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from activities.ports.letter_data import Letter, LetterData
from activities.ports.types import Dossier, Envelope, Found, Receipt, Sent


class SilentChannel:
    """Takes every message and sends none."""

    provider = "rehearsal"
    index_lag = timedelta()
    complete_after: timedelta | None = timedelta()

    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, envelope: Envelope) -> Receipt:
        """Accept a message and send nothing."""
        return Receipt(sent=Sent.ACCEPTED, provider_id=envelope.id)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Answer that nothing is ever in flight here."""
        return Found.NO


class SilentAgency:
    """Takes every case and tells nobody."""

    def deliver(self, dossier: Dossier) -> Receipt:
        """Accept a delivery and tell nobody."""
        return Receipt(sent=Sent.ACCEPTED, provider_id=dossier.id)


class NoWords:
    """Letters without words: a rehearsal is about steps and instants."""

    def write(self, data: LetterData) -> Letter:
        """Write an empty letter."""
        return Letter(subject=data.step, text=data.step)
