"""What fell due once more on one day is asked for in one message, for all invoices of a customer.

Six invoices of 100.00, due on 4 February: the formal letter about all of them has gone out.
"""

import pytest

from domain.message_types import MessageType
from tests.stories.several import Several

NUMBERS = tuple(f"R-{number}" for number in range(1, 7))
ALL = " ".join(NUMBERS)
FORMAL = f"2026-02-19 09:00 {ALL}"


def after_the_formal_letter() -> Several:
    """Six invoices of one customer that were opened together."""
    several = Several()
    for _ in NUMBERS:
        several.opens("2026-01-05 10:00", "2026-02-04")
    return several


@pytest.mark.parametrize(
    ("kinds", "again", "final"),
    [
        ((MessageType.PAUSE, MessageType.RESUME), "2026-03-02 09:00", "2026-03-10 09:00"),
        (
            (MessageType.CREDIT_NOTE, MessageType.CREDIT_NOTE_CANCELLED),
            "2026-03-02 09:00",
            "2026-03-10 09:00",
        ),
        (
            (MessageType.WRITE_OFF, MessageType.WRITE_OFF_UNDONE),
            "2026-03-02 09:00",
            "2026-03-10 09:00",
        ),
    ],
)
def test_six_invoices_that_fall_due_once_more_make_one_letter(
    kinds: tuple[MessageType, MessageType], again: str, final: str
) -> None:
    """D: before, six letters went out over three weeks, and six last demands after them."""
    several = after_the_formal_letter()
    stops, goes_on = kinds
    amount = "30.00" if stops is MessageType.CREDIT_NOTE else ""
    for number in NUMBERS:
        several.says("2026-02-22 12:00", number, stops, amount=amount)
        several.says("2026-03-01 12:00", number, goes_on, amount=amount)
    several.until("2026-03-21 00:00")

    since = several.messages.index(FORMAL)
    assert several.messages[since + 1 :] == [f"{again} {ALL}", f"{final} {ALL}"]


@pytest.mark.parametrize(
    ("kind", "goes_on", "word"),
    [
        (MessageType.DISPUTE_OPENED, MessageType.DISPUTE_SETTLED, "2026-03-02 09:00"),
        (MessageType.PAYMENT, MessageType.PAYMENT_REVERSED, "2026-03-04 09:00"),
    ],
)
def test_one_letter_tells_what_became_of_each(
    kind: MessageType, goes_on: MessageType, word: str
) -> None:
    """A1, A2 and D: six disputes end, or one direct debit of all of them comes back."""
    several = after_the_formal_letter()
    amount = "100.00" if kind is MessageType.PAYMENT else ""
    for number in NUMBERS:
        several.says("2026-02-22 12:00", number, kind, amount=amount)
        several.says("2026-03-01 12:00", number, goes_on, amount=amount)
    several.until("2026-03-06 00:00")

    since = several.messages.index(FORMAL)
    assert several.messages[since + 1 :] == [f"{word} {ALL}"]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("2026-03-09", ["2026-03-10 09:00 R-6", "2026-03-12 09:00 R-1 R-2 R-3 R-4 R-5"]),
        ("2026-03-10", [f"2026-03-11 09:00 {ALL}"]),
        ("2026-03-11", ["2026-03-11 09:00 R-1 R-2 R-3 R-4 R-5", "2026-03-13 09:00 R-6"]),
    ],
)
def test_a_pause_that_ends_another_day_is_told_of_by_itself(last: str, words: list[str]) -> None:
    """Five are paused up to 10 March, the sixth up to the day before, that day, the day after."""
    several = after_the_formal_letter()
    for number in NUMBERS[:5]:
        several.says("2026-02-22 12:00", number, MessageType.PAUSE, day="2026-03-10")
    several.says("2026-02-22 12:00", "R-6", MessageType.PAUSE, day=last)
    several.until("2026-03-16 00:00")

    since = several.messages.index(FORMAL)
    assert several.messages[since + 1 :] == words
