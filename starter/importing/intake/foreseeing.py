"""Shows what an import would open, change and leave, without changing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from starter.application import Application
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch
from starter.importing.intake.leftovers import open_differences
from starter.importing.intake.taking_in import PreparedImport, left_out_line


def foreseen_import(application: Application, prepared: PreparedImport) -> dict[str, Any]:
    """Show what an import would do: open, leave as it is, refuse, credit, leave out."""
    batch, order = prepared.batch, prepared.order
    known = _known(application, batch)
    fresh = [row for row in batch.rows if row.number not in known]
    conflicts = list(_conflicts(application, batch, known))
    alike = sorted(known - {row.number for row, _ in conflicts})
    ids = [batch.invoice(row).case_id for row in batch.rows if row.number in known]
    left_out = (*order.export.left_out, *prepared.notes.left_out)
    told = {
        "known": alike,
        "conflicts": [
            {"number": row.number, "where": row.where, "differs": differs}
            for row, differs in conflicts
        ],
        "credits": [
            *({"number": one.number, "invoice": one.invoice} for one in prepared.notes.later),
            *(
                {"number": number, "invoice": invoice}
                for invoice, notes in prepared.notes.new.items()
                for number, _ in notes
            ),
        ],
        "left_out": [left_out_line(one) for one in sorted(left_out, key=lambda one: one.line)],
        "left_over": [*order.export.refused, *prepared.left_over],
        "ignored": list(order.export.ignored),
        "differs": [
            {"number": one.number, "file": one.file, "ledger": one.ledger}
            for one in open_differences(application, batch, order.export, ids)
        ],
    }
    base = {"creditor": order.creditor, "dry_run": True, "would_open": list(map(_line, fresh))}
    return base | {name: value for name, value in told.items() if value}


def _known(application: Application, batch: Batch) -> set[str]:
    """The numbers that were opened before."""
    ids = [batch.invoice(row).case_id for row in batch.rows]
    return {row.number for row in application.cases.rows(ids)} if ids else set()


def _conflicts(
    application: Application, batch: Batch, known: set[str]
) -> Iterator[tuple[InvoiceRow, list[str]]]:
    """The rows whose number was opened before with other content, and what of it differs."""
    for row in batch.rows:
        if row.number in known and (file := application.cases.file(batch.invoice(row).case_id)):
            told = replace(batch.invoice(row), opened_at=file.invoice.opened_at)
            names = ("customer", "issued", "due", "amount", "discount", "reference", "terms")
            differs = [name for name in names if getattr(told, name) != getattr(file.invoice, name)]
            if differs:
                yield row, differs


def _line(row: InvoiceRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "customer": row.debtor.id,
        "due": row.due,
        "amount": row.amount.plain,
        "open": row.open.plain,
        "currency": row.amount.currency,
        "parts": len(row.terms) or 1,
    }
