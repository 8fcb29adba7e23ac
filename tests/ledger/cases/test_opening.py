"""Cases are opened once, found whole, and never seen from another account."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from tests.ledger import factories


def test_a_case_is_read_back_exactly_as_it_was_opened(ledger: SqlLedger, creditor: str) -> None:
    invoice = factories.invoice(creditor)
    with ledger.account(creditor, "C-1") as account:
        assert account.cases.open(invoice, factories.POLICY) is True

    with ledger.account_of(invoice.case_id) as account:
        file = factories.file_of(account, invoice.case_id)

    assert (file.invoice, file.policy) == (invoice, factories.POLICY)
    assert (file.debtor, file.creditor) == (Debtor(id="C-1"), Creditor(id=creditor))
    assert (file.decision, file.parked, file.on_hold, file.recorded) == (None, False, False, ())


def test_opening_the_same_invoice_again_changes_nothing(ledger: SqlLedger, creditor: str) -> None:
    invoice = factories.invoice(creditor)
    later = replace(invoice, opened_at=factories.NOON + timedelta(hours=1))
    with ledger.account(creditor, "C-1") as account:
        assert account.cases.open(invoice, factories.POLICY) is True
        assert account.cases.open(later, replace(factories.POLICY, name="other")) is False
        assert factories.file_of(account, invoice.case_id).policy.name == "short"


@pytest.mark.parametrize("amount", [Money(11901, "EUR"), Money(11900, "USD")])
def test_the_same_number_with_another_amount_is_a_conflict(
    ledger: SqlLedger, creditor: str, case: str, amount: Money
) -> None:
    with (
        ledger.account(creditor, "C-1") as account,
        pytest.raises(ConflictError, match="opened before"),
    ):
        account.cases.open(factories.invoice(creditor, amount=amount), factories.POLICY)


def test_the_same_number_of_another_customer_is_a_conflict(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-2") as account, pytest.raises(ConflictError):
        account.cases.open(factories.invoice(creditor, customer="C-2"), factories.POLICY)


def test_a_case_is_never_found_on_another_accounts_pages(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    other = f"{creditor}-other"
    factories.opened(ledger, factories.invoice(other))

    for key in ((other, "C-1"), (creditor, "C-2")):
        with ledger.account(*key) as account:
            assert account.cases.read(case) is None
            with pytest.raises(LookupError, match="has no case"):
                account.messages.add(case, factories.paid(), "new", "")
            with pytest.raises(LookupError, match="has no case"):
                account.cases.add_deed(case, factories.deed())
            with pytest.raises(LookupError, match="another account"):
                account.cases.open(factories.invoice(creditor), factories.POLICY)


def test_two_creditors_may_use_the_same_invoice_number(ledger: SqlLedger, creditor: str) -> None:
    mine, theirs = factories.invoice(creditor), factories.invoice(f"{creditor}-b", customer="C-9")
    assert factories.opened(ledger, mine) != factories.opened(ledger, theirs)
    assert ledger.customer_of(mine.case_id) == "C-1"
    assert ledger.customer_of(theirs.case_id) == "C-9"
    assert ledger.customer_of("invoice/nobody/0") is None


def test_an_unknown_case_has_no_account(ledger: SqlLedger) -> None:
    with pytest.raises(LookupError, match="no case"), ledger.account_of("invoice/nobody/0"):
        pass


def test_a_case_shows_the_people_on_both_sides(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    debtor = Debtor(id="C-1", name="Ümit & Söhne", email="a@b.example", zone="Europe/Berlin")
    company = Creditor(id=creditor, name="ACME", iban="DE02120300000000202051")
    people.upsert_debtor(engine, creditor, debtor)
    people.upsert_creditor(engine, company)

    with ledger.account_of(case) as account:
        file = factories.file_of(account, case)
    assert (file.debtor, file.creditor) == (debtor, company)


def test_what_was_found_out_about_an_address_outlives_a_new_import(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    debtor = Debtor(id="C-1", email="old@b.example", phone="+4930123")
    people.upsert_debtor(engine, creditor, debtor)
    with ledger.account(creditor, "C-1") as account:
        account.customer.mark_point("C-1", "old@b.example", bad=True)
        account.customer.mark_point("C-1", "", opted_out="sms")
    people.upsert_debtor(engine, creditor, replace(debtor, email="new@b.example"))

    known = people.get_debtor(engine, creditor, "C-1")
    assert known is not None
    assert (known.bad_points, known.opted_out) == (("old@b.example",), ("sms",))
    assert (known.reach("email"), known.reach("sms")) == ("new@b.example", "")
