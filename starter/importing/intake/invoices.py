"""Opens the cases of a file in one transaction, decides them, and starts their workflows."""

from __future__ import annotations

from dataclasses import dataclass

from activities.ports.stores.batches import CaseOpening, OpenedMany
from activities.ports.types import ConflictError
from activities.services.imports import ALL_LINES
from starter.application import Application
from starter.importing.intake.batch import IMPORT_SOURCE, Batch

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is left to do for a batch.

    Attributes:
        settle: numbers whose settlement is to be posted.
        tell: numbers whose cases hear first what the file tells of them.
        decide: cases to decide.
    """

    settle: frozenset[str]
    decide: set[str]
    tell: frozenset[str] = frozenset()


def open_batch(application: Application, batch: Batch) -> OpenedMany:
    """Open all cases with what is known about their customers, or none of them.

    Raises:
        ConflictError: naming the lines whose number was opened before with other content.
    """
    openings = [
        CaseOpening(
            invoice=batch.invoice(row),
            policy=batch.policy_of(row),
            settled_minor=batch.settled_minor(row),
        )
        for row in batch.rows
    ]
    try:
        told = (*batch.besides, *(row.debtor for row in batch.rows))
        return application.imports.open_many(batch.creditor, openings, told, batch.teller)
    except ConflictError as conflict:
        raise ConflictError(_with_lines(batch, conflict), conflict.ids) from None


def _with_lines(batch: Batch, conflict: ConflictError) -> str:
    """A conflict as the file's reader needs it: line, column and reason."""
    other = [row for row in batch.rows if batch.invoice(row).case_id in conflict.ids]
    lines = [f"{row.where}: number: {row.number} was opened before" for row in other]
    more = [f"… and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join([str(conflict), *lines[:_SHOWN], *more])


def refuse_invoice_conflicts(application: Application, batch: Batch) -> frozenset[str]:
    """Refuse settlements with other content; answers those that were posted before.

    Raises:
        ConflictError: if one was posted with other content; nothing was opened.
    """
    if not any(row.settled for row in batch.rows):
        return frozenset()
    rows = application.payments.list(batch.creditor, limit=ALL_LINES)
    known = {row.payment.id: row.payment for row in rows if row.payment.source == IMPORT_SOURCE}
    every = (batch.payment(row) for row in batch.rows if row.settled and row.number in known)
    mine = [payment for payment in every if payment]
    for payment in mine:
        if payment.content != known[payment.id].content:
            raise ConflictError(
                f"{payment.id} was imported as settled before, with another customer or amount; "
                "nothing was opened"
            )
    return frozenset(payment.id for payment in mine)


def unattended(application: Application, batch: Batch, alive: set[str]) -> set[str]:
    """List the cases of a batch that should have a running workflow and have none."""
    wanted = {batch.invoice(row).case_id for row in batch.rows}
    return application.imports.unattended(wanted, alive)
