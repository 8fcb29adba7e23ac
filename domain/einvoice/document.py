"""An electronic invoice as it was read: what is claimed of whom, until when, and in what words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.case.invoice import InvoicePart
from domain.money import Money


class DocumentKind(StrEnum):
    """What a document does to what a customer owes.

    CORRECTION takes the place of an invoice, or adds to it: which of the two, a person says.
    NO_CLAIM is no invoice to a customer at all, such as a pro-forma or a self-invoice.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    CORRECTION = "correction"
    NO_CLAIM = "no_claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceParty:
    """The seller or the buyer of an electronic invoice.

    Attributes:
        id: the number by which the seller knows it; empty if there is none.
        keys: other numbers of it, each with its scheme in front, such as ``gln:4012345000009``.
        vat_id: its VAT number, with the country in front.
        is_person: whether it is surely a natural person.
        street: lines of the postal address.
        attention: the person or department to contact.
    """

    id: str = ""
    keys: tuple[str, ...] = ()
    name: str = ""
    vat_id: str = ""
    is_person: bool = False
    street: tuple[str, ...] = ()
    postcode: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    attention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyDiscount:
    """A discount for paying early; its last day is told by the days or by the date.

    Attributes:
        percent: a plain decimal such as ``2.5``.
    """

    percent: str
    days: int | None = None
    until: date | None = None

    def last_day(self, issued: date) -> date | None:
        """Find the last day on which it can be earned; None if it is not told."""
        if self.until or self.days is None:
            return self.until
        return date.fromordinal(issued.toordinal() + self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTerms:
    """When a document is to be paid, as it says by fields.

    Attributes:
        due: the due date; None if no field tells one.
        parts: the parts in which it falls due, where there are several days.
        text: the terms in words.
        discounts: for paying early.
    """

    due: date | None = None
    parts: tuple[InvoicePart, ...] = ()
    text: str = ""
    discounts: tuple[EarlyDiscount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMeans:
    """How a document wants to be paid.

    Attributes:
        accounts: IBANs or account numbers to pay to.
        reference: what the payer is to write.
        is_collected: the seller takes the money itself, by direct debit or card.
        payee: somebody else who is to be paid; empty if it is the seller.
    """

    accounts: tuple[str, ...] = ()
    reference: str = ""
    is_collected: bool = False
    payee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicInvoice:
    """One invoice or credit note.

    Attributes:
        what: why it is no claim, where it is none; else what its type is called.
        payable: what is still to be paid of it; may be less than nothing.
        prepaid: what was paid before.
        corrects: the numbers of the invoices that it is about.
        language: of the document, as an IETF tag; empty if it does not say.
        line: the line at which it begins.
    """

    kind: DocumentKind
    what: str
    number: str
    issued: date
    payable: Money
    prepaid: Money
    terms: DueTerms
    seller: InvoiceParty
    buyer: InvoiceParty
    means: PaymentMeans = PaymentMeans()
    corrects: tuple[str, ...] = ()
    language: str = ""
    line: int = 0

    @property
    def amount(self) -> Money:
        """The gross amount: what is to be paid and what was paid before."""
        return self.payable + self.prepaid if self.prepaid.minor > 0 else self.payable

    @property
    def credit(self) -> Money | None:
        """What it takes away from what is owed; None if it is a claim."""
        if self.kind is DocumentKind.CREDIT_NOTE or self.payable.minor < 0:
            return Money(abs(self.payable.minor), self.payable.currency)
        return None
