"""Rounds over what came back: fetch the mail, apply what waits, and say which cases to wake."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog

from activities.inbound.model_readings import ModelReadings
from activities.inbound.processor import InboundProcessor, ProcessedRound
from activities.ports.clock import Clock
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.incoming_ports import Inbox, Mailbox, MailboxError
from activities.ports.ports import Ledger
from activities.ports.types import Task
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_AGAIN = 5.0
"""Seconds after which a busy account is tried again."""

Heartbeat = Callable[..., None]
"""Says that whoever works is alive."""

_log = structlog.get_logger("amicable.incoming")

LOOK = "do its reports still reach the gateway?"


class InboundRounds:
    """Fetches and applies everything that came back; the rounds of one process never overlap."""

    def __init__(  # noqa: PLR0913 - the parts of a round
        self,
        ledger: Ledger,
        inbox: Inbox,
        mailbox: Mailbox,
        clock: Clock,
        *,
        points: Failpoint = no_failpoints,
        reporting: Sequence[str] = (),
        readings: ModelReadings | None = None,
    ) -> None:
        """Take the parts; ``reporting`` names the channels whose providers report to us."""
        self._readings = readings
        self._inbox = inbox
        self._mailbox = mailbox
        self._clock = clock
        self._woken: list[str] = []
        self._processor = InboundProcessor(ledger, inbox, clock, self._woken.extend, points)
        self._one_at_a_time = threading.Lock()
        self._reporting = tuple(reporting)

    @property
    def steps(self) -> tuple[tuple[str, Callable[[Heartbeat], Sequence[str]]], ...]:
        """What one look consists of, by name; each answers the cases that should be woken."""
        return (
            ("mailbox", self._fetched),
            ("incoming", self._applied_alone),
            ("readings", self._read_by_model),
            ("strangers", self._strangers_forgotten),
            ("silence", self._silence_asked_about),
        )

    def look_in(self, beat: Heartbeat = lambda *_: None) -> list[str]:
        """Fetch the mail and apply all that waits; answers the cases that should be woken."""
        return [case for _, step in self.steps for case in step(beat)]

    def apply(self) -> tuple[ProcessedRound, list[str]]:
        """Apply all that waits, and leave the mailbox alone."""
        with self._one_at_a_time:
            return self._applied(lambda *_: None)

    def _applied(self, beat: Heartbeat) -> tuple[ProcessedRound, list[str]]:
        self._woken.clear()
        done = self._processor.round(beat)
        return done, list(dict.fromkeys(self._woken))

    def _applied_alone(self, beat: Heartbeat) -> Sequence[str]:
        with self._one_at_a_time:
            return self._applied(beat)[1]

    def _read_by_model(self, beat: Heartbeat) -> Sequence[str]:
        """What a model reads only fills what is suggested: no case is woken by it."""
        if self._readings:
            self._readings.round(beat)
        return ()

    def _strangers_forgotten(self, _: Heartbeat) -> Sequence[str]:
        self._inbox.forget_strangers()
        return ()

    def _silence_asked_about(self, _: Heartbeat) -> Sequence[str]:
        """Lost reports are lost bounces: a person looks whether they still reach us (row 16)."""
        count = self._inbox.unheard(self._reporting) if self._reporting else 0
        if count:
            key = str(TaskKey.of(TaskTopic.UNHEARD, self._clock().date()))
            title = f"{count} messages have no word from their provider for days: {LOOK}"
            self._ask(key, title)
        return ()

    def _fetched(self, _: Heartbeat) -> Sequence[str]:
        with self._one_at_a_time:
            try:
                self._mailbox.round()
            except MailboxError as error:
                _log.warning("mailbox", error=str(error))
                key = str(TaskKey.of(TaskTopic.MAILBOX, self._clock().date()))
                self._ask(key, str(error))
        return ()

    def _ask(self, key: str, title: str) -> None:
        self._inbox.complain(Task(key=key, kind=TaskKind.QUESTION, case="", title=title))


class WakeUp:
    """Applies what has just come in, in a thread of its own beside the one that took it in.

    Rung many times while a round runs, it runs one more.
    """

    def __init__(self, rounds: InboundRounds, wake: Callable[[Sequence[str]], None]) -> None:
        self._rounds = rounds
        self._wake = wake
        self._rung = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="inbound", daemon=True)
        self._thread.start()

    def ring(self) -> None:
        """Ask for a round."""
        self._rung.set()

    def close(self) -> None:
        """Let the round that runs end, and begin no other."""
        self._closed = True
        self._rung.set()
        self._thread.join()

    def _work(self) -> None:
        while self._rung.wait() and not self._closed:
            self._rung.clear()
            try:
                done, cases = self._rounds.apply()
                if cases:
                    self._wake(cases)
            except Exception as error:  # noqa: BLE001 - the reconciler's round does it all again
                _log.warning("not applied", error=type(error).__name__)
            else:
                self._once_more(done)

    def _once_more(self, done: ProcessedRound) -> None:
        """Some accounts were busy: their senders are done in a moment."""
        if done.busy:
            self._rung.wait(_AGAIN)
            self._rung.set()
