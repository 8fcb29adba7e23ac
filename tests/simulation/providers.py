"""Providers and an agency that do whatever providers do: accept, refuse, lose, and answer late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.ports.clock import StaleLookError
from activities.ports.incoming import ReportKind
from activities.ports.types import Dossier, Envelope, Found, Receipt, Sent
from tests.simulation.ledger import cut_off, step
from tests.simulation.processes import Work, here
from tests.simulation.stage import FAIR, ROUGH, Broken, Stage


@dataclass(frozen=True)
class Answer:
    """How a provider treats one message.

    Attributes:
        takes: whether the customer gets it.
        weight: how often this happens among others.
    """

    sent: Sent
    takes: bool
    weight: int
    retry_after: timedelta | None = None
    bad_point: bool = False
    opted_out: bool = False
    channel_down: bool = False


ANSWERS = (
    Answer(Sent.ACCEPTED, takes=True, weight=300),
    Answer(Sent.UNKNOWN, takes=True, weight=12),  # time-out after it was taken
    Answer(Sent.UNKNOWN, takes=False, weight=12),  # 500, a reset, a page of a proxy
    Answer(Sent.NOT_SENT, takes=False, weight=8),  # 429
    Answer(Sent.NOT_SENT, takes=False, weight=8, retry_after=timedelta(minutes=20)),
    Answer(Sent.NOT_SENT, takes=False, weight=1, channel_down=True),
    Answer(Sent.REJECTED, takes=False, weight=4, bad_point=True),
    Answer(Sent.REJECTED, takes=False, weight=2, opted_out=True),
    Answer(Sent.REJECTED, takes=False, weight=2),
)
_WEIGHTS = {
    FAIR: [one.weight for one in ANSWERS],
    ROUGH: [ANSWERS[0].weight // 6, *(one.weight for one in ANSWERS[1:])],
}
_OF_THE_AGENCY = (Sent.UNKNOWN, Sent.UNKNOWN, Sent.NOT_SENT, Sent.REJECTED)
STANDS_FOR = timedelta(seconds=4000)
"""Longer than it takes to find out that a message never left, where that can be found out."""

_BAD_HOUR = timedelta(minutes=50)


@dataclass(frozen=True)
class Style:
    """What a provider's own search knows, and when."""

    provider: str
    index_lag: timedelta
    complete_after: timedelta | None
    blind: bool = False


STYLES = {
    "email": (
        Style("sendgrid", timedelta(minutes=1), None),
        Style("sendgrid", timedelta(minutes=1), timedelta(minutes=30)),
        Style("smtp", timedelta(minutes=1), None, blind=True),
        Style("outbox", timedelta(), timedelta()),
    ),
    "sms": (Style("twilio", timedelta(seconds=10), timedelta(minutes=15)),),
}


