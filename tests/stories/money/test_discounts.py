"""2 % within 10 days: shown while it can be earned, honoured in time, refused when late (P07)."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from adapters.letters.asked import asked_sum
from domain.case.invoice import Discount
from domain.case.money import Ground
from domain.errors import DomainError
from domain.fold.fold import fold, money_adds_up
from domain.message_types import MessageType, Outcome
from domain.money import Money
from domain.payments.discounts import can_be_earned, discount_of, why_refused
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.adapters.letters.lettering import LETTERS
from tests.stories.letters.writing import written_on
from tests.stories.story import Story

EUR_1000 = Money(100000, "EUR")


def two_ten() -> Story:
    """1,000 invoiced on 5 January 2026: 980 settle it up to and including the 15th."""
    world = Story()
    terms = discount_of("2", "10", None, world.invoice.issued, EUR_1000)
    world.invoice = replace(world.invoice, discount=terms)
    return world


def kept_back_until(day: str, policy: Policy | None = None) -> Story:
    """The same up to and including another day."""
    world = Story(policy=policy)
    terms = Discount(minor=2000, until=date.fromisoformat(day))
    world.invoice = replace(world.invoice, discount=terms)
    return world


def test_two_percent_within_ten_days_is_an_amount_and_a_last_day() -> None:
    assert two_ten().invoice.discount == Discount(minor=2000, until=date(2026, 1, 15))


@pytest.mark.parametrize("when", ["2026-01-06", "2026-01-14", "2026-01-15", "2026-01-15 23:59"])
def test_money_short_by_exactly_the_discount_settles_it_in_time(when: str) -> None:
    """P07: to the end of the last day on the debtor's wall."""
    world = two_ten()
    world.says(when, MessageType.PAYMENT, "980.00")
    case = world.until("2026-12-31").case

    assert (case.open, case.discount, case.credited, case.surplus) == (0, 2000, 2000, 0)
    assert world.outcome is Outcome.PAID
    assert money_adds_up(case)


@pytest.mark.parametrize("when", ["2026-01-16", "2026-01-17", "2026-02-04"])
def test_a_day_late_it_is_refused_with_the_reason_and_the_rest_is_chased(when: str) -> None:
    world = two_ten()
    world.says(when, MessageType.PAYMENT, "980.00")

    assert (world.case.open, world.case.discount) == (2000, 0)
    assert why_refused(world.case, world.calendar) == (
        "the discount of 20.00 EUR could be earned until 2026-01-15, "
        f"the money came on {when}: 20.00 EUR stay open"
    )
    assert world.until("2026-02-05").since("2026-02-05") == ["2026-02-05 remind polite"]


@pytest.mark.parametrize(
    ("until", "when", "earned"),
    [
        ("2026-01-16", "2026-01-16 23:59", True),  # Friday: no day more
        ("2026-01-16", "2026-01-17", False),
        ("2026-01-17", "2026-01-19 23:59", True),  # Saturday: what is sent then moves on Monday
        ("2026-01-17", "2026-01-20", False),
        ("2026-01-18", "2026-01-19 23:59", True),  # Sunday
        ("2026-01-18", "2026-01-20", False),
        ("2026-04-03", "2026-04-07 23:59", True),  # Good Friday: banks work again on Tuesday
        ("2026-04-03", "2026-04-08", False),
    ],
)
def test_a_last_day_on_a_day_off_is_in_time_on_the_next_banking_day(
    until: str, when: str, *, earned: bool
) -> None:
    """P07: as an agreed day is, and no sooner forgotten than money of that day can be seen."""
    world = kept_back_until(until)
    assert world.says(when, MessageType.PAYMENT, "980.00") == ""

    assert (world.case.open, world.case.discount) == ((0, 2000) if earned else (2000, 0))
    assert (why_refused(world.case, world.calendar) == "") is earned


@pytest.mark.parametrize(
    ("today", "named"),
    [
        ("2026-01-16", "19 January 2026"),
        ("2026-01-17", "19 January 2026"),
        ("2026-01-19", "19 January 2026"),
        ("2026-01-20", ""),
    ],
)
def test_letter_code_and_refusal_name_the_day_up_to_which_it_is_earned(
    today: str, named: str
) -> None:
    """Agreed for Saturday the 17th; nobody reads that it is lost on the day that still earns it."""
    world = kept_back_until("2026-01-17")
    data = written_on(world, "gentle", today)
    asked = asked_sum(data)
    text = LETTERS.write(data).text

    assert (f"if the money arrives by {named}" in text) is bool(named)
    assert asked.sums[0].minor == (98000 if named else 100000)
    assert (asked.until == date(2026, 1, 19)) is bool(named)


