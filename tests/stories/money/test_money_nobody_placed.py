"""While money, credit notes or a surplus of a customer wait for a person, nobody is chased.

The account is 230.00 in credit and an invoice of 1,000.00 falls due: no reminder, no call, no hold
on credit and no agency, until a person has allocated or refunded it; or the policy only warns.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.message_types import ActionType, MessageType
from domain.parties.customer import Customer, InvoiceShare
from domain.payments.in_favour import in_favour_ref
from domain.policy.model import MoneyRules
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

Sort = Callable[[str, int], Customer]


def payment(currency: str, lies: int) -> Customer:
    """Money came that fits no invoice."""
    return Customer(unallocated=((currency, lies),))


def credit_note(currency: str, lies: int) -> Customer:
    """A credit note was given for no invoice."""
    return Customer(credit_notes=((currency, lies),))


def surplus(currency: str, lies: int) -> Customer:
    """Another invoice was paid twice, or more than it asks for."""
    share = InvoiceShare(case="invoice/acme/R-0", currency=currency, surplus=lies)
    return Customer(shares=(share,))


SORTS = [payment, credit_note, surplus]


def wants(
    lies: int, *, currency: str = "EUR", rule: str = "hold", sort: Sort = payment
) -> tuple[ActionType, str]:
    """What comes next on the day after the due date, with so much in the customer's favour."""
    world = Story(policy=replace(standard_policy(), money=MoneyRules(unallocated=rule)))
    world.until("2026-02-04")
    customer = sort(currency, lies)
    action = world.state.seen(world.now, customer).next_action
    return action.do, action.step


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("lies", "step"), [(49, "polite"), (50, "review-1"), (51, "review-1"), (100000, "review-1")]
)
def test_from_the_smallest_sum_that_is_chased_it_holds_the_ladder(
    lies: int, step: str, sort: Sort
) -> None:
    """0.50 is worth a message, so 0.50 that came are worth a look first; a person is asked."""
    assert wants(lies, sort=sort)[1] == step


@pytest.mark.parametrize("sort", SORTS)
def test_money_in_another_currency_holds_nothing(sort: Sort) -> None:
    assert wants(100000, currency="USD", sort=sort) == (ActionType.REMIND, "polite")


@pytest.mark.parametrize("sort", SORTS)
def test_a_policy_may_only_warn(sort: Sort) -> None:
    assert wants(100000, rule="warn", sort=sort) == (ActionType.REMIND, "polite")


def test_sums_too_small_alone_hold_the_ladder_together() -> None:
    """0.20 on the account, 0.20 of a credit note and a surplus of 0.10 are 0.50."""
    share = InvoiceShare(case="invoice/acme/R-0", currency="EUR", surplus=10)
    twenty = (("EUR", 20),)
    customer = Customer(unallocated=twenty, credit_notes=twenty, shares=(share,))

    assert customer.in_favour("EUR") == 50
    assert wants(0, sort=lambda *_: customer)[1] == "review-1"


@pytest.mark.parametrize("sort", SORTS)
def test_nobody_hears_a_word_and_a_person_is_asked_at_growing_distances(sort: Sort) -> None:
    """P82: the account is in credit, so nothing but questions to a person happens for a year."""
    world = Story(customer=sort("EUR", 23000)).until("2027-02-04")

    asked = [line.split(" ", 1)[1] for line in world.diary]
    assert asked[:3] == ["ask_person review-1", "ask_person review-2", "ask_person review-3"]
    assert {line.split()[0] for line in asked} == {"ask_person"}


def test_what_waited_comes_back_with_a_word_and_a_new_deadline() -> None:
    """P19: the credit is refunded long after every deadline: no agency before a new demand."""
    world = Story().until("2026-02-12")
    world.home.customer = credit_note("EUR", 23000)
    world.until("2026-06-30")
    world.says("2026-07-01 10:00", MessageType.NUDGE, ref=in_favour_ref("EUR", 23000, 0))
    world.home.customer = Customer()
    first, *later = world.until("2026-12-31").since("2026-07-01")

    assert first == "2026-07-01 remind renewed-account-freed-1"
    assert world.deeds[-1 - len(later)].deadline == date(2026, 7, 8)
    handed = next(line for line in later if "hand_off" in line)
    assert handed > "2026-07-09"


@pytest.mark.parametrize(
    ("before", "after", "freed"),
    [(50, 49, True), (50, 50, False), (49, 0, False), (51, 0, True), (23000, 23000, False)],
)
def test_it_is_over_when_less_is_left_than_is_chased(before: int, after: int, freed: bool) -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06 10:00", MessageType.NUDGE, ref=in_favour_ref("EUR", before, after))
    other = Story().until("2026-02-05")
    other.says("2026-02-06 10:00", MessageType.NUDGE, ref=in_favour_ref("USD", before, after))

    assert bool(world.case.freed_at) is freed
    assert other.case.freed_at is None
