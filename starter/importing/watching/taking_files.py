"""Takes one file in, whatever it is: a bank statement, or electronic invoices."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

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

_FIGURES = ("opened", "known", "credit_notes", "entries", "reversed", "asked")


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
        taken = bank.take_in(self.creditor, read_bank_file(name, body, self.profiles))
        self._starter.wake({one.case.invoice.case_id: one for one in taken.woken}.values())
        return taken_line(taken)

    def _invoices(self, name: str, body: bytes) -> dict[str, Any]:
        order = EInvoiceOrder(
            creditor=self.creditor,
            documents=read_invoice_file(name, body),
            reading=self.reading,
        )
        return take_in_einvoices(self.application, order, self._starter, machine_clock())

    @property
    def _starter(self) -> WatchedStarter:
        return WatchedStarter(self.application, lambda: nullcontext(lambda *_: None))


def taken_figures(told: dict[str, Any]) -> dict[str, int]:
    """Count what became of a file: figures alone, for a log that names nobody."""
    found = {name: _count(told.get(name)) for name in _FIGURES}
    found["left_out"] = _count(told.get("left_out"))
    return {name: count for name, count in found.items() if count}


def _count(value: int | Sequence[object] | Money | None) -> int:
    if isinstance(value, int):
        return value
    return len(value) if isinstance(value, list | tuple | dict) else 0
