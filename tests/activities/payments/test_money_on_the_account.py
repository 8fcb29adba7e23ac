"""Money that fits no invoice: it lies on the account, holds the chasing, and a person places it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from activities.ports.money_types import Placing
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import ConflictError
from adapters.ledger.payments.accounts import payments_left, unallocated_of
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from domain.case.model import Case, Invoice
from domain.errors import DomainError
from domain.fold.fold import money_adds_up
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.allocation import PaymentIn
from domain.payments.discounts import discount_of
from domain.wire import PostedPayment
from tests.activities.sending_harness import NINE, POLICY, Office


def opened(office: Office, number: str, minor: int = 5000, **more: object) -> str:
    """One more invoice of the same customer, due a day later than the one before."""
    invoice = Invoice(
        creditor=office.creditor,
        number=number,
        customer="C1",
        issued=date(2026, 2, 15),
        due=date(2026, 3, 1) + timedelta(days=int(number[2:])),
        amount=Money(minor, "EUR"),
        opened_at=NINE - timedelta(days=9),
    )
    office.desk.open(replace(invoice, **more), POLICY)  # type: ignore[arg-type]
    return invoice.case_id


def pays(office: Office, minor: int, *invoices: str, **more: object) -> PostedPayment:
    given = PaymentIn(
        creditor=office.creditor,
        source="bank",
        id="B-1",
        customer="C1",
        amount=Money(minor, "EUR"),
        at=office.now,
        invoices=invoices,
    )
    return office.desk.post(replace(given, **more))[0]  # type: ignore[arg-type]


def place(office: Office, *invoices: str, id_: str = "A-1", **more: object) -> dict[str, int]:
    order = Placing(
        creditor=office.creditor,
        customer="C1",
        id=id_,
        source="" if "case" in more else "bank",
        payment="" if "case" in more else "B-1",
        invoices=invoices,
    )
    moved, _ = office.desk.place(replace(order, **more))  # type: ignore[arg-type]
    return {part.case.split("/")[2]: part.amount.minor for part in moved.parts}


def case_of(office: Office, number: str = "R-1") -> Case:
    found = office.desk.look(f"invoice/{office.creditor}/{number}").case
    assert money_adds_up(found)
    return found


def lies(office: Office) -> int:
    with office.engine.connect() as connection:
        return dict(unallocated_of(connection, office.creditor, "C1")).get("EUR", 0)


def questions(office: Office) -> list[str]:
    found = desk.find_tasks(office.engine, TaskFilter(kind="question", limit=1000))
    mine = f"/{office.creditor}/"
    return [row.task.title for row in found if mine in row.task.key]


def test_what_fits_no_invoice_lies_on_the_account_and_a_person_is_asked(office: Office) -> None:
    told = pays(office, 12000)

    assert (told.parts, told.left) == ({office.case: "119.00"}, "1.00")
    assert lies(office) == 100
    assert questions(office) == [
        "payment B-1 of C1: 1.00 EUR fit no invoice; allocate or refund",
    ]
    assert [row.unallocated.minor for row in payments_left(office.engine, office.creditor)] == [100]


def test_a_person_lets_named_invoices_have_it_and_the_question_is_answered(office: Office) -> None:
    """One payment, two invoices: what they owe, in the order named; twice is once."""
    pays(office, 20000)
    opened(office, "R-2")
    opened(office, "R-3")

    first = place(office, "R-3", "R-2")
    again = place(office, "R-3", "R-2")

    assert first == again == {"R-3": 5000, "R-2": 3100}
    assert (case_of(office, "R-2").open, case_of(office, "R-3").open) == (1900, 0)
    assert (lies(office), questions(office)) == (0, [])


def test_it_counts_from_the_day_on_which_it_came(office: Office) -> None:
    pays(office, 20000, day=date(2026, 2, 20))
    opened(office, "R-2")
    office.now += timedelta(days=5)
    place(office, "R-2")

    ((_, _, at),) = case_of(office, "R-2").payments
    assert at.isoformat() == "2026-02-19T23:00:00+00:00"


def test_the_same_id_for_other_invoices_is_a_conflict(office: Office) -> None:
    pays(office, 20000)
    opened(office, "R-2", 100)
    opened(office, "R-3")
    place(office, "R-2")

    with pytest.raises(ConflictError, match="A-1"):
        place(office, "R-3")


@pytest.mark.parametrize(
    ("minor", "invoices", "why"),
    [
        (8101, ("R-2", "R-3"), "only 81.00 EUR"),
        (5001, ("R-2",), "owe 50.00 EUR"),
        (100, ("R-9",), "has no case"),
        (100, ("R-1",), "owe 0.00 EUR"),
    ],
)
def test_what_is_not_there_or_not_owed_is_refused_whole(
    office: Office, minor: int, invoices: tuple[str, ...], why: str
) -> None:
    pays(office, 20000)
    opened(office, "R-2")
    opened(office, "R-3")

    with pytest.raises(DomainError, match=why):
        place(office, *invoices, amount=Money(minor, "EUR"))

    assert lies(office) == 8100


def test_money_on_the_account_can_be_given_back(office: Office) -> None:
    pays(office, 20000)

    place(office, amount=Money(8000, "EUR"))
    place(office, amount=Money(8000, "EUR"))
    assert lies(office) == 100
    with pytest.raises(DomainError, match=r"only 1\.00 EUR"):
        place(office, id_="A-2", amount=Money(101, "EUR"))
    with pytest.raises(ConflictError):
        place(office, amount=Money(7000, "EUR"))
    place(office, id_="A-2")

    assert (lies(office), questions(office)) == (0, [])


def test_a_surplus_moves_to_another_invoice(office: Office) -> None:
    """130 came for 119: the 11 settle a part of the next invoice, and nobody is asked any more."""
    pays(office, 13000, "R-1")
    opened(office, "R-2")
    assert "11.00 EUR of C1 came in" in questions(office)[0]

    first = place(office, "R-2", case=office.case)
    again = place(office, "R-2", case=office.case)

    assert first == again == {"R-2": 1100}
    assert (case_of(office).surplus, case_of(office).open, case_of(office).paid) == (0, 0, 11900)
    assert case_of(office, "R-2").open == 3900
    assert questions(office) == []


def test_a_refund_of_the_surplus_answers_the_question(office: Office) -> None:
    pays(office, 13000, "R-1")
    office.say(MessageType.REFUND, amount="11.00")

    assert (case_of(office).surplus, questions(office)) == (0, [])


def test_a_stand_alone_credit_note_settles_nothing_until_somebody_says_so(office: Office) -> None:
    told = pays(office, 2000, kind="credit_note")
    assert (told.parts, case_of(office).open, lies(office)) == ({}, 11900, 0)
    assert questions(office) == [
        "credit note B-1 of C1: 20.00 EUR fit no invoice; allocate or refund"
    ]

    place(office, "R-1")

    assert (case_of(office).credited, case_of(office).paid) == (2000, 0)
    assert case_of(office).open == 9900


def test_one_payment_settles_two_invoices_with_their_discounts(office: Office) -> None:
    """P07: 49 and 98 for invoices of 50 and 100, in time: nothing is short, nothing is left."""
    pays(office, 11900, "R-1", id="B-0")
    for number, minor in (("R-2", 5000), ("R-3", 10000)):
        money = Money(minor, "EUR")
        terms = discount_of("2", "30", None, date(2026, 2, 15), money)
        opened(office, number, minor, discount=terms)

    told = pays(office, 14700)

    assert (list(told.parts.values()), told.left) == (["49.00", "98.00"], "0.00")
    assert (case_of(office, "R-2").discount, case_of(office, "R-3").discount) == (100, 200)


def test_a_discount_that_is_late_is_refused_in_the_answer_and_on_the_desk(office: Office) -> None:
    money = Money(5000, "EUR")
    terms = discount_of("2", "10", None, date(2026, 2, 15), money)
    opened(office, "R-2", discount=terms)

    told = pays(office, 4900, "R-2")

    why = "the discount of 1.00 EUR could be earned until 2026-02-25"
    assert why in told.text
    assert why in questions(office)[0]


def test_a_write_off_above_what_is_open_says_so(office: Office) -> None:
    answer = office.say(MessageType.WRITE_OFF, amount="200.00")

    assert "200.00 EUR is more than was open: 119.00 EUR are written off" in answer.text


def test_opening_the_first_content_again_is_harmless_after_a_correction(office: Office) -> None:
    """The ledger keeps both: what it said first, and what holds now."""
    known = reads.file_of(office.engine, office.case)
    assert known is not None
    office.say(MessageType.INVOICE_CORRECTED, amount="100.00", date="2026-03-20")

    office.desk.open(known.invoice, POLICY)
    row = reads.case_row(office.engine, office.case)
    assert row is not None
    assert (row.amount.minor, str(row.due), row.open.minor) == (10000, "2026-03-20", 10000)
    now = replace(known.invoice, amount=Money(10000, "EUR"), due=date(2026, 3, 20))
    with pytest.raises(ConflictError, match="what it said when it was opened stays"):
        office.desk.open(now, POLICY)
