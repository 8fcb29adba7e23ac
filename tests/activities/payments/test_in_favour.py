"""What speaks for a customer holds the others' deeds: seen by the last look, heard by the cases."""

from datetime import date, timedelta

import pytest

from activities.cases.session import Session
from activities.ports.types import Task
from adapters.ledger.queries import watch
from domain.case.invoice import Invoice
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.customer import InvoiceShare
from domain.parties.tasks import TaskKind
from tests.activities.payments.test_money_on_the_account import opened, pays, place
from tests.activities.sending_harness import NINE, POLICY, Office


def call(office: Office) -> None:
    """A collector has been asked to call about R-1."""
    with office.ledger.account_of(office.case) as account:
        account.tasks.add(
            Task(key=f"call/{office.case}", kind=TaskKind.CALL, case=office.case, title="call")
        )


def behind(office: Office) -> set[str]:
    """The numbers of cases that have not looked at their newest message."""
    mine = f"invoice/{office.creditor}/"
    return {case.removeprefix(mine) for case in watch.unwoken(office.engine) if mine in case}


def test_a_credit_note_on_the_account_stops_the_reminder_and_the_call(office: Office) -> None:
    """The account is 230.00 in credit; nobody writes or calls about 119.00."""
    call(office)
    told = pays(office, 23000, kind="credit_note")
    decision = office.remind()

    assert told.left == "230.00"
    assert (office.email.taken, office.tasks("call")) == ([], [])
    assert decision.do == "ask_person"
    assert "230.00 EUR of credit notes fit no invoice; allocate or refund it" in decision.why


def test_the_cases_hear_of_it_and_are_woken(office: Office) -> None:
    """P82: so their calls leave the desk before somebody makes them."""
    second = opened(office, "R-2")
    office.remind()
    dollars = Invoice(
        creditor=office.creditor,
        number="R-3",
        customer="C1",
        issued=date(2026, 2, 15),
        due=date(2026, 3, 4),
        amount=Money(5000, "USD"),
        opened_at=NINE - timedelta(days=9),
    )
    office.desk.open(dollars, POLICY)
    assert behind(office) == set()

    pays(office, 23000, kind="credit_note")

    assert {"R-1", "R-2", "R-3"} == behind(office)
    with office.ledger.account_of(second) as account:
        assert "fit no invoice" in Session(account, second, office.now).decide().why
        other = Session(account, dollars.case_id, office.now).decide()
    assert other.do == "remind"


@pytest.mark.parametrize(
    ("came", "surplus", "held"),
    [("119.49", 49, False), ("119.50", 50, True), ("238.00", 11900, True)],
)
def test_a_surplus_holds_the_customers_other_invoices(
    office: Office, came: str, surplus: int, held: bool
) -> None:
    second = opened(office, "R-2")
    office.remind()

    office.say(MessageType.PAYMENT, amount=came)

    office.now += timedelta(days=3)
    with office.ledger.account_of(second) as account:
        known = account.customer.known
        session = Session(account, second, office.now)
        why = session.decide().why
    assert known.shares == (InvoiceShare(case=office.case, currency="EUR", surplus=surplus),)
    assert ("came in on other invoices and are owed for nothing" in why) is held
    assert bool(session.file.recorded) is held


def test_money_on_a_withdrawn_invoice_speaks_for_the_customer_too(office: Office) -> None:
    opened(office, "R-2")
    office.say(MessageType.PAYMENT, amount="100.00")
    office.say(MessageType.WITHDRAWN)

    with office.ledger.account_of(office.case) as account:
        assert account.customer.known.in_favour("EUR") == 10000


def test_once_it_is_placed_the_others_go_on_with_a_word_first(office: Office) -> None:
    second = opened(office, "R-2", 20000)
    office.remind()
    office.say(MessageType.PAYMENT, amount="150.00")
    office.now += timedelta(days=3)

    place(office, "R-2", case=office.case)

    with office.ledger.account_of(second) as account:
        session = Session(account, second, office.now)
        assert (session.case.open, session.case.freed_at) == (16900, office.now)
        assert session.decide().do == "remind"


def test_another_creditors_customer_of_that_id_is_not_held(office: Office) -> None:
    other = Office(office.engine, f"{office.creditor}-x")
    pays(office, 23000, kind="credit_note")

    with other.ledger.account_of(other.case) as account:
        assert account.customer.known.in_favour("EUR") == 0
        assert Session(account, other.case, other.now).decide().do == "remind"
