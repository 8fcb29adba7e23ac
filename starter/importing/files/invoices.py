"""Reads invoices from a CSV file: every one checked (P01), or the whole file refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
ELSEWHERE_FIELDS = ("last_step", "last_step_on")
INVOICE_FIELDS = Fields(
    required=("number", "customer", "issued", "due", "currency", "amount"),
    optional=(*CONTACT_FIELDS, "settled", *DISCOUNT_FIELDS, "reference", *ELSEWHERE_FIELDS),
)
EXPORT_FIELDS = (
    *INVOICE_FIELDS.all,
    *("terms", "paid", "balance", "status", "payment_status", "kind", "credits"),
)
"""What an export may tell besides: what was settled, and how it is to be understood."""
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
        paid: what the file says had been paid of it before.
        credited: what the file says had been credited, or let go, before.
        last_step: the step of the policy that was last said elsewhere, before it came here.
        last_step_on: the day on which that was.
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
    paid: Money | None = None
    credited: Money | None = None
    last_step: str = ""
    last_step_on: date | None = None
    discount: Discount | None = None
    reference: str = ""

    @property
    def open(self) -> Money:
        """What the file says is still open."""
        gone = (one.minor for one in (self.paid, self.credited) if one)
        left = 0 if self.settled else self.amount.minor - sum(gone)
        return Money(left, self.amount.currency)


def read_invoices(path: Path, options: ReadOptions) -> list[InvoiceRow]:
    """Read the invoices of a file, in its order.

    Raises:
        FileError: naming every line at fault; then nothing of the file may be used.
        DomainError: if the options cannot be understood.
    """
    table = read_table(path, INVOICE_FIELDS, options)
    rows = list(invoice_rows(table, options))
    refuse_wrong_dates(zip(rows, table.lines, strict=True))
    table.problems.refuse()
    return rows


def invoice_rows(table: CsvTable, options: ReadOptions) -> Iterator[InvoiceRow]:
    """Read a row for each line of a table; problems are noted, numbers come only once."""
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
        last_step=line.text("last_step"),
        last_step_on=_last_step_on(line, day),
        reference=line.read("reference", payment_reference, ""),
    )
    return _with_discount(row, line, day)


def _last_step_on(line: CsvLine, day: Callable[[str], date]) -> date | None:
    """The day of the last reminder elsewhere; neither of the two is of use alone."""
    step, on = line.text("last_step"), line.text("last_step_on")
    if bool(step) != bool(on):
        missing = "last_step_on" if step else "last_step"
        line.complain(missing, "is empty; the last reminder needs its step and its day")
        return None
    return line.read("last_step_on", day, None) if on else None


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


def refuse_wrong_dates(rows: Iterable[tuple[InvoiceRow, CsvLine]]) -> None:
    """Note on their lines which dates contradict each other."""
    for row, line in rows:
        if row.due < row.issued:
            reason = f"{row.due} lies before the invoice date {row.issued}; check both"
            line.complain("due", reason)
        if row.last_step_on and row.last_step_on < row.issued:
            reason = f"{row.last_step_on} lies before the invoice date {row.issued}; check both"
            line.complain("last_step_on", reason)
