"""Reading a file as an accounting program exported it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from domain.errors import DomainError
from domain.money import Money, parse_money
from starter.importing.exports.amounts import AmountCell, Decimals, amount_style, plain_text
from starter.importing.exports.currency_signs import code_of_sign
from starter.importing.exports.dates import DateCell, date_style, reader_of_dates, told_style
from starter.importing.exports.export import CreditRow, Export, LeftOut
from starter.importing.exports.grouping import Document, documents
from starter.importing.exports.layout import MONEY_FIELDS, Layout, find_layout
from starter.importing.exports.own_form import DATES, OwnForm
from starter.importing.exports.settling import DocumentFate, StatusWords, Verdict, verdict
from starter.importing.exports.sheet import read_sheet
from starter.importing.files.cells import date_reader
from starter.importing.files.invoices import InvoiceRow, invoice_rows, refuse_wrong_dates
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Problems
from starter.importing.files.table import CsvLine, CsvTable

_OURS = ReadOptions()
_TELLING = frozenset({"paid", "balance", "status", "payment_status"})


def read_export(path: Path, options: ReadOptions, *, partial: bool = False) -> Export:
    """Read a file of invoices; with ``partial`` what is wrong is told and the rest is read.

    Raises:
        FileError: naming every line at fault, or what cannot be found out about the file.
        DomainError: if the options cannot be understood.
    """
    sheet = read_sheet(path, options)
    problems = Problems(sheet.file)
    found = _Reading(find_layout(sheet, options, problems), options, problems, sheet.file)
    export = found.export()
    if not partial:
        problems.refuse()
    notes = (*sheet.notes, *export.notes)
    return replace(export, refused=tuple(problems.texts), hints=problems.hints, notes=notes)


class _Reading:
    """One file while it is read."""

    def __init__(self, layout: Layout, options: ReadOptions, problems: Problems, file: str) -> None:
        self._layout, self._options, self._problems = layout, options, problems
        profile = layout.profile
        self._lines = list(self._cut())
        self._style = self._decimals(file)
        self._form = OwnForm(self._reader_of_dates(file), options.country)
        self._words = StatusWords(profile, options.meanings)

    def export(self) -> Export:
        """What the file holds; what is wrong is noted in its problems."""
        raw = {number: tuple(cells) for number, cells in self._layout.body}
        how = self._options.lines or self._layout.profile.lines
        every = documents(self._lines, raw, how, self._plain)
        fates = [(one, verdict(one.line, self._words)) for one in every]
        rows = self._rows([pair for pair in fates if pair[1].fate is DocumentFate.OPENED])
        bad = self._problems.lines
        wrong = {one.line.number for one in every if bad & {*one.numbers}}
        return Export(
            rows=tuple(row for row in rows if row.line not in wrong),
            credits=tuple(c for c in self._credits(fates) if c.line not in wrong),
            left_out=tuple(self._left_out(fates, wrong)),
            ignored=self._layout.ignored,
            notes=(*self._about_the_program(), *self._form.notes),
            tells_open=not _TELLING.isdisjoint(self._layout.places),
        )

    def _about_the_program(self) -> Iterator[str]:
        profile = self._layout.profile
        if profile.title:
            yield f"read as an export of {profile.title} (profile {profile.name})"

    def _cut(self) -> Iterator[CsvLine]:
        """The records of the table as lines of named cells."""
        places, header = self._layout.places, self._layout.header
        labels = {field: header[at] for field, at in places.items()}
        constants = {**self._layout.profile.constants, **self._options.constants}
        for number, cells in self._layout.body:
            if len(cells) != len(header):
                reason = f"has {len(cells)} cells where the header has {len(header)}"
                way_out = "put a value that holds the separator in quotes"
                self._problems.add(f"{reason}; {way_out}", line=number)
                continue
            own = {field: cells[at] for field, at in places.items() if cells[at]}
            filled = constants | own
            told = filled.get("currency", "")
            filled["currency"] = code_of_sign(told) or told.upper()
            yield CsvLine(number=number, cells=filled, headers=labels, problems=self._problems)

    def _decimals(self, file: str) -> Decimals:
        if self._options.decimal_comma or self._options.decimal_point:
            return Decimals.COMMA if self._options.decimal_comma else Decimals.POINT
        if self._layout.profile.decimals:
            return Decimals(self._layout.profile.decimals)
        cells = (
            AmountCell(
                line=line.number,
                column=line.headers.get(field, field),
                text=line.text(field),
                currency=line.text("currency"),
            )
            for line in self._lines
            for field in MONEY_FIELDS
        )
        return amount_style(cells, file)

    def _reader_of_dates(self, file: str) -> Callable[[str], date]:
        how = self._options.date_format or self._layout.profile.dates
        if how and (style := told_style(how)):
            return reader_of_dates(style)
        return date_reader(how) if how else reader_of_dates(date_style(self._date_cells(), file))

    def _date_cells(self) -> Iterator[DateCell]:
        for line in self._lines:
            for field in DATES:
                column = line.headers.get(field, field)
                yield DateCell(line=line.number, column=column, written=line.text(field))

    def _plain(self, line: CsvLine, field: str) -> str:
        return plain_text(line.text(field), self._style, line.text("currency"))

    def _rows(self, opened: Iterable[tuple[Document, Verdict]]) -> list[InvoiceRow]:
        """The invoices, each read from our own form like a line of a file in that form."""
        mine = {one.line.number: told for one, told in opened}
        lines = tuple(self._form.of(line) for one, _ in opened for line in one.by_due_date)
        table = CsvTable(lines=lines, headers={}, ignored=(), problems=self._problems)
        options = replace(_OURS, country=self._options.country, zone=self._options.zone)
        rows = invoice_rows(table, options)
        refuse_wrong_dates(rows, table)
        return [self._completed(row, mine[row.line]) for row in rows]

    def _completed(self, row: InvoiceRow, told: Verdict) -> InvoiceRow:
        currency = row.amount.currency
        others = self._form.points.get(row.line, ())
        return replace(
            row,
            paid=parse_money(told.paid, currency) if told.paid else None,
            credited=parse_money(told.credited, currency) if told.credited else None,
            debtor=replace(row.debtor, others=others) if others else row.debtor,
        )

    def _credits(self, fates: Iterable[tuple[Document, Verdict]]) -> Iterator[CreditRow]:
        for one, told in fates:
            if told.fate is DocumentFate.CREDIT and told.left and Decimal(told.left):
                yield CreditRow(
                    line=one.line.number,
                    number=one.line.text("number"),
                    invoice=one.line.text("credits"),
                    customer=one.line.text("customer"),
                    amount=_money(told.left, one.line),
                )

    def _left_out(
        self, fates: Iterable[tuple[Document, Verdict]], wrong: set[int]
    ) -> list[LeftOut]:
        apart = [LeftOut(line=at, number="", why=why) for at, why in self._layout.apart]
        done = [
            LeftOut(
                line=one.line.number,
                number=one.line.text("number"),
                why=told.why,
                meaning=told.meaning,
            )
            for one, told in fates
            if told.fate is DocumentFate.LEFT_OUT and one.line.number not in wrong
        ]
        return sorted([*apart, *done], key=lambda one: one.line)


def _money(text: str, line: CsvLine) -> Money:
    currency = line.text("currency")
    try:
        return parse_money(text, currency)
    except DomainError as error:
        line.complain(error.field or "amount", str(error))
        return Money(0, "EUR")
