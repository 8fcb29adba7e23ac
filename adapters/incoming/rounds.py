"""The clerk's rounds: look into the mailbox, apply what came in, and who is to be woken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy import Engine

from activities.inbound.processor import InboundProcessor, ProcessedRound
from activities.ports.clock import Clock
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.types import Task
from adapters.config.settings import Settings
from adapters.config.tokens import Tokens
from adapters.incoming.email.imap_poll import ImapPoll, MailboxError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.inbound.inbox import SqlInbox
from adapters.ledger.inbound.incoming import forget_strangers
from adapters.ledger.outbound.unheard import unheard
from adapters.ledger.tasks.desk import put_task
from domain.parties.people import EMAIL, SMS

_AGAIN = 5.0
"""Seconds after which a busy account is asked again."""

Beat = Callable[..., None]
"""Says that whoever works is alive."""

log = structlog.get_logger("amicable.incoming")


LOOK = "do its reports still reach the gateway?"


def reporting(settings: Settings) -> tuple[str, ...]:
    """The channels whose provider reports to us, as far as the settings say."""
    mail = settings.email.provider == "sendgrid" and settings.sendgrid.event_key
    public = settings.twilio.public_url or settings.api.public_url
    texts = settings.sms.provider == "twilio" and public
    found = (EMAIL if mail and settings.live else "", SMS if texts and settings.live else "")
    return tuple(filter(None, found))


class InboundRounds:
    """What is done now and then about everything that comes back; rounds never overlap here."""

    def __init__(
        self, engine: Engine, settings: Settings, clock: Clock, points: Failpoint = no_failpoints
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._woken: list[str] = []
        tokens = Tokens(settings.replies.secrets)
        self._mailbox = ImapPoll(engine, settings.imap, tokens, clock)
        self._clerk = InboundProcessor(
            SqlLedger(engine), SqlInbox(engine), clock, self._woken.extend, points
        )
        self._one_at_a_time = threading.Lock()
        self._reporting = reporting(settings)

    @property
    def steps(self) -> tuple[tuple[str, Callable[[Beat], Sequence[str]]], ...]:
        """What one look consists of, by name; each answers the cases that should be woken."""
        return (
            ("mailbox", self._fetched),
            ("incoming", self._applied_alone),
            ("strangers", self._strangers_forgotten),
            ("silence", self._silence_asked_about),
        )

    def look_in(self, beat: Beat = lambda *_: None) -> list[str]:
        """Fetch the mail and apply all that waits; answers the cases that should be woken."""
        return [case for _, step in self.steps for case in step(beat)]

    def apply(self) -> tuple[ProcessedRound, list[str]]:
        """Apply all that waits, and leave the mailbox alone."""
        with self._one_at_a_time:
            return self._applied(lambda *_: None)

    def _applied(self, beat: Beat) -> tuple[ProcessedRound, list[str]]:
        self._woken.clear()
        done = self._clerk.round(beat)
        return done, list(dict.fromkeys(self._woken))

    def _applied_alone(self, beat: Beat) -> Sequence[str]:
        with self._one_at_a_time:
            return self._applied(beat)[1]

    def _strangers_forgotten(self, _: Beat) -> Sequence[str]:
        forget_strangers(self._engine)
        return ()

    def _silence_asked_about(self, _: Beat) -> Sequence[str]:
        """Lost reports are lost bounces: a person looks whether they still reach us (row 16)."""
        count = unheard(self._engine, self._reporting) if self._reporting else 0
        if count:
            key = f"unheard/{self._clock().date()}"
            title = f"{count} messages have no word from their provider for days: {LOOK}"
            put_task(self._engine, Task(key=key, kind="question", case="", title=title))
        return ()

    def _fetched(self, _: Beat) -> Sequence[str]:
        with self._one_at_a_time:
            try:
                self._mailbox.round()
            except MailboxError as error:
                log.warning("mailbox", error=str(error))
                key = f"mailbox/{self._clock().date()}"
                task = Task(key=key, kind="question", case="", title=str(error))
                put_task(self._engine, task)
        return ()


class WakeUp:
    """Has the clerk apply what has just come in, at once, beside whoever took it in.

    Rung many times while the clerk is at work, it has the clerk look in once more.
    """

    def __init__(self, rounds: InboundRounds, wake: Callable[[Sequence[str]], None]) -> None:
        self._rounds = rounds
        self._wake = wake
        self._rung = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="clerk", daemon=True)
        self._thread.start()

    def ring(self) -> None:
        """There is work."""
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
                log.warning("clerk", error=type(error).__name__)
            else:
                self._once_more(done)

    def _once_more(self, done: ProcessedRound) -> None:
        """Some accounts were busy: their senders are done in a moment."""
        if done.busy:
            self._rung.wait(_AGAIN)
            self._rung.set()
