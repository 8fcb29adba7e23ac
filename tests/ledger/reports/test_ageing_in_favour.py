"""Ageing deducts what speaks for a customer in a column of its own, the oldest invoices first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.ports.stores.reports import ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.reports.reports import ageing
from domain.case.invoice import Invoice
from domain.history.reports import AgeingBuckets
from domain.money import Money
from domain.payments.allocation import PaymentIn, PaymentKind
from tests.ledger import factories

LATER = datetime(2026, 5, 1, 8, tzinfo=UTC)


def _payment(
    ledger: SqlLedger, invoice: Invoice, minor: int, at: datetime, **more: Any
) -> PaymentIn:
    """Money or a credit note of the invoice's customer that no invoice took."""
    given = PaymentIn(
        creditor=invoice.creditor,
        source="bank",
        id=f"B-{minor}",
        customer=invoice.customer,
        amount=Money(minor, "EUR"),
        at=at,
    )
    given = replace(given, **more)
    with ledger.account(given.creditor, given.customer) as account:
        account.payments.add(given, ())
    return given


@pytest.fixture
def books(ledger: SqlLedger, engine: Engine, creditor: str) -> tuple[SqlLedger, Engine, str]:
    """The ledger, its engine, and a creditor of its own."""
    return ledger, engine, creditor


@pytest.mark.parametrize(
    ("kind", "lies", "balanced"),
    [
        ("credit_note", Money(23000, "EUR"), 11900),
        ("credit_note", Money(11899, "EUR"), 11899),
        ("payment", Money(11900, "EUR"), 11900),
        ("payment", Money(23000, "USD"), 0),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_speaks_for_the_customer_is_deducted_in_a_column_of_its_own(
    books: tuple[SqlLedger, Engine, str], kind: str, lies: Money, balanced: int
) -> None:
    """The account is 230.00 in credit: 119.00 are open, and nothing of it is to be collected."""
    ledger, engine, creditor = books
    mine, others = factories.invoice(creditor), factories.invoice(creditor, "R-9", customer="C-9")
    factories.opened(ledger, others)
    _payment(ledger, mine, lies.minor, factories.NOON, amount=lies, kind=PaymentKind(kind))

    def figures(on: date) -> tuple[int, int, int]:
        rows = ageing(
            engine, ReportScope(on=on, creditor=creditor, currency="EUR"), AgeingBuckets()
        )
        open_ = sum(row.open.minor for row in rows)
        return open_, sum(row.in_favour.minor for row in rows), sum(row.net.minor for row in rows)

    day = factories.NOON.date()
    assert figures(day) == (23800, balanced, 23800 - balanced)
    assert figures(day - timedelta(days=1)) == (23800, 0, 23800)


def test_it_is_taken_off_the_oldest_invoices_first(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    """119.00 due on 1 March and 119.00 due on 1 June: 150.00 balance the first and 31.00."""
    mine = factories.invoice(creditor)
    factories.opened(ledger, factories.invoice(creditor, "R-2", due=date(2026, 6, 1)))
    _payment(ledger, mine, 15000, factories.NOON)

    rows = ageing(engine, ReportScope(on=date(2026, 3, 20), creditor=creditor), AgeingBuckets())

    found = {row.bucket: (row.in_favour.minor, row.net.minor) for row in rows if row.invoices}
    assert found == {"not due": (3100, 8800), "1-30": (11900, 0)}


def test_a_surplus_of_that_day_counts_whenever_it_is_asked(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    """139.00 came for 119.00 on 1 May; the report of 30 April knows nothing of it."""
    second = factories.invoice(creditor, "R-2", due=date(2026, 6, 1))
    factories.opened(ledger, second)
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid("P-2", 13900, LATER), "applied", "")
        factories.save(account, case)

    def balanced(on: date) -> int:
        rows = ageing(engine, ReportScope(on=on, creditor=creditor), AgeingBuckets())
        return sum(row.in_favour.minor for row in rows)

    assert (balanced(date(2026, 4, 30)), balanced(date(2026, 5, 1))) == (0, 2000)
