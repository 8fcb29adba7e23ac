"""Several creditors and customers in one house: nothing of one is ever told to another."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path

import pytest

from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from tests.workflows.factories import BRISK, WorkflowHarness

_numbers = count(1)


@dataclass(frozen=True)
class Pair:
    """A creditor and one of its customers, with words that belong to no other pair."""

    creditor: str
    customer: str
    invoices: tuple[Invoice, ...]

    @property
    def private(self) -> tuple[str, ...]:
        """What only this customer may ever read, and no log or history may hold."""
        return (
            f"Canary {self.customer} of {self.creditor}",
            f"{self.customer}@{self.creditor}.example",
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is this pair's alone."""
        return (*self.private, *(invoice.number for invoice in self.invoices))


async def _pair(application: WorkflowHarness, creditor: str, customer: str) -> Pair:
    debtor = Debtor(
        id=customer,
        name=f"Canary {customer} of {creditor}",
        email=f"{customer}@{creditor}.example",
        zone="Europe/Berlin",
    )
    upsert_debtor(application.engine, creditor, debtor)
    invoices = tuple(_invoice(application, creditor, customer, which) for which in range(3))
    for invoice in invoices:
        await application.amicable.open_case(invoice, BRISK)
    return Pair(creditor, customer, invoices)


def _invoice(application: WorkflowHarness, creditor: str, customer: str, which: int) -> Invoice:
    today = application.now.date()
    return Invoice(
        creditor=creditor,
        number=f"{creditor}-{customer}-{which}",
        customer=customer,
        issued=today - timedelta(days=20),
        due=today + timedelta(days=5),
        amount=Money(10_000 + which, "EUR" if which else "USD"),
        opened_at=application.now,
    )


async def _pairs(application: WorkflowHarness) -> list[Pair]:
    run = next(_numbers)
    creditors = [f"owed{run}{letter}" for letter in "xy"]
    for creditor in creditors:
        company = Creditor(
            id=creditor, name=f"Owed {creditor}", email=f"billing@{creditor}.example"
        )
        upsert_creditor(application.engine, company)
    return [
        await _pair(application, creditor, customer)
        for creditor in creditors
        for customer in ("zebra", "quagga")
    ]


async def _reminded(application: WorkflowHarness, pairs: list[Pair]) -> None:
    """Let time run until every invoice was written about."""
    for pair in pairs:
        for invoice in pair.invoices:
            if "polite" not in application.steps(invoice.case_id):
                await application.next(application.client.get_workflow_handle(invoice.case_id))


def _read(letter: Path) -> tuple[str, str]:
    """To whom it went, and all that it says."""
    mail = message_from_bytes(letter.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(mail["to"]), f"{mail['subject']}\n{mail['from']}\n{body.get_content()}"


async def test_each_customer_reads_its_own_invoices_and_nobody_elses(
    application: WorkflowHarness,
) -> None:
    pairs = await _pairs(application)
    before = set(application.letters())
    await _reminded(application, pairs)
    letters = [_read(path) for path in application.letters() if path not in before]

    assert len(letters) == len(pairs), "three invoices, one message"
    for pair in pairs:
        (text,) = [said for to, said in letters if pair.private[1] in to]
        read = (pair.private[0], *(invoice.number for invoice in pair.invoices))
        assert not [word for word in read if word not in text]
        assert "Total owed in EUR: EUR 200.03" in text
        assert "Total owed in USD: USD 100.00" in text
        others = [word for other in pairs if other is not pair for word in other.words]
        assert not [word for word in others if re.search(rf"{re.escape(word)}\b", text)]
        assert not [
            other
            for other in pairs
            if other.creditor != pair.creditor and f"Owed {other.creditor}" in text
        ]


async def test_no_log_line_and_no_history_holds_a_name_or_an_address(
    application: WorkflowHarness, capfd: pytest.CaptureFixture[str]
) -> None:
    pairs = await _pairs(application)
    await _reminded(application, pairs)
    logs = "".join(capfd.readouterr())

    for pair in pairs:
        assert not [word for word in pair.private if word in logs]
        for invoice in pair.invoices:
            history = await application.client.get_workflow_handle(invoice.case_id).fetch_history()
            kept = history.to_json()
            others = [word for other in pairs if other is not pair for word in other.words]
            assert not [word for word in (*pair.private, *others) if word in kept]


async def test_one_customer_s_contact_book_is_not_anothers(application: WorkflowHarness) -> None:
    """The same id at another creditor is another customer, with limits of its own."""
    pairs = await _pairs(application)
    await _reminded(application, pairs)

    for pair in pairs:
        for invoice in pair.invoices:
            assert application.steps(invoice.case_id) == ["polite"]
