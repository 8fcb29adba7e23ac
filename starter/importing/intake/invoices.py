"""A file of invoices becomes cases: opened in one transaction, decided, then started."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from activities.ports.stores.batches import CaseOpening, OpenedMany
from activities.ports.types import ConflictError
from activities.services.imports import ALL_LINES
from domain.calendar import Calendar
from domain.case.model import Invoice
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from starter.application import Application
from starter.importing.files.invoices import InvoiceRow

_SHOWN = 20
_SOURCE = "import"
"""Who reports a payment that an invoice file itself tells of."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be taken in.

    Attributes:
        policy: what new cases follow.
        chosen: by customer, a policy that was chosen for that customer instead.
    """

    creditor: str
    rows: Sequence[InvoiceRow]
    policy: Policy
    now: datetime
    chosen: Mapping[str, Policy] = field(default_factory=dict)

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
        )

    def payment(self, row: InvoiceRow) -> PaymentIn:
        """Money of the full amount, where the file says that the invoice is settled."""
        at = Calendar(row.debtor.zone).start_of(row.settled or row.due)
        return PaymentIn(
            creditor=self.creditor,
            source=_SOURCE,
            id=row.number,
            customer=row.debtor.id,
            amount=row.amount,
            at=min(at, self.now),
            invoices=(row.number,),
            note="settled, says the invoice file",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is left to do for a batch: numbers to settle, cases to decide."""

    settle: frozenset[str]
    decide: set[str]


def open_batch(application: Application, batch: Batch) -> OpenedMany:
    """Open all cases with what is known about their customers, or none of them.

    Raises:
        ConflictError: naming the lines whose number was opened before with other content.
    """
    openings = [
        CaseOpening(invoice=batch.invoice(row), policy=batch.policy_of(row)) for row in batch.rows
    ]
    try:
        told = (row.debtor for row in batch.rows)
        return application.imports.open_many(batch.creditor, openings, told)
    except ConflictError as conflict:
        raise ConflictError(_with_lines(batch, conflict), conflict.ids) from None


def _with_lines(batch: Batch, conflict: ConflictError) -> str:
    """A conflict as the file's reader needs it: line, column and reason."""
    other = [row for row in batch.rows if batch.invoice(row).case_id in conflict.ids]
    lines = [f"line {row.line}: number: {row.number} was opened before" for row in other]
    more = [f"… and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join([str(conflict), *lines[:_SHOWN], *more])


def refuse_invoice_conflicts(application: Application, batch: Batch) -> frozenset[str]:
    """The numbers whose settlement was posted before, all with the content that the file has.

    Raises:
        ConflictError: if one was posted with other content; nothing was opened.
    """
    if not any(row.settled for row in batch.rows):
        return frozenset()
    rows = application.payments.list(batch.creditor, limit=ALL_LINES)
    known = {row.payment.id: row.payment for row in rows if row.payment.source == _SOURCE}
    mine = [batch.payment(row) for row in batch.rows if row.settled and row.number in known]
    for payment in mine:
        if payment.content != known[payment.id].content:
            raise ConflictError(
                f"{payment.id} was imported as settled before, with another customer or amount; "
                "nothing was opened"
            )
    return frozenset(payment.id for payment in mine)


def unattended(application: Application, batch: Batch, alive: set[str]) -> set[str]:
    """The cases of a batch that should have a running workflow and have none."""
    wanted = {batch.invoice(row).case_id for row in batch.rows}
    return application.imports.unattended(wanted, alive)
