"""Money comes once, goes where it belongs, and what is left over stays in sight."""

import pytest
from sqlalchemy import Engine

from activities.ports.stores.payments import PaymentRow
from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.payments import accounts
from domain.errors import RefusedError
from domain.message_types import MessageType
from domain.money import Money
from tests.ledger import factories


def test_a_payment_is_recorded_once(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    payment, part = factories.money_in(creditor), factories.part(case)
    with ledger.account(creditor, "C-1") as account:
        assert account.payments.add(payment, (part,)) is True
        assert account.payments.add(payment, ()) is False
        assert account.payments.parts_of(payment) == (part,)

    (row,) = accounts.list_payments(engine, creditor)
    assert (row.payment, row.parts, row.unallocated) == (payment, (part,), Money(0, "EUR"))
    assert accounts.unallocated(engine, creditor) == ()


def test_the_same_payment_id_with_another_amount_is_a_conflict(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-1") as account:
        account.payments.add(factories.money_in(creditor), ())
        with pytest.raises(ConflictError, match="recorded before"):
            account.payments.add(factories.money_in(creditor, minor=1), ())


def test_what_no_part_takes_stays_on_the_account(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-1") as account:
        account.payments.add(factories.money_in(creditor, "B-1", 20000), (factories.part(case),))
        account.payments.add(factories.money_in(creditor, "B-2", 500), ())

    (left,) = accounts.unallocated(engine, creditor)
    assert (left.customer, left.amount) == ("C-1", Money(8600, "EUR"))
    found = {row.payment.id: row.unallocated.minor for row in _payments(engine, creditor)}
    assert found == {"B-1": 8100, "B-2": 500}


def _payments(engine: Engine, creditor: str) -> tuple[PaymentRow, ...]:
    return accounts.list_payments(engine, creditor, "C-1")


def test_impossible_payments_leave_nothing_behind(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-1") as account:
        with pytest.raises(RefusedError, match="more than zero"):
            account.payments.add(factories.money_in(creditor, minor=0), ())
        with pytest.raises(RefusedError, match="does not fit"):
            account.payments.add(factories.money_in(creditor), (factories.part(case, 1, "USD"),))
        with pytest.raises(ValueError, match="more than the"):
            account.payments.add(factories.money_in(creditor), (factories.part(case, 11901),))
        with pytest.raises(LookupError):
            account.payments.add(factories.money_in(creditor), (factories.part("invoice/other/1"),))

    assert accounts.list_payments(engine, creditor) == ()


def test_two_creditors_may_hear_of_the_same_payment_id(ledger: SqlLedger, creditor: str) -> None:
    for company in (creditor, f"{creditor}-b"):
        with ledger.account(company, "C-1") as account:
            assert account.payments.add(factories.money_in(company), ()) is True


def test_open_invoices_come_oldest_due_date_first_and_only_while_something_is_open(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    due = factories.invoice(creditor).due
    older = factories.opened(ledger, factories.invoice(creditor, "R-0", due=due.replace(month=2)))
    withdrawn = factories.opened(ledger, factories.invoice(creditor, "R-3"))
    paid = factories.opened(ledger, factories.invoice(creditor, "R-4"))
    with ledger.account(creditor, "C-1") as account:
        account.messages.add(withdrawn, factories.said("W", MessageType.WITHDRAWN), "applied", "")
        account.messages.add(paid, factories.paid(), "applied", "")
        factories.save(account, withdrawn)
        factories.save(account, paid)
        assert account.cases.open_invoices() == (older, case)
