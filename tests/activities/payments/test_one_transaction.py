"""A payment for many invoices, and an opening, are one transaction with few statements.

What they count would grow with the invoices, were it read again what is in hand already.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from activities.cases.waking import ToWake
from activities.ports.money_types import Placing
from domain.case.model import Invoice
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.allocation import PaymentIn
from domain.wire import PostedPayment
from tests.activities.sending_harness import NINE, POLICY, Office
from tests.counting import Asked, counted

MANY = "C-many"
PER_INVOICE = 4
AROUND = 25
"""What a payment costs beside its invoices, whatever their number."""

OPENING = 15
"""One reads all that speaks for the customer (money, credit, small rests), one its credit limit."""

EACH = 10000


def _invoice(office: Office, number: int, customer: str = MANY) -> Invoice:
    return Invoice(
        creditor=office.creditor,
        number=f"M-{number}",
        customer=customer,
        issued=date(2026, 2, 1),
        due=date(2026, 3, 1) + timedelta(days=number % 5),
        amount=Money(EACH, "EUR"),
        opened_at=NINE - timedelta(days=10),
    )


def _opened(office: Office, count: int) -> list[str]:
    found = [office.desk.open(_invoice(office, number), POLICY) for number in range(count)]
    return [one.case.invoice.case_id for one in found]


def _payment(office: Office, minor: int) -> PaymentIn:
    amount = Money(minor, "EUR")
    return PaymentIn(
        creditor=office.creditor, source="bank", id="B-1", customer=MANY, amount=amount, at=NINE
    )


def _posted(office: Office, payment: PaymentIn) -> tuple[Asked, PostedPayment, tuple[ToWake, ...]]:
    with counted(office.engine) as asked:
        posted, woken = office.desk.post(payment)
    return asked, posted, woken


@pytest.mark.parametrize("count", [1, 10, 50])
@pytest.mark.parametrize("over", [0, 1], ids=["exactly", "and-a-cent-too-much"])
def test_a_payment_is_one_transaction_however_many_invoices_it_settles(
    office: Office, count: int, over: int
) -> None:
    cases = _opened(office, count)
    asked, posted, woken = _posted(office, _payment(office, EACH * count + over))

    assert asked.transactions == 1
    assert asked.executed <= PER_INVOICE * count + AROUND
    assert len(asked.texts) <= AROUND, "and what is alike goes down at once"
    assert posted.parts == dict.fromkeys(cases, "100.00")
    assert {one.case.invoice.case_id: one.case.open for one in woken} == dict.fromkeys(cases, 0)


def test_the_same_payment_again_is_one_transaction_that_writes_nothing(office: Office) -> None:
    cases = _opened(office, 10)
    payment = _payment(office, EACH * 10)
    office.desk.post(payment)
    asked, posted, woken = _posted(office, payment)

    assert posted.text.startswith("posted before")
    assert asked.transactions == 1
    assert asked.executed <= AROUND
    assert [one.case.invoice.case_id for one in woken] == sorted(cases)
    assert not [text for text in asked.texts if text.startswith("UPDATE")]


def test_placing_money_is_one_transaction_that_tells_every_running_case(office: Office) -> None:
    """P36: whoever was held by money on the account may go on; each is named, and once."""
    office.desk.post(_payment(office, EACH * 20))
    cases = _opened(office, 10)
    order = Placing(
        creditor=office.creditor,
        customer=MANY,
        id="A-1",
        source="bank",
        payment="B-1",
        invoices=tuple(f"M-{number}" for number in range(6)),
    )
    with counted(office.engine) as asked:
        moved, woken = office.desk.place(order)

    assert asked.transactions == 1
    assert asked.executed <= PER_INVOICE * 6 + AROUND
    assert {part.case for part in moved.parts} == set(cases[:6])
    named = [one.case.invoice.case_id for one in woken]
    assert sorted(named) == sorted(cases)
    assert {one.case.open for one in woken if one.case.invoice.case_id in cases[:6]} == {0}


def test_opening_a_case_is_one_transaction(office: Office) -> None:
    with counted(office.engine) as first:
        opened = office.desk.open(_invoice(office, 1), POLICY)
    with counted(office.engine) as again:
        same = office.desk.open(_invoice(office, 1), POLICY)

    assert (first.transactions, again.transactions) == (1, 1)
    assert first.executed <= OPENING
    assert again.executed <= OPENING
    assert (opened.new, same.new) == (True, False)
    assert same.decision == opened.decision
    assert same.woken == office.desk.look(opened.case.invoice.case_id)


@pytest.mark.parametrize("kind", [MessageType.PROMISE, MessageType.DISPUTE_OPENED])
def test_who_is_woken_hears_of_the_case_as_the_ledger_has_it(
    office: Office, kind: MessageType
) -> None:
    """What is in hand after posting is what anybody would read a moment later."""
    cases = _opened(office, 3)
    said = {"id": str(uuid4()), "date": "2026-03-10", "reason": "goods"}
    office.desk.say(cases[1], kind, said)
    payment = replace(_payment(office, EACH * 2 + 55), invoices=("M-0", "M-1", "M-2"))
    _, woken = office.desk.post(payment)

    assert list(woken) == [office.desk.look(one.case.invoice.case_id) for one in woken]
    assert len(woken) == 3
