"""Making a script out of other people's data: CSV files in, lines out, by either engine."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from domain.policy.model import Policy
from starter.importing.files.options import ReadOptions
from starter.importing.files.rehearsal import read_events, read_rehearsal_invoices
from starter.rehearsal import by_rules, by_temporal
from starter.rehearsal.script import ScriptLine, ScriptPart, script_parts

INVOICE = ("number", "customer", "issued", "due", "currency", "amount")
EVENT = ("at", "invoice", "event", "amount", "currency", "date", "reason", "note")

Rows = Iterable[Mapping[str, str]]


def invoice(number: str, **more: str) -> dict[str, str]:
    """A row of 1,000 euros that a customer of its own owes since 4 February 2026."""
    row = {"number": number, "customer": f"C-{number}", "currency": "EUR", "amount": "1000.00"}
    days = {"issued": "2026-01-05", "due": "2026-02-04", "timezone": "Europe/Berlin"}
    return row | days | more


def event(at: str, invoice: str, what: str, amount: str = "", day: str = "") -> dict[str, str]:
    """A row of what was heard about an invoice."""
    return {"at": at, "invoice": invoice, "event": what, "amount": amount, "date": day}


def script(
    folder: Path, invoices: Rows, events: Rows, policy: Policy, until: date
) -> list[ScriptPart]:
    """The parts of a rehearsal, read back from real files as the command reads them."""
    options = ReadOptions()
    rows = read_rehearsal_invoices(write(folder / "invoices.csv", INVOICE, invoices), options)
    said = read_events(write(folder / "events.csv", EVENT, events), rows, options)
    return script_parts(rows, said, policy, until)


def both(cast: list[ScriptPart], policy: Policy) -> tuple[list[ScriptLine], list[ScriptLine]]:
    """What the rules say, and what the real workflows do."""
    return by_rules.rehearse_by_rules(cast, policy), by_temporal.rehearse_by_temporal(cast, policy)


def differences(
    left: list[ScriptLine], right: list[ScriptLine]
) -> list[tuple[ScriptLine | None, ScriptLine | None]]:
    """The lines in which two rehearsals differ."""
    only_left = [line for line in left if line not in right]
    only_right = [line for line in right if line not in left]
    longer = max(len(only_left), len(only_right))
    return list(
        zip(
            only_left + [None] * (longer - len(only_left)),
            only_right + [None] * (longer - len(only_right)),
            strict=True,
        )
    )


def write(path: Path, header: tuple[str, ...], rows: Rows) -> Path:
    """Write rows as a CSV file; columns that they have beside the header come after it."""
    rows = list(rows)
    extra = sorted({name for row in rows for name in row} - set(header))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*header, *extra], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
