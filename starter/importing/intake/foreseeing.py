"""Shows what an import would open, change and leave, without changing anything."""

from __future__ import annotations

from typing import Any

from starter.application import Application
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.conflicts import import_conflicts, known_numbers
from starter.importing.intake.leftovers import open_differences
from starter.importing.intake.taking_in import PreparedImport, left_out_line
from starter.importing.intake.updating import change_lines, kept_lines


def foreseen_import(application: Application, prepared: PreparedImport) -> dict[str, Any]:
    """Show what an import would do: open, leave as it is, refuse, credit, leave out."""
    batch = prepared.batch
    known = known_numbers(application, batch)
    update = prepared.update
    conflicts = [] if prepared.order.update else list(import_conflicts(application, batch))
    base = {
        "creditor": prepared.order.creditor,
        "dry_run": True,
        "would_open": [_line(row) for row in batch.rows if row.number not in known],
    }
    told = {
        "known": sorted(known - {row.number for row, _ in conflicts}),
        "conflicts": [
            {"number": row.number, "where": row.where, "differs": differs}
            for row, differs in conflicts
        ],
        "would_change": change_lines([one for one in update.changes if not one.closes]),
        "would_close": change_lines([one for one in update.changes if one.closes]),
        "kept": kept_lines(update.kept),
        **_besides(application, prepared, known),
    }
    return base | {name: value for name, value in told.items() if value}


def _besides(
    application: Application, prepared: PreparedImport, known: set[str]
) -> dict[str, list[Any]]:
    """The credit notes, what is left out or over, and what contradicts the ledger."""
    batch, export, notes = prepared.batch, prepared.order.export, prepared.notes
    ids = [batch.invoice(row).case_id for row in batch.rows if row.number in known]
    left_out = sorted((*export.left_out, *notes.left_out), key=lambda one: one.line)
    named = [(one.number, one.invoice) for one in notes.later]
    named += [(number, invoice) for invoice, some in notes.new.items() for number, _ in some]
    return {
        "credits": [{"number": number, "invoice": invoice} for number, invoice in named],
        "left_out": [left_out_line(one) for one in left_out],
        "left_over": [*export.refused, *prepared.left_over],
        "ignored": list(export.ignored),
        "differs": [
            {"number": one.number, "file": one.file, "ledger": one.ledger}
            for one in open_differences(application, batch, export, ids)
        ],
    }


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
