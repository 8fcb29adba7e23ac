"""Reads invoices from a CSV file: every one checked (P01), or the whole file refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.case.invoice import Discount, InvoicePart, payment_reference
from domain.case.terms import checked_terms
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
        terms: the parts in which it falls due; empty where all of it falls due on one day.
        place: where it stands, if it is no line of a table.
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
    terms: tuple[InvoicePart, ...] = ()
    place: str = ""

    @property
    def where(self) -> str:
        """Where it stands, for a person."""
        return self.place or f"line {self.line}"

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
    rows = invoice_rows(table, options)
    refuse_wrong_dates(rows, table)
    table.problems.refuse()
    return rows


def invoice_rows(table: CsvTable, options: ReadOptions) -> list[InvoiceRow]:
    """Read the invoices of a table; problems are noted.

    Several lines of one number that differ in nothing but due date and amount are the parts in
    which that invoice falls due; anything else comes twice.
    """
    day = date_reader(options.date_format)
    found: dict[str, list[tuple[InvoiceRow, CsvLine]]] = {}
    for line in table.lines:
        row = _row(line, day, options)
        found.setdefault(row.number or f"?{line.number}", []).append((row, line))
    return [_in_parts(lines) for lines in found.values()]


def _in_parts(lines: Sequence[tuple[InvoiceRow, CsvLine]]) -> InvoiceRow:
    """One invoice from all of its lines."""
    first, head = lines[0]
    if len(lines) == 1:
        return first
    dues = {head.text("due")}
    for row, line in lines[1:]:
        same = replace(row, line=first.line, due=first.due, amount=first.amount) == first
        if not same or line.text("due") in dues:
            line.complain("number", _twice(row.number, line, head))
            return first
        dues.add(line.text("due"))
    return _with_terms(first, [row for row, _ in lines], lines[-1][1])


def _with_terms(first: InvoiceRow, rows: Sequence[InvoiceRow], last: CsvLine) -> InvoiceRow:
    parts = (InvoicePart(day=row.due, minor=row.amount.minor) for row in rows)
    terms = tuple(sorted(parts, key=lambda part: part.day))
    whole = Money(sum(part.minor for part in terms), first.amount.currency)
    try:
        checked_terms(terms, terms[0].day, whole)
    except DomainError as reason:
        last.complain("due", str(reason))
    return replace(first, due=terms[0].day, amount=whole, terms=terms)


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


def refuse_wrong_dates(rows: Iterable[InvoiceRow], table: CsvTable) -> None:
    """Note on their lines which dates contradict each other."""
    lines = {line.number: line for line in reversed(table.lines)}
    for row in rows:
        line = lines[row.line]
        if row.due < row.issued:
            reason = f"{row.due} lies before the invoice date {row.issued}; check both"
            line.complain("due", reason)
        if row.last_step_on and row.last_step_on < row.issued:
            reason = f"{row.last_step_on} lies before the invoice date {row.issued}; check both"
            line.complain("last_step_on", reason)
