"""What is to be taken in: the invoices of a file, and what it tells of each of them besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.calendar import Calendar
from domain.case.model import Invoice, Message
from domain.contact.elsewhere import last_said_elsewhere
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource, Teller
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from starter.importing.files.invoices import InvoiceRow

IMPORT_SOURCE = "import"
"""Who reports what an invoice file itself tells of."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be taken in.

    Attributes:
        policy: what new cases follow.
        chosen: by customer, a policy that was chosen for that customer instead.
        credits: by number, credit notes of the file that name an invoice of the file.
        besides: more customers that the list tells about, whose invoices are not opened by it.
        source: who tells about the customers.
    """

    creditor: str
    rows: Sequence[InvoiceRow]
    policy: Policy
    now: datetime
    chosen: Mapping[str, Policy] = field(default_factory=dict)
    credits: Mapping[str, Sequence[tuple[str, Money]]] = field(default_factory=dict)
    besides: Sequence[Debtor] = ()
    source: ContactSource = ContactSource.IMPORT

    @property
    def teller(self) -> Teller:
        """Who tells about the customers, and when."""
        return Teller(source=self.source, at=self.now)

    def policy_of(self, row: InvoiceRow) -> Policy:
        """The policy that a row's case follows."""
        return self.chosen.get(row.debtor.id, self.policy)

    def invoice(self, row: InvoiceRow) -> Invoice:
        """The invoice of a row."""
        return Invoice(
            creditor=self.creditor,
            number=row.number,
            customer=row.debtor.id,
            issued=row.issued,
            due=row.due,
            amount=row.amount,
            opened_at=self.now,
            discount=row.discount,
            reference=row.reference,
            terms=row.terms,
        )

    def payment(self, row: InvoiceRow) -> PaymentIn | None:
        """Money that was there before: all of it where it was settled, else the part."""
        amount = row.amount if row.settled else row.paid
        if amount is None:
            return None
        note = "settled, says the invoice file" if row.settled else "paid before, says the file"
        return PaymentIn(
            creditor=self.creditor,
            source=IMPORT_SOURCE,
            id=row.number,
            customer=row.debtor.id,
            amount=amount,
            at=self._then(row),
            invoices=(row.number,),
            note=note,
        )

    def messages(self, row: InvoiceRow) -> Iterator[Message]:
        """All that a case hears before its first decision."""
        payment = self.payment(row)
        if payment:
            yield Message(
                key=payment.key,
                kind=MessageType.PAYMENT,
                at=payment.at,
                amount=payment.amount,
                note=payment.note,
                by=payment.source,
            )
        yield from self.told(row)

    def told(self, row: InvoiceRow) -> Iterator[Message]:
        """What a case hears besides money before its first decision."""
        if row.credited:
            yield self._credit(row, f"{row.number}/credited", row.credited, "credited before")
        for number, amount in self.credits.get(row.number, ()):
            yield self._credit(row, number, amount, f"credit note {number}")
        if row.last_step:
            invoice = self.invoice(row)
            yield last_said_elsewhere(invoice, row.last_step, row.last_step_on, IMPORT_SOURCE)

    def settled_minor(self, row: InvoiceRow) -> int:
        """How much of a row was paid or credited before, in minor units."""
        known = sum(one.amount.minor for one in self.messages(row) if one.amount)
        return min(known, row.amount.minor)

    def has_more(self, row: InvoiceRow) -> bool:
        """Whether a case hears anything before its first decision."""
        return next(self.messages(row), None) is not None

    def _credit(self, row: InvoiceRow, key: str, amount: Money, why: str) -> Message:
        return Message(
            key=f"{IMPORT_SOURCE}/{key}",
            kind=MessageType.CREDIT_NOTE,
            at=self._then(row),
            amount=amount,
            note=f"{why}, says the file",
            by=IMPORT_SOURCE,
        )

    def _then(self, row: InvoiceRow) -> datetime:
        """When that was; where the file does not say, on the due date: nobody was late with it."""
        return min(Calendar(row.debtor.zone).start_of(row.settled or row.due), self.now)
