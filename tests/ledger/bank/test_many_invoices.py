"""Money in the bank for many invoices costs a few transactions, however many they are."""

import pytest
from sqlalchemy import Engine

from activities.payments.returning import MoneyBack, take_back
from activities.ports.stores.errors import NotKnownError
from domain.errors import DomainError
from tests.counting import counted
from tests.ledger.bank.money_in_bank import Bank, entry

PER_INVOICE = 5
AROUND = 40
EACH = 10000
ASSIGNING = 6
"""Transactions: the entry before and after, whose the invoices are, the payment, its outcome."""


@pytest.fixture
def bank(engine: Engine, creditor: str) -> Bank:
    return Bank(engine, creditor)


@pytest.mark.parametrize("count", [1, 10, 50])
def test_money_that_a_person_assigns(bank: Bank, count: int) -> None:
    """2026-11-30: whose each invoice is was asked in a transaction of its own, 55 for fifty."""
    cases = [bank.owes(f"2026-{number:04}", EACH) for number in range(count)]
    numbers = [case.rpartition("/")[2] for case in cases]
    bank.takes(entry(EACH * count, "for all of them"))
    only = bank.only().id

    with counted(bank.engine) as assigned:
        bank.entries.assign(bank.creditor, only, numbers, "ann")
    found = bank.payments.payment(bank.creditor, "bank", only)
    assert found is not None
    assert {bank.open(case) for case in cases} == {0}
    back = MoneyBack(key="R-1", amount=found.payment.amount, note="", by="bank")
    with counted(bank.engine) as returned:
        take_back(bank.ledger, found, back, bank.now)

    assert {bank.open(case) for case in cases} == {EACH}
    assert (assigned.transactions, returned.transactions) == (ASSIGNING, 1)
    for asked in (assigned, returned):
        assert asked.executed <= PER_INVOICE * count + AROUND


def test_invoices_of_two_customers_or_of_nobody_are_refused(bank: Bank) -> None:
    bank.owes("2026-0001", EACH)
    bank.owes("2026-0002", EACH, customer="C-2")
    bank.takes(entry(EACH, "for all of them"))
    only = bank.only().id

    with pytest.raises(DomainError, match="C-1 and C-2's"):
        bank.entries.assign(bank.creditor, only, ["2026-0001", "2026-0002"], "ann")
    with pytest.raises(NotKnownError, match="2026-0003"):
        bank.entries.assign(bank.creditor, only, ["2026-0001", "2026-0003"], "ann")
    with pytest.raises(DomainError, match="name invoices"):
        bank.entries.assign(bank.creditor, only, [], "ann")
