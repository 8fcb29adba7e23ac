"""Reads payments from a CSV file, such as a bank's export: all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from domain.calendar import Calendar, check_place
from domain.errors import DomainError
from domain.intake.reading import LONGEST_TEXT
from domain.money import Money
from domain.payments.allocation import PaymentIn, PaymentKind
from starter.importing.files.cells import amount, date_reader, named, read_instant
from starter.importing.files.invoices import NO_MONEY
from starter.importing.files.options import ReadOptions
from starter.importing.files.table import CsvLine, CsvTable, Fields, read_table

PAYMENT_FIELDS = Fields(
    required=("id", "customer", "amount", "currency", "date"),
    optional=("invoices", "invoice", "source", "note", "kind"),
)
When = Callable[[str], tuple[datetime, date | None]]
"""An instant, and the bare date that it was read from, if any."""

_LONGEST_SOURCE = 40
_BREAKS = "\n\r\t"
_NEVER: tuple[datetime, date | None] = (datetime.min.replace(tzinfo=UTC), None)


def read_payments(path: Path, options: ReadOptions) -> list[PaymentIn]:
    """Read the payments of a file, in its order; a bare date means each debtor's own 00:00.

    Raises:
        FileError: naming every line at fault; then nothing of the file may be used.
        DomainError: if the options cannot be understood.
    """
    return payments_in(read_table(path, PAYMENT_FIELDS, options), options)


def payments_in(table: CsvTable, options: ReadOptions) -> list[PaymentIn]:
    """Read the payments of a table's lines; raises as :func:`read_payments` does."""
    when = _when(options)
    payments: dict[str, int] = {}
    found = []
    for line in table.lines:
        payment = _payment(line, when, options)
        first = payments.setdefault(payment.key, line.number)
        if payment.id and first != line.number:
            reason = f"{payment.id} stands in line {first} already; take one out"
            line.complain("id", reason)
        found.append(payment)
    table.problems.refuse()
    return found


def _payment(line: CsvLine, when: When, options: ReadOptions) -> PaymentIn:
    def money(text: str) -> Money:
        return amount(text, line.text("currency"), decimal_comma=options.decimal_comma)

    payment = PaymentIn(
        creditor=options.creditor,
        source=line.read("source", _source, "") or options.source,
        id=line.read("id", named, ""),
        customer=line.read("customer", named, ""),
        amount=line.read("amount", money, NO_MONEY),
        at=_NEVER[0],
        invoices=_numbers(line.text("invoices") or line.text("invoice")),
        note=line.read("note", _note, ""),
        kind=line.read("kind", _kind, PaymentKind.PAYMENT),
    )
    at, day = line.read("date", when, _NEVER)
    return replace(payment, at=at, day=day)


def _source(text: str) -> str:
    """The name of a bank or system, as the gateway takes it."""
    if len(text) > _LONGEST_SOURCE or "/" in text or not text.isprintable():
        raise DomainError(f"{text!r} is no source; write a short name without / or controls")
    return text


def _note(text: str) -> str:
    """What somebody wrote to a payment, as the gateway takes it."""
    if len(text) > LONGEST_TEXT:
        raise DomainError(f"is longer than {LONGEST_TEXT} characters; shorten it")
    if any(not sign.isprintable() and sign not in _BREAKS for sign in text):
        raise DomainError(f"{text!r} holds a control character; take it out")
    return text


def _kind(text: str) -> PaymentKind:
    if text not in ("", *PaymentKind):
        raise DomainError(f"{text!r} is no kind; write payment or {PaymentKind.CREDIT_NOTE}")
    return PaymentKind(text or PaymentKind.PAYMENT)


def _when(options: ReadOptions) -> When:
    calendar, day_of = Calendar(zone=options.zone), date_reader(options.date_format)
    check_place(options.zone, "", "")

    def when(text: str) -> tuple[datetime, date | None]:
        if ":" in text and not options.date_format:
            return read_instant(text, calendar), None
        day = day_of(text)
        return calendar.start_of(day), day

    return when


def _numbers(text: str) -> tuple[str, ...]:
    """Invoice numbers separated by semicolons, or by spaces where there is no semicolon."""
    parts = text.split(";") if ";" in text else text.split()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
