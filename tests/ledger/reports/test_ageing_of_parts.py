"""C10: ageing and DSO count each part of an invoice by its own due date, today and on past days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from activities.ports.stores.reports import ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries import reads
from adapters.ledger.reports.reports import ageing
from domain.case.invoice import Invoice, InvoicePart
from domain.case.model import Message
from domain.history.reports import AgeingBuckets
from domain.message_types import MessageType
from domain.money import Money
from tests.ledger import factories

TERMS = (
    InvoicePart(day=date(2026, 3, 1), minor=6000),
    InvoicePart(day=date(2026, 4, 1), minor=5900),
)
LATER = datetime(2026, 5, 1, 8, tzinfo=UTC)


def _opened(ledger: SqlLedger, creditor: str) -> Invoice:
    invoice = factories.invoice(creditor, terms=TERMS)
    factories.opened(ledger, invoice)
    return invoice


def _aged(engine: Engine, creditor: str, on: date) -> dict[str, tuple[int, int, int]]:
    """By bucket: invoices, what is open, and what of it is contested."""
    rows = ageing(engine, ReportScope(on=on, creditor=creditor), AgeingBuckets())
    return {
        row.bucket: (row.invoices, row.open.minor, row.disputed.minor)
        for row in rows
        if row.invoices and row.open.minor
    }


def _say(ledger: SqlLedger, case: str, *said: Message) -> None:
    with ledger.account_of(case) as account:
        for message in said:
            account.messages.add(case, message, "applied", "")
        factories.save(account, case)


def test_each_part_is_as_old_as_its_own_due_date(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """C10: on the due date nothing is late, the day after it is."""
    _opened(ledger, creditor)

    assert _aged(engine, creditor, date(2026, 3, 1)) == {"not due": (1, 11900, 0)}
    assert _aged(engine, creditor, date(2026, 3, 2)) == {
        "not due": (1, 5900, 0),
        "1-30": (1, 6000, 0),
    }
    assert _aged(engine, creditor, date(2026, 4, 2)) == {
        "1-30": (1, 5900, 0),
        "31-60": (1, 6000, 0),
    }


def test_money_and_disputes_count_to_the_oldest_part(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """C10: 10.00 paid and 55.00 contested: all that is left of the first part, and 5.00 more."""
    case = _opened(ledger, creditor).case_id
    contested = Message(
        key="D", kind=MessageType.DISPUTE_OPENED, at=factories.NOON, amount=Money(5500, "EUR")
    )
    _say(ledger, case, factories.paid(minor=1000), contested)

    assert _aged(engine, creditor, date(2026, 4, 2)) == {
        "1-30": (1, 5900, 500),
        "31-60": (1, 5000, 5000),
    }


def test_a_past_day_is_reported_as_it_was(ledger: SqlLedger, engine: Engine, creditor: str) -> None:
    """C10: the first part was paid on 1 May; the report of 30 April knows nothing of it."""
    case = _opened(ledger, creditor).case_id
    _say(ledger, case, factories.paid(minor=6000, at=LATER))

    assert _aged(engine, creditor, date(2026, 4, 30)) == {
        "1-30": (1, 5900, 0),
        "31-60": (1, 6000, 0),
    }
    assert _aged(engine, creditor, date(2026, 5, 1)) == {"1-30": (1, 5900, 0)}


def test_the_row_of_a_case_has_the_date_of_the_oldest_unpaid_part(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """C10: and its invoice is read back as it was opened."""
    invoice = _opened(ledger, creditor)
    before = reads.case_row(engine, invoice.case_id)
    _say(ledger, invoice.case_id, factories.paid(minor=6000))
    after = reads.case_row(engine, invoice.case_id)

    assert before
    assert after
    assert (before.due, after.due) == (TERMS[0].day, TERMS[1].day)
    with ledger.account_of(invoice.case_id) as account:
        assert factories.file_of(account, invoice.case_id).invoice == invoice


def test_terms_that_were_corrected_leave_what_was_opened(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """C10: 20.00 less are taken off the last part, in the report as well."""
    invoice = _opened(ledger, creditor)
    less = Message(
        key="C", kind=MessageType.INVOICE_CORRECTED, at=factories.NOON, amount=Money(9900, "EUR")
    )
    _say(ledger, invoice.case_id, less)

    assert _aged(engine, creditor, date(2026, 4, 2)) == {
        "1-30": (1, 3900, 0),
        "31-60": (1, 6000, 0),
    }
    with ledger.account_of(invoice.case_id) as account:
        assert factories.file_of(account, invoice.case_id).invoice == invoice
