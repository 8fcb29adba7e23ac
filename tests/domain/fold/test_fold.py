"""From facts to the case: sums that add up, and refusals in words."""

from itertools import permutations

import pytest

from domain.answer_codes import AnswerCode
from domain.case.model import Message
from domain.case.money import Ground
from domain.fold.fold import Refusal, fold, money_adds_up
from domain.message_types import MessageType
from domain.money import Money
from tests.stories.story import Story

PAID = (MessageType.PAYMENT, "400.00")


@pytest.mark.parametrize(
    ("before", "said", "refusal"),
    [
        ([], (MessageType.PAYMENT, ""), "a payment needs an amount"),
        ([], (MessageType.PAYMENT, "0"), "the amount 0.00 EUR must be more than zero"),
        ([], (MessageType.PAYMENT, "-1"), "the amount -1.00 EUR must be more than zero"),
        (
            [],
            (MessageType.PAYMENT_REVERSED, ""),
            "there is no payment left that could be taken back",
        ),
        (
            [],
            (MessageType.PAYMENT_REVERSED, "1"),
            "more would be reversed than the 0.00 EUR received",
        ),
        ([PAID], (MessageType.PAYMENT_REVERSED, "400.00"), ""),
        (
            [PAID],
            (MessageType.PAYMENT_REVERSED, "400.01"),
            "more would be reversed than the 400.00 EUR received",
        ),
        ([], (MessageType.CREDIT_NOTE, "1000.00"), ""),
        (
            [],
            (MessageType.CREDIT_NOTE, "1000.01"),
            "credit notes would exceed the invoice of 1000.00 EUR",
        ),
        (
            [],
            (MessageType.CREDIT_NOTE_CANCELLED, ""),
            "there is no credit note left that could be taken back",
        ),
        (
            [(MessageType.CREDIT_NOTE, "10")],
            (MessageType.CREDIT_NOTE_CANCELLED, "10.01"),
            "there is no credit note of that amount to cancel",
        ),
        ([(MessageType.CREDIT_NOTE, "10")], (MessageType.CREDIT_NOTE_CANCELLED, ""), ""),
        ([], (MessageType.DISPUTE_SETTLED, ""), "there is no open dispute that this could settle"),
        ([], (MessageType.WRITE_OFF_UNDONE, ""), "nothing was written off that could be undone"),
        (
            [(MessageType.WRITE_OFF, "")],
            (MessageType.WRITE_OFF, ""),
            "nothing is open on this invoice, so nothing can be written off",
        ),
        (
            [(MessageType.PAYMENT, "1000.00")],
            (MessageType.DISPUTE_OPENED, ""),
            "nothing is open on this invoice, so nothing can be disputed",
        ),
        (
            [(MessageType.WITHDRAWN, "")],
            (MessageType.PROMISE, ""),
            "nothing is open on this invoice, so nothing is to be promised",
        ),
    ],
)
def test_what_cannot_be_applied_is_refused_in_words(
    before: list[tuple[MessageType, str]], said: tuple[MessageType, str], refusal: str
) -> None:
    world = Story()
    for kind, amount in before:
        assert world.says("2026-02-06", kind, amount) == ""

    assert world.says("2026-02-07", *said) == refusal
    assert money_adds_up(world.case)


def test_a_refused_message_changes_nothing_but_that_it_was_heard() -> None:
    world = Story()
    before = world.case
    world.says("2026-01-06", MessageType.PAYMENT)
    after = world.case

    assert after.heard_at == world.at("2026-01-06")
    assert (after.open, after.moves) == (before.open, before.moves)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        ("2026-02-05", "the pause would end on 2026-02-05, in the past"),
        ("2026-02-06", ""),
        ("2026-02-07", ""),
        ("2027-02-07", ""),
        ("2027-02-08", "2027-02-08 is more than a year away; pause without a date instead"),
        ("9999-12-31", "9999-12-31 is more than a year away; pause without a date instead"),
    ],
)
def test_a_pause_ends_today_or_within_a_year(day: str, refusal: str) -> None:
    assert Story().says("2026-02-06", MessageType.PAUSE, day=day) == refusal


def test_another_currency_is_refused() -> None:
    world = Story()
    dollars = Message(key="d", kind=MessageType.PAYMENT, at=world.now, amount=Money(100, "USD"))
    folded = fold(world.invoice, [dollars], [], Ground(world.policy, world.calendar))

    why = "1.00 USD does not fit an invoice in EUR"
    assert folded.refused == {"d": Refusal(AnswerCode.INVALID, why)}


def test_a_message_heard_twice_counts_once() -> None:
    world = Story()
    world.says("2026-02-06", *PAID, key="p")
    world.says("2026-02-07", *PAID, key="p")

    assert world.case.received == 40000


def test_at_one_instant_money_comes_before_what_speaks_of_it() -> None:
    """Whatever the order in which they arrive: the reversal finds its payment."""
    world = Story()
    said = [
        (MessageType.PAYMENT, "100"),
        (MessageType.DISPUTE_OPENED, ""),
        (MessageType.PAYMENT_REVERSED, "100"),
    ]
    for kind, amount in said:
        world.says("2026-02-06", kind, amount)
    ground, told = Ground(world.policy, world.calendar), world.messages
    folds = [fold(world.invoice, order, [], ground) for order in permutations(told)]

    assert all(folded == folds[0] for folded in folds)
    assert folds[0].refused == {}


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        ([PAID], (400, 0, 0, 600)),
        ([PAID, (MessageType.CREDIT_NOTE, "100")], (400, 100, 0, 500)),
        ([PAID, (MessageType.WRITE_OFF, "")], (400, 0, 600, 0)),
        ([PAID, (MessageType.WRITE_OFF, "50")], (400, 0, 50, 550)),
        (
            [(MessageType.WRITE_OFF, ""), PAID],
            (400, 0, 600, 0),
        ),  # money after all: less is given up
        ([(MessageType.WRITE_OFF, "50"), (MessageType.WRITE_OFF_UNDONE, "20")], (0, 0, 30, 970)),
        ([(MessageType.WRITE_OFF, "50"), (MessageType.WRITE_OFF_UNDONE, "")], (0, 0, 0, 1000)),
        ([PAID, PAID, PAID], (1000, 0, 0, 0)),
        ([(MessageType.CREDIT_NOTE, "1000"), PAID], (0, 1000, 0, 0)),
    ],
)
def test_invoice_is_paid_and_credited_and_written_off_and_open(
    said: list[tuple[MessageType, str]], sums: tuple[int, int, int, int]
) -> None:
    world = Story()
    for kind, amount in said:
        assert world.says("2026-01-06", kind, amount) == ""
    case = world.case

    assert (case.paid, case.credited, case.written_off, case.open) == tuple(
        minor * 100 for minor in sums
    )
    assert money_adds_up(case)


def test_a_named_reversal_finds_its_own_payment_only() -> None:
    world = Story()
    world.says("2026-02-06", *PAID, key="payment/bank/7")
    refused = world.says("2026-02-07", MessageType.PAYMENT_REVERSED, ref="8")

    assert refused == "there is no payment 8 that could be taken back"
    assert world.says("2026-02-08", MessageType.PAYMENT_REVERSED, ref="payment/bank/7") == ""
    assert world.says("2026-02-09", MessageType.PAYMENT_REVERSED, ref="7") != ""
