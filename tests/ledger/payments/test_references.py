"""The payment reference of an invoice: kept as it is printed, part of what the invoice says."""

import pytest

from activities.cases.opening import read_invoice
from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.codec import invoice_content
from domain.case.invoice import LONGEST_REFERENCE, payment_reference
from domain.errors import DomainError
from tests.ledger import factories

BEFORE = "8c326928e16d4e98008ccb1477f8f643454a2343f6ffaa96aa4fc5f0a1010f27"
"""What an invoice of 119.00 EUR came to before there were references."""

OUTSIDE = {
    "number": "R-1",
    "customer": "C-1",
    "issued": "2026-02-01",
    "due": "2026-03-01",
    "amount": "119.00",
    "currency": "EUR",
}


def test_a_reference_is_read_back_as_it_was_printed(ledger: SqlLedger, creditor: str) -> None:
    case = factories.opened(ledger, factories.invoice(creditor, reference="RF18 5390 0754 7034"))

    with ledger.account_of(case) as account:
        assert factories.file_of(account, case).invoice.reference == "RF18 5390 0754 7034"


def test_an_invoice_without_a_reference_is_what_it_was_before_there_were_any() -> None:
    plain = factories.invoice("acme")

    assert invoice_content(plain) == BEFORE
    assert invoice_content(factories.invoice("acme", reference="RF18")) != BEFORE


def test_the_same_number_with_another_reference_is_a_conflict(
    ledger: SqlLedger, creditor: str
) -> None:
    factories.opened(ledger, factories.invoice(creditor, reference="RF18"))

    with pytest.raises(ConflictError, match="another customer, date, amount or reference"):
        factories.opened(ledger, factories.invoice(creditor, reference="RF19"))


@pytest.mark.parametrize("given", [{}, {"reference": None}, {"reference": ""}])
def test_outside_systems_need_not_name_one(given: dict[str, str | None]) -> None:
    invoice = read_invoice("invoice/acme/R-1", OUTSIDE | given, factories.NOON)

    assert invoice.reference == ""


def test_outside_systems_may_name_one() -> None:
    given = OUTSIDE | {"reference": " 20260001 "}

    assert read_invoice("invoice/acme/R-1", given, factories.NOON).reference == "20260001"


@pytest.mark.parametrize("text", ["7" * (LONGEST_REFERENCE + 1), "RF18\nBcc: x", "RF\u202818"])
def test_a_reference_is_one_short_line(text: str) -> None:
    with pytest.raises(DomainError, match=r"reference|take it out") as refused:
        read_invoice("invoice/acme/R-1", OUTSIDE | {"reference": text}, factories.NOON)

    assert refused.value.field == "reference"
    assert payment_reference("7" * LONGEST_REFERENCE) == "7" * LONGEST_REFERENCE
