"""Whatever can be read is lived through: no word stops a case later, when it is decided on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.calendar import Calendar
from domain.case.model import Message
from domain.errors import DomainError
from domain.intake.known_words import refuse_unknown_words
from domain.intake.limits import read_object
from domain.intake.reading import PLAN_KINDS, ReadingGround, read_message
from domain.message_types import MessageType
from tests.properties.homes import STANDARD, Word
from tests.properties.households import Street
from tests.properties.meeting.pairs import AMOUNTS, REASONS, silent

DAYS = (
    *("1900-01-01", "2025-06-01", "2026-01-04", "2026-02-28", "2026-03-30", "2027-01-01"),
    *("2050-12-31", "2051-01-01", "2100-01-01", "2199-12-31"),
)
SUMS: tuple[Any, ...] = (
    *("0", "-0.01", "0.01", "1000.00", "1000.01", "9999999999999.99", "10000000000000.00"),
    *("1e5", "NaN", "-Infinity", "9" * 30, "\uff11\uff12.00", 12, 10**12),
)
INSTANTS = (
    *("1900-01-01T00:00:00Z", "1900-01-01T00:00:00+14:00", "2026-01-10T10:00:00+23:59"),
    *("2026-01-10T10:00:00", "2026-01-10", "2199-01-01T00:00:00Z", 1767225600),
)
WORDS: tuple[Any, ...] = (
    *("hardship", "paid_claim", "refused", "wrong_number", "split", "for_us", "for_customer"),
    *("needs_info", "returned", "closed", "bounced", "opted_out", "replied", "costs", "2 weekly"),
    *("999 weekly", "plan-b", "x" * 2000, "\u202e", "²", "\x1b[31m", [1], {"x": {}}, 0, 10**400),
)
PLANS: tuple[dict[str, Any], ...] = (
    {"every": "week", "count": 2},
    {"every": "month", "count": "\u0663"},
    {"every": "week", "count": 10**30},
    {"instalments": [{"date": day, "amount": "500.00"} for day in ("2026-03-10", "2199-12-31")]},
    {"instalments": [{"date": "1900-01-01", "amount": "0"}, {"date": "2026-03-10", "amount": "1"}]},
)
BERLIN = Calendar("Europe/Berlin", country="DE")
HEARD_AT = datetime(2026, 2, 14, 10, tzinfo=UTC)
"""In the middle of the ladder."""


class OddStreet(Street):
    """A silent customer, but for one message."""

    def __init__(self, said: Message) -> None:
        self.said = said
        nothing = Word(
            hours=0, invoice=0, kind=said.kind, amount="", days=None, reason="", schedule="",
            approved=False, lag=0, flag="",
        )  # fmt: skip
        super().__init__(replace(silent(STANDARD), words=(nothing,)))

    def _tell(self, number: int, at: datetime, word: Word) -> None:
        self._expect(self.lives[0], HEARD_AT, self.said)


def read_from(kind: MessageType, body: dict[str, Any]) -> Message | None:
    """What a stranger wrote as a message; None if it is refused in words."""
    ground = ReadingGround(BERLIN, "EUR")
    try:
        told = read_object(json.dumps(body))
        said = read_message(kind, told, key="m-0", heard_at=HEARD_AT, ground=ground)
        refuse_unknown_words(said, STANDARD)
    except (DomainError, ValueError):
        return None
    return said


def odd_bodies(kind: MessageType) -> Iterator[dict[str, Any]]:
    """What may be said of a kind, with one odd word in it."""
    least: dict[str, Any] = {"reason": REASONS.get(kind, "")}
    right = least | {"amount": AMOUNTS.get(kind, "")}
    for body in (least, right):
        yield from (body | {"date": day} for day in DAYS)
    yield from ({"amount": amount} for amount in SUMS)
    yield from (right | {"at": at} for at in INSTANTS)
    for name in ("reason", "ref", "channel"):
        yield from (right | {name: word} for word in WORDS)
    if kind in PLAN_KINDS:
        yield from PLANS


@pytest.mark.parametrize("kind", MessageType)
def test_what_was_read_never_stops_a_case(kind: MessageType) -> None:
    said = [said for body in odd_bodies(kind) if (said := read_from(kind, body))]
    for message in said:
        (life,) = OddStreet(message).lives
        assert life.decided or life.case.closed

    assert said, "some of it can be read"
