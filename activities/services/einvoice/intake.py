"""The service for electronic invoices: whose they are, and the questions about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from activities.ports.clock import Clock
from activities.ports.einvoice.buyers import BuyerStore
from activities.ports.types import Task
from domain.einvoice.buyers import customer_of_buyer, plain_key
from domain.einvoice.document import ElectronicInvoice, InvoiceParty
from domain.errors import DomainError
from domain.ids import CaseId
from domain.parties.people import Creditor
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_VAT_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class EInvoiceService:
    """Finds the customers of electronic invoices, and asks about what cannot be opened."""

    store: BuyerStore
    clock: Clock

    def customers(
        self, creditor: str, documents: Sequence[ElectronicInvoice]
    ) -> list[str | DomainError]:
        """Find for each document whose it is, or why that is not known."""
        return self.customers_of(creditor, [one.buyer for one in documents])

    def customers_of(
        self, creditor: str, buyers: Sequence[InvoiceParty]
    ) -> list[str | DomainError]:
        """Find for each buyer which customer it is, or why that is not known."""
        ids = {buyer.id for buyer in buyers if buyer.id}
        vats = {plain_key(buyer.vat_id) for buyer in buyers if buyer.vat_id}
        known = self.store.known(creditor, ids, vats)
        found = list[str | DomainError]()
        for buyer in buyers:
            try:
                found.append(customer_of_buyer(buyer, known.ids, known.by_vat))
            except DomainError as reason:
                found.append(reason)
        return found

    def payment_terms(self, creditor: str, customers: Collection[str]) -> Mapping[str, str]:
        """Read the terms that were agreed with customers, by id; of those that have any."""
        return self.store.payment_terms(creditor, customers)

    def ask(self, creditor: str, number: str, why: str) -> bool:
        """Ask a person about an invoice that cannot be opened yet; once for each invoice."""
        case_id = str(CaseId(creditor, number))
        return self.store.put_task(
            Task(
                key=str(TaskKey.of(TaskTopic.UNOPENED, case_id, "einvoice")),
                kind=TaskKind.QUESTION,
                case=case_id,
                title=f"invoice {number} came in and is not chased: {why}"[:300],
                detail="Open it with its due date, or say the customer's terms and import it "
                "again; tick this off if nothing is to be collected.",
                due_at=self.clock(),
            )
        )

    def answered(self, creditor: str, numbers: Sequence[str]) -> None:
        """Tick off what was asked about invoices that are open now."""
        for number in numbers:
            beginning = TaskKey.beginning(TaskTopic.UNOPENED, CaseId(creditor, number))
            self.store.finish_tasks_beginning(beginning, "the invoice was opened")


def wrong_seller(company: Creditor | None, document: ElectronicInvoice) -> str:
    """Tell why an invoice cannot be the creditor's own claim; empty if it can.

    An invoice to the creditor, which it has to pay itself, would be chased otherwise.
    """
    own = plain_key(company.tax_number) if company else ""
    if not own or not own[:_VAT_COUNTRY].isalpha():
        return ""
    if own in _numbers(document.buyer):
        return "is an invoice to the creditor, which the creditor has to pay"
    seller = plain_key(document.seller.vat_id)
    if seller[:_VAT_COUNTRY] == own[:_VAT_COUNTRY] and seller != own:
        return "has another seller than the creditor, by its VAT number"
    return ""


def _numbers(party: InvoiceParty) -> set[str]:
    keys = (key.partition(":")[2] for key in party.keys)
    return {plain_key(number) for number in (party.vat_id, *keys)}
