"""Lets a model read answers beside the rules; it fills what is suggested, and never acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from activities.inbound.suggestions import reading_lines, suggested_acts
from activities.ports.clock import Clock
from activities.ports.model.reading import (
    ModelDownError,
    ReadingState,
    ReadingStore,
    ReplyReader,
    WaitingReply,
)
from domain.calendar import zone
from domain.contact.breaker import WORKING
from domain.intake.blanking import without_contact
from domain.intake.reply_meaning import ReplyMeaning, resting_on
from domain.intake.reply_rules import read_reply

MOST_READ_AT_ONCE = 20
"""Answers of one round: the round has other parts."""

_log = structlog.get_logger("amicable.model")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBounds:
    """Whose answers a model may read, and how many of each creditor in a day (UTC)."""

    creditors: tuple[str, ...]
    per_day: int


class ModelReadings:
    """Asks a model about answers on the desk; what it cannot prove by their words is dropped."""

    def __init__(
        self, reader: ReplyReader, store: ReadingStore, clock: Clock, bounds: ModelBounds
    ) -> None:
        self._reader = reader
        self._store = store
        self._clock = clock
        self._bounds = bounds
        self._breaker = WORKING

    def round(self, beat: Callable[..., None] = lambda *_: None) -> int:
        """Ask about what waits, as far as the budget and the model allow; answers how many."""
        read, spent = 0, set[str]()
        for reply in self._store.waiting(self._bounds.creditors, MOST_READ_AT_ONCE):
            beat()
            now = self._clock()
            if self._breaker.wait(now):
                break
            if reply.creditor in spent:
                continue
            if not self._store.spend(reply.creditor, now.date(), self._bounds.per_day):
                spent.add(reply.creditor)
                continue
            self._breaker = self._breaker.probing(now)
            read += self._safely(reply)
        return read

    def _safely(self, reply: WaitingReply) -> bool:
        """An answer that cannot be read by it holds up no other, and is not asked about again."""
        try:
            return self._asked(reply)
        except Exception as error:  # noqa: BLE001 - whatever it is, the rules' reading stands
            _log.warning("answer not read", error=type(error).__name__)
            self._store.settle(reply, ReadingState.NOTHING)
            return True

    def _asked(self, reply: WaitingReply) -> bool:
        today = reply.at.astimezone(zone(reply.zone or "UTC")).date()
        told = without_contact(reply.said)
        try:
            claims = self._reader.read(told, reply.currency, today)
        except ModelDownError as error:
            _log.warning("model gives no answer", error=str(error))
            self._breaker = self._breaker.failed(self._clock())
            return False
        self._breaker = WORKING
        proved = resting_on(reply.said, claims or (), today)
        if not proved:
            self._store.settle(reply, ReadingState.NOTHING)
            return True
        rules = read_reply(reply.said, reply.language, reply.currency, today)
        acts = suggested_acts(reply.case, reply.channel, together(rules, proved))
        lines = list(reading_lines(proved, "The model"))
        self._store.settle(reply, ReadingState.READ, acts, lines)
        return True


def together(
    rules: Sequence[ReplyMeaning], model: Sequence[ReplyMeaning]
) -> tuple[ReplyMeaning, ...]:
    """Put both readings together: what rules read stands first and as they read it."""
    known = {one.meaning for one in rules}
    return (*rules, *(one for one in model if one.meaning not in known))
