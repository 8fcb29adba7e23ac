"""Invoices from a CSV file: every one checked on entry (P01), or the whole file refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.case.invoice import Discount, payment_reference
from domain.errors import DomainError
from domain.money import Money
from domain.parties.people import Debtor
from domain.payments.discounts import discount_of
from starter.importing.files.cells import amount, date_reader, named
from starter.importing.files.contacts import CONTACT_FIELDS, debtor
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import ReadOption, UnreadableError
from starter.importing.files.table import CsvLine, CsvTable, Fields, read_table

DISCOUNT_FIELDS = ("discount_percent", "discount_days", "discount_until")
INVOICE_FIELDS = Fields(
    required=("number", "customer", "issued", "due", "currency", "amount"),
    optional=(*CONTACT_FIELDS, "settled", *DISCOUNT_FIELDS, "reference"),
)
NO_MONEY = Money(0, "EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One invoice of a file.

    Attributes:
        line: the line of the file at which it stands.
        number: exactly as printed, leading zeros included.
        debtor: who owes it.
        issued: invoice date.
        due: due date, in the debtor's calendar.
        amount: gross amount, more than zero.
        settled: the day on which the file says it was settled.
        discount: what an early payment may keep back (P07).
        reference: the payment reference that is printed on it.
    """

    line: int
    number: str
    debtor: Debtor
    issued: date
    due: date
    amount: Money
    settled: date | None = None
    discount: Discount | None = None
    reference: str = ""


def read_invoices(path: Path, options: ReadOptions) -> list[InvoiceRow]:
    """The invoices of a file, in its order.

    Raises:
        FileError: naming every line at fault; then nothing of the file may be used.
        DomainError: if the options cannot be understood.
    """
    table = read_table(path, INVOICE_FIELDS, options)
    rows = list(invoice_rows(table, options))
    for row, line in zip(rows, table.lines, strict=True):
        _complain_of_dates(row, line)
    table.problems.refuse()
    return rows


def invoice_rows(table: CsvTable, options: ReadOptions) -> Iterator[InvoiceRow]:
    """A row for each line of a table; problems are noted in the table, numbers come only once."""
    day = date_reader(options.date_format)
    seen: dict[str, CsvLine] = {}
    for line in table.lines:
        row = _row(line, day, options)
        first = seen.setdefault(row.number, line)
        if row.number and first is not line:
            line.complain("number", _twice(row.number, line, first))
        yield row


def _row(line: CsvLine, day: Callable[[str], date], options: ReadOptions) -> InvoiceRow:
    def money(text: str) -> Money:
        return amount(text, _currency(line), decimal_comma=options.decimal_comma)

    row = InvoiceRow(
        line=line.number,
        number=line.read("number", named, ""),
        debtor=debtor(line, options),
        issued=line.read("issued", day, date.min),
        due=line.read("due", day, date.max),
        amount=line.read("amount", money, NO_MONEY),
        settled=line.read("settled", day, None) if line.text("settled") else None,
        reference=line.read("reference", payment_reference, ""),
    )
    return _with_discount(row, line, day)


def _with_discount(row: InvoiceRow, line: CsvLine, day: Callable[[str], date]) -> InvoiceRow:
    """Only where the line has one, and the sums and dates that it rests on can be read."""
    percent, days, last = (line.text(name) for name in DISCOUNT_FIELDS)
    if not (percent or days or last) or row.amount == NO_MONEY or row.issued == date.min:
        return row
    until = line.read("discount_until", day, None) if last else None
    if last and until is None:
        return row
    try:
        found = discount_of(percent, days, until, row.issued, row.amount)
    except DomainError as reason:
        line.complain(reason.field or "discount_percent", str(reason))
        return row
    return replace(row, discount=found)


def _currency(line: CsvLine) -> str:
    currency = line.text("currency")
    if not currency:
        way_out = "write for example EUR, or say one for all lines"
        raise UnreadableError(f"is empty; {way_out}", ReadOption.CONSTANTS, field="currency")
    return currency


def _twice(number: str, line: CsvLine, first: CsvLine) -> str:
    same = line.cells == first.cells
    what = "the same line twice" if same else "another invoice of this number"
    way_out = "take one out" if same else "find out which one is right"
    return f"{number} stands in line {first.number} already, {what}; {way_out}"


def _complain_of_dates(row: InvoiceRow, line: CsvLine) -> None:
    if row.due < row.issued:
        reason = f"{row.due} lies before the invoice date {row.issued}; check both"
        line.complain("due", reason)
