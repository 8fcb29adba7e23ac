"""Raw JSON in, a message or a clear refusal out: nothing is guessed, nothing is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.calendar import Calendar
from domain.case.model import Message
from domain.errors import RefusedError
from domain.intake.reading import LONGEST_TEXT, ReadingGround, message_key, read_kind, read_message
from domain.message_types import MessageType
from domain.money import Money

HEARD = datetime(2026, 2, 6, 10, tzinfo=UTC)
GROUND = ReadingGround(Calendar("Europe/Berlin", "DE"), "EUR")


def read(kind: str, **body: Any) -> Message:
    return read_message(kind, body, key="k", heard_at=HEARD, ground=GROUND)


def test_a_payment_is_read_with_its_value_date() -> None:
    message = read("payment", amount="119.00", date="2026-02-04", note="thanks")

    assert message == Message(
        key="k",
        kind=MessageType.PAYMENT,
        at=datetime(2026, 2, 3, 23, tzinfo=UTC),  # midnight in Berlin
        amount=Money(11900, "EUR"),
        day=date(2026, 2, 4),
        note="thanks",
    )


def test_a_value_date_in_the_future_counts_from_now() -> None:
    assert read("payment", amount="1", date="2026-02-09").at == HEARD


def test_a_promised_date_says_nothing_about_when_it_was_promised() -> None:
    assert read("promise", date="2026-02-09").at == HEARD


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("2026-02-06T10:00:00Z", HEARD),
        ("2026-02-06T11:00:00+01:00", HEARD),
        ("2026-02-05T10:00:00Z", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("", HEARD),
        (None, HEARD),
    ],
)
def test_an_instant_is_read_with_its_zone(given: str | None, at: datetime) -> None:
    assert read("nudge", at=given).at == at


@pytest.mark.parametrize(
    ("kind", "body", "field", "reason"),
    [
        ("payment", {"amount": 119.0}, "amount", "write the amount as text"),
        ("payment", {"amount": True}, "amount", "write the amount as text"),
        ("payment", {"amount": "1,50"}, "amount", "is not an amount"),
        ("payment", {"amount": ["1"]}, "amount", "is not an amount"),
        ("payment", {"amount": "1", "currency": "EURO"}, "amount", "no ISO 4217"),
        ("promise", {"date": "31.12.2026"}, "date", "write it like 2026-12-31"),
        ("promise", {"date": "2026-02-30"}, "date", "write it like 2026-12-31"),
        ("promise", {"date": 20260201.5}, "date", "write it like 2026-12-31"),
        ("nudge", {"at": "2026-02-06T10:00:00"}, "at", "needs its zone"),
        ("nudge", {"at": "2026-02-06T10:00:01Z"}, "at", "lies in the future"),
        ("nudge", {"at": "yesterday"}, "at", "no instant"),
        ("nudge", {"at": "0001-01-01T00:00:00+14:00"}, "at", "no instant"),
        ("payment", {"amount": "1", "date": "0001-01-01"}, "date", "no date"),
        ("nudge", {"note": "x" * (LONGEST_TEXT + 1)}, "note", "longer than 2000"),
        ("nudge", {"note": "a\x00b"}, "note", "NUL"),
        ("nudge", {"amuont": "1"}, None, "'amuont' is not known; use amount"),
        ("payed", {"amount": "1"}, None, "'payed' is not a message; the messages are"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field(
    kind: str, body: dict[str, Any], field: str | None, reason: str
) -> None:
    with pytest.raises(RefusedError, match=reason) as refused:
        read(kind, **body)

    assert refused.value.field == field


def test_the_longest_text_is_still_read() -> None:
    assert len(read("nudge", note="x" * LONGEST_TEXT).note) == LONGEST_TEXT


def test_an_amount_may_be_a_whole_number() -> None:
    assert read("payment", amount=119).amount == Money(11900, "EUR")


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        (MessageType.PAYMENT, {"id": "7"}, "payment/billing/7"),
        (MessageType.PAYMENT, {"id": 7, "source": "bank"}, "payment/bank/7"),
        (MessageType.PAYMENT, {}, "payment/billing/given"),
        (MessageType.PROMISE, {"id": "p-1"}, "p-1"),
        (MessageType.PROMISE, {}, "given"),
    ],
)
def test_a_message_is_known_by_its_senders_id_first(
    kind: MessageType, body: dict[str, Any], key: str
) -> None:
    assert message_key(kind, body, "given") == key


def test_every_kind_is_read_by_its_name() -> None:
    assert [read_kind(kind.value) for kind in MessageType] == list(MessageType)
