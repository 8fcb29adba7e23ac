"""Small stand-ins for the world: they remember what was done to them and do what they are told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.ports.clock import StaleLookError
from activities.ports.types import Dossier, Envelope, Found, Receipt, Sent


@dataclass(frozen=True)
class Outcome:
    """What a fake provider does with a message: the receipt, and whether it took it."""

    receipt: Receipt
    taken: bool = False


ACCEPT = Outcome(Receipt(sent=Sent.ACCEPTED, provider_id="fake-1"), taken=True)
REJECT = Outcome(Receipt(sent=Sent.REJECTED, detail="no such mailbox", bad_point=True))
OPT_OUT = Outcome(Receipt(sent=Sent.REJECTED, detail="answered STOP", opted_out=True))
BUSY = Outcome(Receipt(sent=Sent.NOT_SENT, detail="busy", retry_after=timedelta(minutes=20)))
DOWN = Outcome(Receipt(sent=Sent.NOT_SENT, detail="bad key", channel_down=True))
LOST_BUT_TAKEN = Outcome(Receipt(sent=Sent.UNKNOWN, detail="time-out"), taken=True)
LOST_AND_GONE = Outcome(Receipt(sent=Sent.UNKNOWN, detail="time-out"))


class FakeChannel:
    """A provider that accepts, unless told otherwise for its next calls.

    Attributes:
        calls: every envelope it was handed.
        taken: those that the debtor gets; the same id twice is two messages.
        blind: its search cannot tell anything.
    """

    def __init__(
        self,
        name: str = "email",
        *,
        provider: str = "fake",
        index_lag: timedelta = timedelta(0),
        complete_after: timedelta | None = None,
    ) -> None:
        self.name = name
        self.provider = provider
        self.index_lag = index_lag
        self.complete_after = complete_after
        self.blind = False
        self.calls: list[Envelope] = []
        self.taken: list[Envelope] = []
        self._script: deque[Outcome] = deque()

    def will(self, *outcomes: Outcome) -> FakeChannel:
        """Say what comes of the next calls, one by one; after them it accepts again."""
        self._script.extend(outcomes)
        return self

    def send(self, envelope: Envelope) -> Receipt:
        """Do what the script says."""
        self.calls.append(envelope)
        try:
            if envelope.look:
                envelope.look.must_hold()
        except StaleLookError:
            return Receipt(sent=Sent.STALE)
        outcome = self._script.popleft() if self._script else ACCEPT
        if outcome.taken:
            self.taken.append(envelope)
        return outcome.receipt

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Tell from what was taken."""
        if self.blind:
            return Found.CANNOT_TELL
        return Found.YES if envelope.id in {taken.id for taken in self.taken} else Found.NO


class FakeAgency:
    """An agency that takes every file, the same id once."""

    def __init__(self) -> None:
        self.got: dict[str, Dossier] = {}
        self._script: deque[Receipt] = deque()

    def will(self, *receipts: Receipt) -> FakeAgency:
        """Say what comes of the next deliveries."""
        self._script.extend(receipts)
        return self

    def deliver(self, dossier: Dossier) -> Receipt:
        """Keep the file, unless the script says that it was not taken."""
        try:
            if dossier.look:
                dossier.look.must_hold()
        except StaleLookError:
            return Receipt(sent=Sent.STALE)
        receipt = self._script.popleft() if self._script else Receipt(sent=Sent.ACCEPTED)
        if receipt.sent in {Sent.ACCEPTED, Sent.UNKNOWN}:
            self.got.setdefault(dossier.id, dossier)
        return receipt
