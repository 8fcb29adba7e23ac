"""Finds the invoices of an import whose number was opened before, and what of them differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from starter.application import Application
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch

_CONTENT = ("customer", "issued", "due", "amount", "discount", "reference", "terms")


def known_numbers(application: Application, batch: Batch) -> set[str]:
    """Find the numbers that were opened before."""
    ids = [batch.invoice(row).case_id for row in batch.rows]
    return {row.number for row in application.cases.rows(ids)} if ids else set()


def import_conflicts(
    application: Application, batch: Batch
) -> Iterator[tuple[InvoiceRow, list[str]]]:
    """Find the rows whose number was opened before with other content, and what differs."""
    numbers = known_numbers(application, batch)
    ids = [batch.invoice(row).case_id for row in batch.rows if row.number in numbers]
    known = {file.invoice.number: file.invoice for file in application.cases.files(ids)}
    for row in batch.rows:
        if was := known.get(row.number):
            told = replace(batch.invoice(row), opened_at=was.opened_at)
            differs = [one for one in _CONTENT if getattr(told, one) != getattr(was, one)]
            if differs:
                yield row, differs
