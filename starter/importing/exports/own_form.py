"""A line of an export put into our own form: ISO dates, one address, one number, a due date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from domain.parties.people import EMAIL, PHONE, Point
from starter.contact_data import emails_in, phones_in
from starter.importing.exports.countries import country_code
from starter.importing.exports.terms import read_terms
from starter.importing.files.table import CsvLine

DATES = ("issued", "due", "settled", "discount_until", "last_step_on")
_ANY_DAY, _ANY_DUE = "2000-01-01", "2099-12-31"
"""Stand in for dates that cannot be read: that is noted, and the line is not used."""

_SHORTENED = re.compile(r"^\d(?:[.,]\d+)?E\+\d{1,3}$", re.IGNORECASE)
_NOTHING: tuple[list[str], list[str]] = ([], [])


class OwnForm:
    """Puts lines into our own form, and keeps what has no place in it.

    Attributes:
        points: by line, the further addresses and numbers that stand in it.
        notes: what was left out of a line, for a person.
    """

    def __init__(self, day: Callable[[str], date], country: str) -> None:
        self._day, self._country = day, country
        self.points: dict[int, tuple[Point, ...]] = {}
        self.notes: list[str] = []

    def of(self, line: CsvLine) -> CsvLine:
        """A line in our own form; what cannot be put into it is noted on the line."""
        if line.text("country"):
            line = replace(
                line, cells={**line.cells, "country": country_code(line.text("country"))}
            )
        _complain_of_shortened(line)
        cells = dict(line.cells) | self._days(line) | self._contacts(line)
        if line.text("terms") and not line.text("due"):
            cells |= self._from_terms(line, cells)
        return replace(line, cells=cells)

    def _days(self, line: CsvLine) -> dict[str, str]:
        """The dates as ISO; one that is none is noted, and stands in for itself no more."""
        given = [field for field in DATES if line.text(field)]
        return {field: line.read(field, lambda text: self._day(text).isoformat(), "2000-01-01")
                for field in given}  # fmt: skip

    def _from_terms(self, line: CsvLine, cells: Mapping[str, str]) -> dict[str, str]:
        terms = line.read("terms", read_terms, None)
        if terms is None or not cells.get("issued"):
            return {"due": "2099-12-31"}  # what is wrong is noted already
        issued = line.read("issued", self._day, None)
        if issued is None:
            return {"due": "2099-12-31"}
        found = {"due": terms.due(issued).isoformat()}
        if terms.discount_percent and not line.text("discount_percent"):
            found |= {"discount_percent": terms.discount_percent}
            found |= {"discount_days": terms.discount_days}
        return found

    def _contacts(self, line: CsvLine) -> dict[str, str]:
        """The first address and number of a line; the others are kept beside."""
        country = line.text("country").upper() or self._country
        emails, odd = line.read("email", emails_in, _NOTHING)
        phones, strange = line.read("phone", lambda text: phones_in(text, country), _NOTHING)
        points = [Point(kind=EMAIL, point=one) for one in emails[1:]]
        points += [Point(kind=PHONE, point=one) for one in phones[1:]]
        if points:
            self.points[line.number] = tuple(points)
        for text in (*odd, *strange):
            self.notes.append(f"line {line.number}: {text!r} is no address or number: left out")
        first = {"email": emails[:1], "phone": phones[:1]}
        return {field: (some or [""])[0] for field, some in first.items()}


def _complain_of_shortened(line: CsvLine) -> None:
    """A spreadsheet has made ``1.23457E+17`` of a long number: which it was, nobody can tell."""
    for field in ("number", "customer", "reference"):
        text = line.text(field)
        if _SHORTENED.match(text):
            way_out = "format its column as text, and enter it anew"
            line.complain(field, f"{text!r} was shortened by a spreadsheet; {way_out}")
