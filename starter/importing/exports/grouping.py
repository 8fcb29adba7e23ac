"""Line items become invoices: what is the same in all lines, and what adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from domain.errors import DomainError
from starter.importing.files.problems import ReadHint, ReadOption
from starter.importing.files.table import CsvLine

PlainAmount = Callable[[CsvLine, str], str]
"""A line's amount in a field, written plainly; empty if there is none."""

_SAME = (
    *("customer", "issued", "due", "currency", "status", "payment_status", "kind"),
    *("terms", "credits", "settled"),
)

_SAME_OF_PARTS = tuple(field for field in _SAME if field != "due")


class LineAmounts(StrEnum):
    """What the amounts of an invoice's lines are."""

    TOTAL = "total"
    SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An invoice, or another document, of an export.

    Attributes:
        line: its fields, with the amounts written plainly, at its first line.
        numbers: every line of the file that belongs to it.
        parts: where it falls due in parts, due date and plain amount of each.
    """

    line: CsvLine
    numbers: tuple[int, ...]
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def by_due_date(self) -> tuple[CsvLine, ...]:
        """The document as lines with one due date each."""
        cells = ({**self.line.cells, "due": due, "amount": sum_} for due, sum_ in self.parts)
        return tuple(replace(self.line, cells=each) for each in cells) or (self.line,)


def documents(
    lines: Iterable[CsvLine], raw: dict[int, tuple[str, ...]], how: str, plain: PlainAmount
) -> list[Document]:
    """The documents of an export in the order of their first lines; problems go to the lines.

    Args:
        lines: the lines of the table.
        raw: all cells of each line, by its number.
        how: what the amounts of several lines are; found out if empty.
        plain: reads an amount of a line.
    """
    groups: dict[str, list[CsvLine]] = {}
    for line in lines:
        number = line.text("number")
        groups.setdefault(f"={number}" if number else f"?{line.number}", []).append(line)
    return [_document(group, raw, how, plain) for group in groups.values()]


def _document(
    group: Sequence[CsvLine], raw: dict[int, tuple[str, ...]], how: str, plain: PlainAmount
) -> Document:
    first = group[0]
    numbers = tuple(line.number for line in group)
    in_parts = how != LineAmounts.TOTAL and _falls_due_in_parts(group)
    if len(group) > 1:
        _complain_of_differences(group, raw, how, _SAME_OF_PARTS if in_parts else _SAME)
    cells = {name: text for line in reversed(group) for name, text in line.cells.items() if text}
    sums = {field: _amount(group, field, how, plain) for field in ("amount", "paid", "balance")}
    cells = {name: text for name, text in cells.items() if name not in sums} | sums
    line = CsvLine(number=first.number, cells=cells, headers=first.headers, problems=first.problems)
    parts = ((one.text("due"), _plain(one, "amount", plain)) for one in group if in_parts)
    return Document(line=line, numbers=numbers, parts=tuple(parts))


def _falls_due_in_parts(group: Sequence[CsvLine]) -> bool:
    """Whether each line is one of an invoice's due dates: none of them comes twice."""
    dues = [line.text("due") for line in group]
    return len(group) > 1 and all(dues) and len(set(dues)) == len(dues)


def _complain_of_differences(
    group: Sequence[CsvLine], raw: dict[int, tuple[str, ...]], how: str, same: Sequence[str]
) -> None:
    first = group[0]
    for line in group[1:]:
        place = f"{line.text('number')!r} stands in line {first.number} already"
        other = next((field for field in same if line.text(field) != first.text(field)), "")
        if other:
            column = first.headers.get(other, other)
            reason = f"another invoice of this number, with another {column}"
            line.complain("number", f"{place}, {reason}; find out which one is right")
        elif not how and raw[line.number] == raw[first.number]:
            line.complain("number", f"{place}, the same line twice; take one out")


def _amount(group: Sequence[CsvLine], field: str, how: str, plain: PlainAmount) -> str:
    """An amount of a whole document, written plainly."""
    found = [text for line in group if (text := _plain(line, field, plain))]
    if len(found) < 2 or len(group) == 1:  # noqa: PLR2004 - nothing to put together
        return found[0] if found else ""
    if how == LineAmounts.SUM:
        return _sum(found)
    if len(set(found)) == 1:
        return _repeated(group, found, field, how, plain)
    if how == LineAmounts.TOTAL:
        reason = f"differs from line {group[0].number} of the same invoice"
        hint = ReadHint(ReadOption.LINES, LineAmounts.SUM)
        group[1].complain(field, f"{reason}: do the lines make the sum?", hint)
        return found[0]
    return _sum(found)


def _repeated(
    group: Sequence[CsvLine], found: Sequence[str], field: str, how: str, plain: PlainAmount
) -> str:
    """The same amount in every line: it is the whole invoice's where that is certain."""
    same = Decimal(found[0])
    if how == LineAmounts.TOTAL or not same:
        return found[0]
    largest = max((Decimal(_plain(line, "amount", plain) or "0") for line in group), default=same)
    if field != "amount" and same > largest:  # more than any one line can have
        return found[0]
    reason = (
        f"{found[0]} stands in each of {len(found)} lines: is it the invoice's whole, or a part"
    )
    hints = [ReadHint(ReadOption.LINES, how) for how in LineAmounts]
    group[1].complain(field, f"{reason} for each line? say total or sum", hints)
    return found[0]


def _plain(line: CsvLine, field: str, plain: PlainAmount) -> str:
    try:
        return plain(line, field)
    except DomainError as error:
        line.complain(error.field or field, str(error))
        return ""


def _sum(found: Iterable[str]) -> str:
    return f"{sum((Decimal(text) for text in found), Decimal(0)):f}"
