"""Finds the invoices that nobody could chase, as no holidays are known for their years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from domain.calendar import LAST_HOLIDAY_YEAR
from domain.decision.state import CaseState
from domain.errors import DomainError
from domain.parties.people import Debtor
from starter.application import Application
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch


def wrong_due_dates(application: Application, batch: Batch) -> Iterator[tuple[InvoiceRow, str]]:
    """Find the rows whose first decision needs holidays past the last known year, and say why.

    That must be known before anything is opened: a decision is made after all cases are open.
    """
    far = [row for row in batch.rows if _last_due_year(row) >= LAST_HOLIDAY_YEAR]
    countries = _countries(application, batch, far) if far else {}
    for row in far:
        country = countries.get(row.debtor.id, "")
        try:
            _decide_in_memory(batch, row, replace(row.debtor, country=country))
        except DomainError as reason:
            yield row, f"{row.where}: due: {row.due} is too far away: {reason}"


def _last_due_year(row: InvoiceRow) -> int:
    return max([row.due, *(part.day for part in row.terms)]).year


def _countries(application: Application, batch: Batch, rows: list[InvoiceRow]) -> Mapping[str, str]:
    """The country of each customer: what the file says on any line, else what is known."""
    mine = {row.debtor.id for row in rows}
    known = application.customers.customers.debtors(batch.creditor, mine)
    found = {customer: debtor.country for customer, debtor in known.items()}
    told = {row.debtor.id: row.debtor.country for row in batch.rows if row.debtor.country}
    return found | {customer: told[customer] for customer in mine & told.keys()}


def _decide_in_memory(batch: Batch, row: InvoiceRow, debtor: Debtor) -> None:
    """Ask for the first decision of a case that is not open yet."""
    state = CaseState(
        invoice=batch.invoice(row),
        policy=batch.policy_of(row),
        debtor=debtor,
        now=batch.now,
        messages=tuple(batch.messages(row)),
    )
    _ = state.next_action
