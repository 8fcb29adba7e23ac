"""Makes an import of electronic invoices: what is opened, credited, left out, asked, refused."""

# One thing: from documents to the parts of an import, each with the place where it stands.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from activities.services.einvoice.intake import EInvoiceService, wrong_seller
from adapters.einvoice.invoice_files import InvoiceDocument
from domain.case.invoice import Discount, payment_reference
from domain.case.terms import checked_terms
from domain.einvoice.claims import ClaimFate, DueFrom, JudgedInvoice, judge_invoice
from domain.einvoice.document import ElectronicInvoice
from domain.errors import DomainError
from domain.evidence.model import Filed, as_invoice, filed
from domain.money import Money
from domain.parties.people import Creditor
from domain.payments.discounts import discount_of
from starter.importing.einvoices.debtors import buyer_as_debtor, left_out_of_contact
from starter.importing.exports.export import CreditRow, Export, LeftOut
from starter.importing.files.cells import named
from starter.importing.files.invoices import InvoiceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInvoice:
    """An invoice that a person is asked about, and why."""

    place: str
    number: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoiceReading:
    """How electronic invoices are read where they leave something open.

    Attributes:
        terms: the customer's usual terms, where an invoice tells no due date.
        zone: the time zone of customers in countries with several.
        customers: by number of an invoice, whose it is.
    """

    terms: str = ""
    zone: str = "UTC"
    customers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class EInvoiceImport:
    """What electronic invoices make.

    Attributes:
        copies: by number, the PDF that people read.
        due_from: by number, where a due date was found that no field told.
        asked: invoices that a person is asked about.
        notes: what to know besides, in words.
    """

    rows: list[InvoiceRow] = field(default_factory=list)
    credits: list[CreditRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked: list[AskedInvoice] = field(default_factory=list)
    copies: dict[str, Filed] = field(default_factory=dict)
    due_from: dict[str, DueFrom] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def export(self) -> Export:
        """The same as what any file holds."""
        return Export(
            rows=tuple(self.rows),
            credits=tuple(self.credits),
            left_out=tuple(self.left_out),
            refused=tuple(self.refused),
            notes=tuple(dict.fromkeys(self.notes)),
        )


def einvoice_import(
    service: EInvoiceService,
    company: Creditor | None,
    creditor: str,
    documents: Sequence[InvoiceDocument],
    reading: EInvoiceReading,
) -> EInvoiceImport:
    """Sort documents by what becomes of them; the same document twice counts once."""
    made = EInvoiceImport()
    customers = service.customers(creditor, [one.invoice for one in documents])
    whose = [
        reading.customers.get(one.invoice.number) or found
        for one, found in zip(documents, customers, strict=True)
    ]
    agreed = service.payment_terms(creditor, {one for one in whose if isinstance(one, str)})
    for at, (one, customer) in enumerate(zip(documents, whose, strict=True), start=1):
        sorter = _Sorter(made, one, company, at, reading)
        try:
            sorter.sort(customer, agreed.get(str(customer), ""))
        except DomainError as reason:
            made.refused.append(f"{sorter.place}: {one.invoice.number}: {reason}")
    return made


@dataclass(frozen=True, slots=True)
class _Sorter:
    """One document while it is sorted."""

    made: EInvoiceImport
    document: InvoiceDocument
    company: Creditor | None
    at: int
    reading: EInvoiceReading

    @property
    def invoice(self) -> ElectronicInvoice:
        return self.document.invoice

    @property
    def place(self) -> str:
        return f"{self.document.file}: line {self.invoice.line}"

    def sort(self, customer: str | DomainError, agreed: str) -> None:
        """Put the document where it belongs."""
        number = named(self.invoice.number)
        if why := wrong_seller(self.company, self.invoice):
            raise DomainError(why)
        judged = judge_invoice(self.invoice, agreed, self.reading.terms)
        if judged.fate is ClaimFate.NOTHING_OWED:
            self._leave(judged.why)
        elif judged.credit:
            self._credit(judged, judged.credit)
        elif judged.due is None or judged.amount is None or isinstance(customer, DomainError):
            why = judged.why or str(customer)
            self.made.asked.append(AskedInvoice(place=self.place, number=number, why=why))
        else:
            self._claim(self._row(judged, judged.due, judged.amount, named(customer)), judged)

    def _leave(self, why: str) -> None:
        left = LeftOut(line=self.at, number=self.invoice.number, why=why, place=self.place)
        self.made.left_out.append(left)

    def _credit(self, judged: JudgedInvoice, credit: Money) -> None:
        if not judged.credits:
            way_out = "record it for the invoice that it is for"
            self._leave(f"a credit note of {credit} that {judged.why}: {way_out}")
            return
        self.made.credits.append(
            CreditRow(
                line=self.at,
                number=named(self.invoice.number),
                invoice=judged.credits,
                customer="",
                amount=credit,
                place=self.place,
            )
        )

    def _claim(self, row: InvoiceRow, judged: JudgedInvoice) -> None:
        for other in self.made.rows:
            if other.number == row.number:
                self._twice(other, row)
                return
        self.made.rows.append(row)
        if judged.due_from and judged.due_from is not DueFrom.FIELD:
            self.made.due_from[row.number] = judged.due_from
        if self.document.copy:
            self._keep_copy(row.number)
        self.made.notes += self._notes(row)

    def _twice(self, other: InvoiceRow, row: InvoiceRow) -> None:
        """The same invoice in two files or syntaxes is one; another content is an error."""
        place = (row.line, row.place) == (other.line, other.place)
        same = (other.due, other.issued, other.amount, other.debtor.id, other.terms)
        if place or same != (row.due, row.issued, row.amount, row.debtor.id, row.terms):
            raise DomainError(f"stands in {other.place} as well, with other content")
        self._leave(f"the same invoice as in {other.place}")
        if self.document.copy and row.number not in self.made.copies:
            self._keep_copy(row.number)

    def _row(self, judged: JudgedInvoice, due: date, amount: Money, customer: str) -> InvoiceRow:
        return InvoiceRow(
            line=self.at,
            place=self.place,
            number=self.invoice.number,
            debtor=buyer_as_debtor(self.invoice, customer, self.reading.zone),
            issued=self.invoice.issued,
            due=due,
            amount=amount,
            paid=judged.prepaid,
            discount=self._discount(judged),
            reference=self._reference(),
            terms=checked_terms(judged.parts, due, amount),
        )

    def _discount(self, judged: JudgedInvoice) -> Discount | None:
        """The largest one; a case knows one discount."""
        for one in judged.discounts[:1]:
            last = one.last_day(self.invoice.issued)
            return discount_of(one.percent, "", last, self.invoice.issued, self.invoice.payable)
        return None

    def _reference(self) -> str:
        """What the payer is to write, if a bank can carry it and it is not just the number."""
        told = self.invoice.means.reference
        if told == self.invoice.number:
            return ""
        try:
            return payment_reference(told)
        except DomainError:
            return ""

    def _keep_copy(self, number: str) -> None:
        name = self.document.file.rpartition(": ")[2]
        try:
            self.made.copies[number] = as_invoice(filed(name, self.document.copy))
        except DomainError as reason:
            self.made.notes.append(f"{self.place}: no copy is kept: {reason}")

    def _notes(self, row: InvoiceRow) -> Iterable[str]:
        means, own = (
            self.invoice.means,
            "".join((self.company.iban if self.company else "").split()),
        )
        if own and means.accounts and own not in means.accounts:
            yield f"{self.place}: asks for payment to another account than letters do"
        if means.payee and means.payee != self.invoice.seller.name:
            yield f"{self.place}: somebody else than the seller is to be paid"
        if lost := left_out_of_contact(self.invoice, row.debtor):
            yield f"{self.place}: {', '.join(lost)} of the buyer cannot be right and was left out"