def test_who_works_at_any_day_waits_for_no_bank() -> None:
    world = kept_back_until("2026-01-17", replace(standard_policy(), bank_day=False))
    world.says("2026-01-19 10:00", MessageType.PAYMENT, "980.00")

    assert (world.case.open, world.case.discount) == (2000, 0)
    assert "could be earned until 2026-01-17" in why_refused(world.case, world.calendar)


@pytest.mark.parametrize(("paid", "open_", "taken"), [("979.99", 2001, 0), ("980.00", 0, 2000)])
def test_a_cent_too_little_earns_nothing(paid: str, open_: int, taken: int) -> None:
    world = two_ten()
    world.says("2026-01-10", MessageType.PAYMENT, paid)

    assert (world.case.open, world.case.discount) == (open_, taken)


@pytest.mark.parametrize(
    ("paid", "taken", "surplus"), [("990.00", 1000, 0), ("1000.00", 0, 0), ("1000.01", 0, 1)]
)
def test_who_pays_more_takes_less_of_it(paid: str, taken: int, surplus: int) -> None:
    world = two_ten()
    world.says("2026-01-10", MessageType.PAYMENT, paid)

    assert (world.case.open, world.case.discount, world.case.surplus) == (0, taken, surplus)


def test_two_payments_in_time_earn_it_together_in_any_order() -> None:
    world = two_ten()
    world.says("2026-01-10", MessageType.PAYMENT, "500.00")
    world.says("2026-01-15", MessageType.PAYMENT, "480.00")
    ground = Ground(world.policy, world.calendar)

    ends = {fold(world.invoice, o, (), ground).case for o in permutations(world.messages)}

    assert [(case.open, case.discount) for case in ends] == [(0, 2000)]


def test_one_part_late_loses_it() -> None:
    world = two_ten()
    world.says("2026-01-10", MessageType.PAYMENT, "500.00")
    world.says("2026-01-16", MessageType.PAYMENT, "480.00")

    assert (world.case.open, world.case.discount) == (2000, 0)


def test_a_returned_payment_takes_the_discount_back() -> None:
    """The whole 1,000 is owed again, with its original age."""
    world = two_ten()
    world.says("2026-01-10", MessageType.PAYMENT, "980.00")
    world.says("2026-01-20", MessageType.PAYMENT_REVERSED)

    assert (world.case.open, world.case.discount, world.case.credited) == (100000, 0, 0)


def test_a_credit_note_counts_towards_it_before_and_after_the_money() -> None:
    before, after = two_ten(), two_ten()
    before.says("2026-01-08", MessageType.CREDIT_NOTE, "100.00")
    before.says("2026-01-10", MessageType.PAYMENT, "882.00")
    after.says("2026-01-10", MessageType.PAYMENT, "880.00")
    after.says("2026-01-20", MessageType.CREDIT_NOTE, "100.00")

    assert (before.case.open, before.case.discount) == (0, 1800)
    assert (after.case.open, after.case.discount) == (0, 2000)
    assert money_adds_up(before.case)
    assert money_adds_up(after.case)


def test_a_corrected_invoice_has_the_same_share_as_discount() -> None:
    world = two_ten()
    world.says("2026-01-08", MessageType.INVOICE_CORRECTED, "500.00")
    world.says("2026-01-10", MessageType.PAYMENT, "490.00")

    assert (world.case.open, world.case.discount) == (0, 1000)


@pytest.mark.parametrize(("day", "shown"), [(14, True), (15, True), (16, False)])
def test_it_is_shown_while_it_can_be_earned(day: int, *, shown: bool) -> None:
    assert bool(can_be_earned(two_ten().case, date(2026, 1, day))) is shown


@pytest.mark.parametrize(
    ("percent", "days", "field"),
    [
        ("", "10", "discount_percent"),
        ("two", "10", "discount_percent"),
        ("0", "10", "discount_percent"),
        ("-2", "10", "discount_percent"),
        ("100", "10", "discount_percent"),
        ("150", "10", "discount_percent"),
        ("0.0001", "10", "discount_percent"),
        ("2", "", "discount_days"),
        ("2", "-1", "discount_days"),
        ("2", "367", "discount_days"),
        ("NaN", "10", "discount_percent"),
    ],
)
def test_terms_that_make_no_sense_are_refused(percent: str, days: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        discount_of(percent, days, None, date(2026, 1, 5), EUR_1000)

    assert refused.value.field == field


def test_a_credit_note_of_all_of_it_leaves_no_discount_to_be_earned() -> None:
    """What came in is then the customer's, to the cent."""
    world = two_ten()
    world.says("2026-01-08", MessageType.PAYMENT, "400.00")
    world.says("2026-01-20", MessageType.CREDIT_NOTE, "1000.00")

    case = world.case
    assert (case.discount, case.credited, case.paid, case.surplus) == (0, 100000, 0, 40000)
