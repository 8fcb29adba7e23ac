"""Which column of an export holds which field, and what is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.words import nearest_word, unknown_word
from starter.importing.exports.profiles import ANY, Profile, every_profile, plain_header
from starter.importing.files.invoices import EXPORT_FIELDS, INVOICE_FIELDS
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Problems, ReadHint, ReadOption
from starter.importing.files.text import CsvRecord

_FOR_ALL = {"currency": "currency=EUR", "due": "terms=30 days"}
"""Columns that may be missing where the same holds for all lines."""

ALL_OTHERS = "*"
"""Leaves out every column that is not known."""

_UNIT = re.compile(r"[ ,]*(?:[(\[].{1,5}[)\]]|in [A-Z]{3}|\b[A-Z]{3})$")
"""The unit of a sum at the end of its header: ``Amount due (EUR)``."""

_YES_OR_NO = frozenset({"paid", "void", "voided", "cancelled", "canceled", "closed", "settled"})
"""Headers of columns that say yes or no of an end: as a status, yes means not opened."""

_Names = Callable[[str], Sequence[str]]
"""The headers that a field may have."""


def find_places(header: Sequence[str], profile: Profile, options: ReadOptions) -> dict[str, int]:
    """Which column holds which field: as asked, as the program does, by our or any usual name."""
    plain = [plain_header(name) for name in header]
    asked = {field: (name,) for field, name in options.columns.items()}
    places = _found(plain, lambda field: asked.get(field, ()), {})
    places = _found(plain, lambda field: profile.columns.get(field, ()), places)
    free = {at: name for at, name in enumerate(plain) if at not in places.values()}
    for at in _left_out(plain, profile, options):
        free.pop(at, None)
    usual = every_profile()[ANY].columns
    for names in (_itself, lambda field: usual.get(field, ())):
        rest = ["" if at not in free else name for at, name in enumerate(plain)]
        places = _found(rest, names, places)
        free = {at: name for at, name in free.items() if at not in places.values()}
    return places


def _itself(field: str) -> Sequence[str]:
    return (field,)


def _found(plain: Sequence[str], names: _Names, known: Mapping[str, int]) -> dict[str, int]:
    """The places that are known, and those of more fields by their names, the best name first."""
    places = dict(known)
    for field in EXPORT_FIELDS:
        wanted = (plain_header(name) for name in names(field))
        found = next((name for name in wanted if name and name in plain), None)
        if field not in places and found:
            places[field] = plain.index(found)
    return places


def _left_out(plain: Sequence[str], profile: Profile, options: ReadOptions) -> Iterator[int]:
    asked = {plain_header(name) for name in options.ignored}
    for at, name in enumerate(plain):
        if name in asked or name in profile.ignored:
            yield at


def cell_at(cells: Sequence[str], at: int | None) -> str:
    """The text of a record's cell; empty if there is none."""
    return cells[at] if at is not None and at < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file, and what is wrong with them."""

    header: Sequence[str]
    line: int
    places: Mapping[str, int]
    profile: Profile
    options: ReadOptions

    def complain(self, problems: Problems, body: Sequence[CsvRecord]) -> None:
        """Note columns that are missing, doubled or not known."""
        self._complain_of_mapping(problems)
        self._complain_of_ignoring(problems)
        self._complain_of_missing(problems)
        for at, name in self._unknown(body):
            if ALL_OTHERS not in self.options.ignored:
                reason, hints = self._way_out(at, name)
                column = name or f"column {at + 1}"
                problems.add(reason, line=self.line, column=column, hints=hints)
        for at in set(self.places.values()):
            plain = [plain_header(name) for name in self.header]
            if plain.count(plain[at]) > 1:
                name = self.header[at]
                problems.add("is the name of two columns; rename one", line=self.line, column=name)

    def ignored(self, body: Sequence[CsvRecord]) -> tuple[str, ...]:
        """The columns with values that are left out because somebody said so."""
        asked = {plain_header(name) for name in self.options.ignored}
        every = ALL_OTHERS in self.options.ignored
        return tuple(
            name or f"column {at + 1}"
            for at, name in enumerate(self.header)
            if plain_header(name) in asked or (every and (at, name) in set(self._unknown(body)))
        )

    def _unknown(self, body: Sequence[CsvRecord]) -> list[tuple[int, str]]:
        """The columns that have values and no meaning; a program's other names for a field have."""
        plain = [plain_header(name) for name in self.header]
        names = self.profile.columns.values()
        known = {plain_header(name) for some in names for name in some} - {""}
        left_out = set(_left_out(plain, self.profile, self.options))
        return [
            (at, name)
            for at, name in enumerate(self.header)
            if at not in {*self.places.values(), *left_out}
            and plain[at] not in known
            and any(cell_at(cells, at) for _, cells in body)
        ]

    def _way_out(self, at: int, name: str) -> tuple[str, list[ReadHint]]:
        """Why a column cannot be used, and what to say of it."""
        if not name:
            return "has values but no name; name it, or delete it", []
        free = [field for field in EXPORT_FIELDS if field not in self.places]
        plain = plain_header(name)
        like = next((f for f in free if plain in f.split("_")), "") or _usual(name, free)
        like = like or nearest_word(plain, free)
        meant = f"if it is {like}, say so; " if like else ""
        hints = [ReadHint(ReadOption.COLUMNS, f"{like}={name}")] if like else []
        hints.append(ReadHint(ReadOption.IGNORED, name))
        return f"is not known here; {meant}else say that it is left out", hints

    def _complain_of_mapping(self, problems: Problems) -> None:
        plain = {plain_header(name) for name in self.header}
        for field in (*self.options.columns, *self.options.constants):
            if field not in EXPORT_FIELDS:
                problems.add(unknown_word(field, "field here", EXPORT_FIELDS))
        for field, name in self.options.columns.items():
            if plain_header(name) not in plain:
                near = nearest_word(name, self.header)
                told = f"did you mean {near}? " if near else ""
                there = ", ".join(filter(None, self.header))
                reason = f"there is no such column to map {field} to; {told}there are {there}"
                problems.add(reason, line=self.line, column=name)

    def _complain_of_ignoring(self, problems: Problems) -> None:
        plain = {plain_header(name) for name in self.header}
        for name in self.options.ignored:
            if name != ALL_OTHERS and plain_header(name) not in plain:
                there = ", ".join(filter(None, self.header))
                problems.add(f"there is no such column to ignore; there are {there}", column=name)

    def _complain_of_missing(self, problems: Problems) -> None:
        given = {*self.places, *self.options.constants, *self.profile.constants}
        for field in INVOICE_FIELDS.required:
            if field in given or (field == "due" and "terms" in given):
                continue
            likely = self._likely(field)
            near = f", such as {likely}" if likely else ""
            reason = f"this column is missing; if it has another name{near}, say which it is"
            hints = [ReadHint(ReadOption.COLUMNS, f"{field}={likely}" if likely else "")]
            if field in _FOR_ALL:
                reason += "; or say one for all lines"
                hints.append(ReadHint(ReadOption.CONSTANTS, _FOR_ALL[field]))
            problems.add(reason, line=self.line, column=field, hints=hints)

    def _likely(self, field: str) -> str:
        """The header that probably holds a field: as some program calls it, or by its looks."""
        names = (one.columns.get(field, ()) for one in every_profile().values())
        usual = {plain_header(name) for some in names for name in some}
        free = [name for at, name in enumerate(self.header) if at not in self.places.values()]
        found = next((name for name in free if plain_header(name) in usual), "")
        return found or nearest_word(field, free)


def _usual(name: str, free: Sequence[str]) -> str:
    """The field that a header usually means but for the unit behind it, or as a yes or no."""
    bare = plain_header(_UNIT.sub("", name))
    if bare.removeprefix("is_") in _YES_OR_NO:
        return next((field for field in ("status", "payment_status") if field in free), "")
    usual = every_profile()[ANY].columns
    names = {field: {plain_header(one) for one in (field, *usual.get(field, ()))} for field in free}
    return next((field for field, known in names.items() if bare in known), "")
