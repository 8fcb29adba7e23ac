"""Takes one file in, whatever it is: a bank statement, or electronic invoices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from adapters.bank.bank_files import BankProfiles, is_bank_file, read_bank_file
from adapters.einvoice.invoice_files import is_invoice_file, read_invoice_file
from adapters.runtime.machine import machine_clock
from domain.errors import DomainError
from domain.money import Money
from starter.application import Application
from starter.importing.einvoices.claims import EInvoiceReading
from starter.importing.einvoices.taking_invoices import EInvoiceOrder, take_in_einvoices
from starter.importing.intake.watched import WatchedStarter
from starter.views.bank_lines import taken_line

_FIGURES = ("opened", "known", "credit_notes", "entries", "posted", "reversed", "asked", "gaps")

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class FileTaker:
    """Takes files in for one creditor."""

    application: Application
    creditor: str
    reading: EInvoiceReading
    profiles: BankProfiles = ()

    def take_in(self, name: str, body: bytes) -> dict[str, Any]:
        """Take a file in; answers what became of it. Repeating it changes nothing.

        Raises:
            DomainError: if it is neither a statement nor invoices, or something in it is wrong.
            ConflictError: if a number was opened before with other content.
        """
        if not body.strip():
            raise DomainError(f"{name} is empty: nothing was written to it")
        if is_bank_file(body, self.profiles):
            return self._statements(name, body)
        if is_invoice_file(body):
            return self._invoices(name, body)
        way_out = "tables are imported by hand, once somebody has looked at their columns"
        raise DomainError(
            f"{name} is neither a bank statement nor an electronic invoice; {way_out}"
        )

    def _statements(self, name: str, body: bytes) -> dict[str, Any]:
        bank = self.application.bank.statements
        statements = _read_by(lambda: read_bank_file(name, body, self.profiles), name)
        taken = bank.take_in(self.creditor, statements)
        self._starter.wake({one.case.invoice.case_id: one for one in taken.woken}.values())
        return taken_line(taken)

    def _invoices(self, name: str, body: bytes) -> dict[str, Any]:
        order = EInvoiceOrder(
            creditor=self.creditor,
            documents=_read_by(lambda: read_invoice_file(name, body), name),
            reading=self.reading,
        )
        return take_in_einvoices(self.application, order, self._starter, machine_clock())

    @property
    def _starter(self) -> WatchedStarter:
        return WatchedStarter(self.application, lambda: nullcontext(lambda *_: None))


def _read_by(reader: Callable[[], _Read], name: str) -> _Read:
    """Read a file; where the reader stumbles over what nobody foresaw, it is that file's fault.

    It must hold up no other file, nor itself be tried for ever.
    """
    try:
        return reader()
    except DomainError:
        raise
    except Exception as error:  # whatever it is, a person looks at the file
        what = f"the program stumbled over it ({type(error).__name__})"
        raise DomainError(f"{name} could not be read: {what}") from error


def taken_figures(told: dict[str, Any]) -> dict[str, int]:
    """Count what became of a file: figures alone, for a log that names nobody."""
    found = {name: _count(told.get(name)) for name in _FIGURES}
    found["left_out"] = _count(told.get("left_out"))
    return {name: count for name, count in found.items() if count}


def _count(value: int | Sequence[object] | Money | None) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, dict):
        counts = [one for one in value.values() if isinstance(one, int)]
        return sum(counts) if counts else len(value)
    return len(value) if isinstance(value, list | tuple) else 0