class SimulatedChannel:
    """One provider on one channel; it forgets nothing, and takes the same message twice.

    Attributes:
        taken: how often each message was taken, by our id.
        before: called with each message that arrives here, before anything is answered.
        after: called with each message that was taken.
        busy: called with each message that shall come again later.
    """

    def __init__(self, stage: Stage, name: str) -> None:
        style = stage.dice.choice(STYLES[name])
        self.name, self.provider = name, style.provider
        self.index_lag, self.complete_after = style.index_lag, style.complete_after
        self.taken = Counter[str]()
        self.before: Callable[[Envelope], None] = lambda _: None
        self.after: Callable[[Envelope], None] = lambda _: None
        self.busy: Callable[[Envelope], None] = lambda _: None
        self.calls = Counter[str]()
        self._stage, self._blind = stage, style.blind
        self._taken_at: dict[str, datetime] = {}
        self._not_before: dict[str, datetime] = {}
        self._standing: dict[str, Work] = {}
        self._bad_until = stage.now

    def send(self, envelope: Envelope) -> Receipt:
        """Take a message or not, and tell the truth or nothing."""
        self._pass("is called")
        self._stand_still(envelope.id)
        try:
            if envelope.look:
                envelope.look.must_hold()
        except StaleLookError:
            self.calls["stale"] += 1
            return Receipt(sent=Sent.STALE)
        self.before(envelope)
        if self._stage.now < self._not_before.get(envelope.id, self._stage.now):
            raise Broken(f"{envelope.id}: {self.provider} was busy, and is called before its time")
        answer = self._answer(envelope.id)
        if answer.retry_after:
            self._not_before[envelope.id] = self._stage.now + answer.retry_after
            self.busy(envelope)
        self.calls[f"{answer.sent.value}{' (taken)' if answer.takes else ''}"] += 1
        if answer.takes:
            self.taken[envelope.id] += 1
            self._taken_at[envelope.id] = self._stage.now
            self.after(envelope)
        self._pass("answers")
        return Receipt(
            sent=answer.sent,
            provider_id=f"p-{envelope.id}" if answer.sent is Sent.ACCEPTED else "",
            detail=answer.sent.value,
            retry_after=answer.retry_after,
            bad_point=answer.bad_point,
            opted_out=answer.opted_out,
            channel_down=answer.channel_down,
        )

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Tell what its search knows: late, and nothing at all where it is blind."""
        self._pass("is asked")
        if self._blind or self._stage.chance(8):
            return Found.CANNOT_TELL
        at = self._taken_at.get(envelope.id)
        knows = at is not None and self._stage.now >= at + self.index_lag / 2
        return Found.YES if knows else Found.NO

    def _stand_still(self, ident: str) -> None:
        """Let who calls stand still with the message in hand, until another has taken over."""
        work = here()
        if work is None or not self._stage.chance(40):
            return
        self._stage.note(work.name, "stands still at the last byte")
        cut_off(work)
        self._standing[ident] = work
        try:
            work.pause(STANDS_FOR)
        finally:
            del self._standing[ident]

    def _pass(self, what: str) -> None:
        if work := here():
            step(work, f"{self.provider} {what}")

    def _answer(self, ident: str) -> Answer:
        stage = self._stage
        if ident in self._standing and stage.faulty:
            # Whoever stood still with it goes on before anybody finds out what became of it now.
            stage.after(timedelta(seconds=5), self._standing[ident].wake_up)
            return ANSWERS[1]
        if stage.now < self._bad_until and stage.faulty:
            return stage.dice.choice(ANSWERS[1:4])
        if stage.chance(400):
            self._bad_until = stage.now + _BAD_HOUR
        if not stage.faulty:
            return ANSWERS[0]
        return stage.dice.choices(ANSWERS, _WEIGHTS[stage.weather])[0]


class SimulatedAgency:
    """An agency that takes the same file under the same id once, and sometimes does not answer.

    Attributes:
        got: what it was told, by our ids.
        before: called with each file that arrives here.
    """

    def __init__(self, stage: Stage) -> None:
        self.got: dict[str, Dossier] = {}
        self.before: Callable[[Dossier], None] = lambda _: None
        self._stage = stage

    def deliver(self, dossier: Dossier) -> Receipt:
        """Keep the file, or not."""
        if work := here():
            step(work, "the agency is called")
        try:
            if dossier.look:
                dossier.look.must_hold()
        except StaleLookError:
            return Receipt(sent=Sent.STALE)
        self.before(dossier)
        sent = self._stage.dice.choice(_OF_THE_AGENCY) if self._stage.chance(6) else Sent.ACCEPTED
        if sent is Sent.ACCEPTED or (sent is Sent.UNKNOWN and self._stage.dice.random() < 0.5):
            self.got.setdefault(dossier.id, dossier)
        if work:
            step(work, "the agency answers")
        return Receipt(sent=sent, detail=sent.value)


REPORTS = (
    (ReportKind.DELIVERED, 30),
    (ReportKind.OPENED, 12),
    (ReportKind.CLICKED, 4),
    (ReportKind.DEFERRED, 3),
    (ReportKind.BOUNCED, 3),
    (ReportKind.FAILED, 3),
    (ReportKind.COMPLAINED, 1),
    (ReportKind.OPTED_OUT, 1),
    (ReportKind.CONFIRMED, 3),
)
"""What a provider may report about a message that it took, and how often."""
