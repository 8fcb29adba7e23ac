"""What two customers are asked to write into their transfers is never the same (C5, P26)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from adapters.ledger.customers.people import upsert_creditor
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Creditor
from domain.wire import CaseActivityInput
from tests.activities.sending_harness import DEBTOR, NINE, POLICY, Office


def _referenced(office: Office, number: str, customer: str) -> str:
    """Open an invoice of a customer, remind, and read the reference in the mail."""
    office.known(replace(DEBTOR, id=customer, email=f"{customer}@example.test"))
    due = date(2026, 3, 1)
    invoice = Invoice(
        creditor=office.creditor,
        number=number,
        customer=customer,
        issued=due - timedelta(days=14),
        due=due,
        amount=Money(11900, "EUR"),
        opened_at=office.now - timedelta(days=10),
    )
    office.desk.open(invoice, POLICY)
    turn = CaseActivityInput(case=invoice.case_id, do="remind", step="polite", at=NINE)
    office.sender().send(turn, office.clock)
    found = re.search(r"Payment reference: (.+)", office.email.calls[-1].text)
    assert found
    return found[1]


def test_invoices_that_differ_in_signs_only_print_different_references(office: Office) -> None:
    """T-1 was there first and may stand on paper already; T1 prints its number itself."""
    company = Creditor(
        id=office.creditor,
        name="Acme",
        email="billing@acme.example",
        iban="DE02120300000000202051",
        reference="iso11649",
    )
    upsert_creditor(office.engine, company)

    assert _referenced(office, "T-1", "c-2") == "RF04 T1"
    office.now += timedelta(minutes=1)
    assert _referenced(office, "T1", "c-3") == "T1"
    assert _referenced(office, "T2", "c-4") == "RF74 T2"
