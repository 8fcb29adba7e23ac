"""Where the table of an export begins, and which lines below it are no invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starter.importing.exports.columns import Columns, cell_at, find_places
from starter.importing.exports.profiles import (
    ANY,
    Profile,
    choose_profile,
    every_profile,
    plain_header,
    plain_word,
)
from starter.importing.exports.sheet import Sheet
from starter.importing.files.invoices import EXPORT_FIELDS, INVOICE_FIELDS
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Problems, refuse_file
from starter.importing.files.text import CsvRecord

_TITLES = 40
"""Records that may stand above the table."""

MONEY_FIELDS = ("amount", "paid", "balance")
_SUMS = (*MONEY_FIELDS, "currency")
_OWN = frozenset(INVOICE_FIELDS.required) - {"due"}
_YES_OR_NO = frozenset(
    {
        *("yes", "no", "true", "false", "y", "n", "ja", "nein", "oui", "non"),
        *("si", "sí", "sì", "nej", "tak", "nie", "da", "nu"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table as it was found.

    Attributes:
        line: where the header stands.
        places: our field name to the column that holds it.
        ignored: headers of columns with values that are left out on purpose.
        body: the records that may be invoices.
        apart: the other records below the header by their lines, and what they are.
        titles: the lines above the header.
    """

    profile: Profile
    header: tuple[str, ...]
    line: int
    places: Mapping[str, int]
    ignored: tuple[str, ...]
    body: tuple[CsvRecord, ...]
    apart: tuple[tuple[int, str], ...]
    titles: tuple[int, ...]


def find_layout(sheet: Sheet, options: ReadOptions, problems: Problems) -> Layout:
    """Find the header and what each column means.

    Raises:
        FileError: if a needed column is missing, or one is not known and was not left out.
        DomainError: if the options do not fit.
    """
    if not sheet.records:
        raise refuse_file(sheet.file, "holds no cells; it must hold a line that names the columns")
    at = _header_at(sheet.records, options)
    line, header = sheet.records[at]
    profile = choose_profile(options.profile, () if _is_own(header) else header)
    places = find_places(header, profile, options)
    body, apart = _sorted(sheet.records[at + 1 :], header, places)
    places = _yes_or_no_is_no_sum(places, body)
    mine = Columns(header, line, places, profile, options)
    mine.complain(problems, body)
    problems.refuse()
    return Layout(
        profile=profile,
        header=tuple(header),
        line=line,
        places=places,
        ignored=mine.ignored(body),
        body=tuple(body),
        apart=tuple(apart),
        titles=tuple(number for number, _ in sheet.records[:at]),
    )


def _is_own(header: Iterable[str]) -> bool:
    """Whether a header has our own names: then no program's are looked for."""
    return {plain_header(name) for name in header} >= _OWN


def _header_at(records: Sequence[CsvRecord], options: ReadOptions) -> int:
    """The record with the most names of columns; the first one if none has two."""
    known = _known_names(options)
    scores = [len({plain_header(cell) for cell in cells} & known) for _, cells in records[:_TITLES]]
    best = max(scores, default=0)
    return scores.index(best) if best > 1 else 0


def _known_names(options: ReadOptions) -> frozenset[str]:
    profiles = every_profile().values()
    names = (name for one in profiles for names in one.columns.values() for name in names)
    own = (*EXPORT_FIELDS, *options.columns.values(), *options.ignored)
    return frozenset(plain_header(name) for name in (*names, *own)) - {""}


def _yes_or_no_is_no_sum(places: Mapping[str, int], body: Sequence[CsvRecord]) -> dict[str, int]:
    """A column ``paid`` that holds yes and no is a status."""
    at = places.get("paid")
    given = {plain_word(cell_at(cells, at)) for _, cells in body} - {""}
    if not given or not given <= _YES_OR_NO or "payment_status" in places:
        return dict(places)
    others = {field: place for field, place in places.items() if field != "paid"}
    return others | {"payment_status": places["paid"]}


def _sorted(
    records: Sequence[CsvRecord], header: list[str], places: Mapping[str, int]
) -> tuple[list[CsvRecord], list[tuple[int, str]]]:
    """The records that may be invoices, and the others with what they are."""
    body: list[CsvRecord] = []
    apart: list[tuple[int, str]] = []
    for number, cells in records:
        kept = _trimmed(cells, len(header))
        what = "the header again" if kept == header else _what_else(kept, places)
        if what:
            apart.append((number, what))
        else:
            body.append((number, kept))
    return body, apart


def _trimmed(cells: list[str], width: int) -> list[str]:
    """A record without empty cells beyond the header."""
    return cells[:width] if len(cells) > width and not any(cells[width:]) else cells


def _what_else(cells: Sequence[str], places: Mapping[str, int]) -> str:
    """What a record is that is no invoice: a sum or a note; empty if it may be one."""
    filled = [cell for cell in cells if cell]
    if not any(sign.isalnum() for cell in filled for sign in cell):
        return f"{_short(filled[0])}: a ruled line"
    if len(filled) == 1:
        return f"{_short(filled[0])}: a note"
    said = {at for field, at in places.items() if field not in _SUMS and cell_at(cells, at)}
    first = plain_word(filled[0])
    if any(first == word or first.startswith(f"{word} ") for word in _total_words()) and (
        len(said) <= 1
    ):
        return f"{_short(filled[0])}: a sum"
    if said:
        return ""
    is_sum = any(cell_at(cells, places.get(field)) for field in MONEY_FIELDS)
    return f"{_short(filled[0])}: a {'sum' if is_sum else 'note'}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")  # noqa: PLR2004 - a line of a table


def _total_words() -> tuple[str, ...]:
    return every_profile()[ANY].totals
