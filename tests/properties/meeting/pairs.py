"""Every kind of message after every other, before and after each step of a ladder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from domain.case.model import Message
from domain.message_types import MessageType
from domain.policy.model import Policy
from tests.properties.homes import Home, Word
from tests.properties.households import Street

TERM = 14
"""Days from the invoice's day, the fifth of January, to its due date."""

LETTER = "polite"
"""The ladder's first letter after the due date."""

HOURS_AFTER_A_STEP = 20
APART = 26
"""Hours between the two messages: the next day, when what the first one brings has been done."""

AMOUNTS = {
    MessageType.PAYMENT: "400.00",
    MessageType.PAYMENT_REVERSED: "400.00",
    MessageType.CREDIT_NOTE: "250.00",
    MessageType.REFUND: "400.00",
    MessageType.SETTLEMENT: "900.00",
    MessageType.INVOICE_CORRECTED: "1200.00",
    MessageType.DISPUTE_OPENED: "250.00",
}
REASONS = {
    MessageType.DISPUTE_OPENED: "price",
    MessageType.DISPUTE_SETTLED: "for_us",
    MessageType.LETTER_CORRECTED: "sent",
    MessageType.CALL_RESULT: "reached",
}


@dataclass(frozen=True)
class Pair:
    """Two messages and where they fall.

    Attributes:
        at: hours after the invoice's day.
        others: further messages after them, for triples.
    """

    first: MessageType
    second: MessageType
    at: int
    others: tuple[MessageType, ...] = ()

    def __str__(self) -> str:
        said = ", ".join(kind.value for kind in (self.first, self.second, *self.others))
        return f"{said} from hour {self.at}"


def hours_of_steps(policy: Policy) -> tuple[int, ...]:
    """Before the first step and shortly after each of a silent life, the handoff among them."""
    street = Street(_home(policy, ()))
    (life,) = street.lives
    steps = dict.fromkeys(
        int((deed.at - street.start).total_seconds()) // 3600
        for deed in life.deeds[:LAST_LOOKED_AT]
    )
    return (1, *(hour + HOURS_AFTER_A_STEP for hour in steps))


LAST_LOOKED_AT = 11
"""A silent life goes on with reviews for years; they are all alike."""


def pairs(policy: Policy, first: MessageType) -> Iterator[Pair]:
    """All pairs that begin with a message, at every place of a policy's ladder."""
    for at, second in product(hours_of_steps(policy), MessageType):
        yield Pair(first, second, at)


def triples(policy: Policy, first: MessageType) -> Iterator[Pair]:
    """All triples that begin with a message: before the due date, in the ladder, after it."""
    hours = hours_of_steps(policy)
    for at, second, third in product((hours[1], hours[7], hours[9]), MessageType, MessageType):
        yield Pair(first, second, at, (third,))


class _Naming(Street):
    """A street in which what names a letter names one that the ladder has."""

    def _message(self, key: str, at: datetime, word: Word) -> Message:
        """Name the letter that was wrong, or was sent elsewhere two days ago."""
        message = super()._message(key, at, word)
        if word.kind not in (MessageType.LETTER_CORRECTED, MessageType.REMINDED_ELSEWHERE):
            return message
        before = self.calendar.local_date(at) - timedelta(days=2)
        day = max(before, self.lives[0].invoice.issued)
        return replace(message, ref=LETTER, day=day, reason=word.reason)


def play(policy: Policy, pair: Pair) -> Street:
    """Live through a pair to the end."""
    kinds = (pair.first, pair.second, *pair.others)
    words = tuple(_word(kind, APART if n else pair.at) for n, kind in enumerate(kinds))
    return _Naming(_home(policy, words))


def accepted_in(street: Street) -> set[MessageType]:
    """List the kinds of messages that were not refused in a life."""
    (life,) = street.lives
    refused = life.state.folded.refused
    return {one.kind for one in life.state.messages if one.key not in refused}


def silent(policy: Policy) -> Home:
    """A customer of whom nothing is ever heard."""
    return _home(policy, ())


def _home(policy: Policy, words: tuple[Word, ...]) -> Home:
    return Home(
        policy=policy, dues=((0, TERM, False),), reach=frozenset({"email", "sms"}), words=words
    )


def _word(kind: MessageType, hours: int) -> Word:
    return Word(
        hours=hours,
        invoice=0,
        kind=kind,
        amount=AMOUNTS.get(kind, ""),
        days=10,
        reason=REASONS.get(kind, ""),
        schedule="2 weekly",
        approved=False,
        lag=0,
        flag="",
    )
