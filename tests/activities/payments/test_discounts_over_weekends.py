"""Money of a weekend is placed when the banks work again, with the discounts that it earns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.case.invoice import Discount
from domain.case.model import Invoice
from domain.money import Money
from domain.payments.allocation import PaymentIn
from tests.activities.sending_harness import NINE, POLICY, Office

SATURDAY = date(2026, 2, 28)
"""The last day of the discounts; the office's now is Monday, 2 March."""


def opened(office: Office, number: str, minor: int, discount: int, *, bank_day: bool) -> None:
    invoice = Invoice(
        creditor=office.creditor,
        number=number,
        customer="C1",
        issued=date(2026, 2, 15),
        due=date(2026, 3, 30),
        amount=Money(minor, "EUR"),
        opened_at=NINE - timedelta(days=9),
        discount=Discount(minor=discount, until=SATURDAY),
    )
    office.desk.open(invoice, replace(POLICY, bank_day=bank_day))


def pays(office: Office, id_: str, minor: int, *invoices: str) -> tuple[list[str], str]:
    payment = PaymentIn(
        creditor=office.creditor,
        source="bank",
        id=id_,
        customer="C1",
        amount=Money(minor, "EUR"),
        at=office.now,
        invoices=invoices,
    )
    told, _ = office.desk.post(payment)
    return list(told.parts.values()), told.left


@pytest.mark.parametrize(
    ("bank_day", "parts"), [(True, ["49.00", "98.00"]), (False, ["50.00", "97.00"])]
)
def test_money_that_comes_on_monday_keeps_the_discounts_of_saturday_back(
    office: Office, parts: list[str], *, bank_day: bool
) -> None:
    """P07: 147 settle invoices of 50 and 100, each with its own; not where no bank counts."""
    pays(office, "B-0", 11900, "R-1")
    opened(office, "R-2", 5000, 100, bank_day=bank_day)
    opened(office, "R-3", 10000, 200, bank_day=bank_day)

    assert pays(office, "B-1", 14700) == (parts, "0.00")
