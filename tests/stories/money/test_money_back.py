"""Money goes back: refunds, returned payments with a grace, rests too small to keep."""

from dataclasses import replace
from itertools import permutations

import pytest

from domain.case.model import Message
from domain.case.money import Ground
from domain.fold.fold import fold, money_adds_up
from domain.message_types import ActionType, MessageType, Outcome
from domain.money import Money
from domain.policy.model import MoneyRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def money_rules(**rules: object) -> Policy:
    return replace(standard_policy(), money=replace(MoneyRules(), **rules))  # type: ignore[arg-type]


def test_a_refund_takes_the_surplus_first() -> None:
    """1,050 came for 1,000: giving 50 back leaves the invoice paid."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "1050.00", key="payment/bank/B-1")
    assert world.says("2026-02-10", MessageType.REFUND, "50.00") == ""
    case = world.until("2026-12-31").case

    assert (case.open, case.surplus, case.paid) == (0, 0, 100000)
    assert world.outcome is Outcome.PAID


def test_what_is_refunded_beyond_the_surplus_is_owed_again_with_its_age() -> None:
    """Exactly 20 of the 70 given back are owed again, and the case is as old as it ever was."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "1050.00")
    world.says("2026-02-24 12:00", MessageType.REFUND, "70.00")
    case = world.until("2026-02-24").case

    assert (case.open, case.surplus, case.episode) == (2000, 0, 2)
    assert str(case.invoice.due) == "2026-02-04"
    assert world.since("2026-02-24")[:2] == [
        "2026-02-24 reopen reopen",
        "2026-02-24 ask_person refunded",
    ]


@pytest.mark.parametrize(("amount", "refused"), [("1050.00", False), ("1050.01", True)])
def test_no_more_is_given_back_than_came(amount: str, refused: bool) -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "1050.00")
    reason = world.says("2026-02-10", MessageType.REFUND, amount)

    assert bool(reason) is refused
    assert not refused or "1050.00 EUR received" in reason


def test_a_returned_debit_is_not_chased_before_the_grace_is_over() -> None:
    """Returned on Tuesday the 10th with three days of grace: not on the 12th, but on the 13th."""
    world = Story(policy=money_rules(reversal_grace_days=3))
    world.says("2026-02-06", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-10 12:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-02-12")
    assert world.since("2026-02-10") == ["2026-02-10 reopen reopen"]

    world.until("2026-02-13")

    assert [deed.do for deed in world.deeds if deed.is_message][-1] is ActionType.REMIND
    assert "2026-02-13" in world.diary[-1]


@pytest.mark.parametrize(("back", "quiet"), [("50.00", False), ("50.01", True)])
def test_only_what_is_owed_again_after_a_refund_has_a_grace(back: str, *, quiet: bool) -> None:
    world = Story(policy=money_rules(reversal_grace_days=3))
    world.says("2026-02-06", MessageType.PAYMENT, "1050.00")
    world.says("2026-02-10 12:00", MessageType.REFUND, back)

    assert bool(world.case.quiet_until) is quiet
    assert not quiet or world.case.quiet_until == world.at("2026-02-13")


@pytest.mark.parametrize(
    ("paid", "open_", "outcome"),
    [("998.99", 101, None), ("999.00", 0, Outcome.PAID), ("999.99", 0, Outcome.PAID)],
)
def test_a_rest_too_small_to_keep_is_written_off_and_counts_as_paid(
    paid: str, open_: int, outcome: Outcome | None
) -> None:
    """The policy lets go of 1.00 and less, once money came: 1.01 stays open."""
    world = Story(policy=money_rules(write_off_below=(("EUR", 100),)))
    world.says("2026-02-06", MessageType.PAYMENT, paid)
    case = world.until("2026-02-06").case

    assert (case.open, world.outcome) == (open_, outcome)
    assert money_adds_up(case)


def test_a_small_invoice_is_not_given_up_before_anything_came() -> None:
    world = Story(amount="0.90", policy=money_rules(write_off_below=(("EUR", 100),)))

    assert world.until("2026-02-10").case.open == 90


def test_a_small_rest_that_a_person_wants_stays_open() -> None:
    world = Story(policy=money_rules(write_off_below=(("EUR", 100),)))
    world.says("2026-02-06", MessageType.PAYMENT, "999.50")
    assert world.says("2026-02-07", MessageType.WRITE_OFF_UNDONE) == ""
    assert world.case.open == 50

    world.says("2026-02-09", MessageType.PAYMENT, "0.50")

    assert (world.case.open, world.case.written_off) == (0, 0)


def test_money_for_a_rest_that_was_let_go_is_taken_and_not_too_much() -> None:
    world = Story(policy=money_rules(write_off_below=(("EUR", 100),)))
    world.says("2026-02-06", MessageType.PAYMENT, "999.50")
    world.says("2026-02-09", MessageType.PAYMENT, "0.50")

    assert (world.case.paid, world.case.surplus, world.case.written_off) == (100000, 0, 0)


def test_in_whatever_order_money_is_heard_the_case_stands_the_same() -> None:
    """Payment, refund, return, credit note, correction and debit: 720 orders, one case."""
    world = Story()
    at = world.at
    said = [
        Message(
            key="payment/b/1", kind=MessageType.PAYMENT, at=at("2026-02-06"), amount=eur(60000)
        ),
        Message(
            key="payment/b/2", kind=MessageType.PAYMENT, at=at("2026-02-07"), amount=eur(50000)
        ),
        Message(key="r", kind=MessageType.REFUND, at=at("2026-02-09"), amount=eur(15000), ref="2"),
        Message(key="b", kind=MessageType.PAYMENT_REVERSED, at=at("2026-02-10"), ref="1"),
        Message(key="c", kind=MessageType.CREDIT_NOTE, at=at("2026-02-08"), amount=eur(1000)),
        Message(
            key="k", kind=MessageType.INVOICE_CORRECTED, at=at("2026-02-11"), amount=eur(90000)
        ),
    ]
    ground = Ground(world.policy, world.calendar)
    ends = {fold(world.invoice, order, (), ground).case for order in permutations(said)}

    (case,) = ends
    assert (case.received, case.credited, case.open) == (35000, 1000, 54000)
    assert [(key, minor) for key, minor, _ in case.payments] == [("payment/b/2", 35000)]
    assert money_adds_up(case)
