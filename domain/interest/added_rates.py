"""Rates that people added to the shipped tables: who did, who confirmed them, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from domain.errors import DomainError
from domain.interest.half_years import half_year
from domain.interest.rate_tables import JURISDICTIONS, Rate, RateTable, rate_table

_HALF_YEAR = re.compile(r"(?P<year>20[0-9]{2})-?[Hh](?P<half>[12])")
_PERCENT = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRate:
    """The reference rate of one half-year, as a person wrote it down.

    Attributes:
        jurisdiction: a code of ``JURISDICTIONS``.
        start: 1 January or 1 July.
        percent: a year; may be below zero. The law's margin comes on top.
        source: where the figure was read.
        added_by: who wrote it down.
        confirmed_by: who saw the source, too; another person. Empty while nobody has.
        confirmed_at: the instant (UTC) from which it counts; None while nobody has confirmed it.
    """

    jurisdiction: str
    start: date
    percent: Decimal
    source: str
    added_by: str
    added_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def half_year(self) -> str:
        """The half-year as people write it: ``2026H2``."""
        return half_year(self.start)


def read_half_year(text: str) -> date:
    """Read a half-year such as ``2026H2`` to its first day.

    Raises:
        DomainError: if it is none.
    """
    found = _HALF_YEAR.fullmatch(text.strip())
    if found is None:
        raise DomainError(f"{text!r} is no half-year; write one such as 2026H2", field="half_year")
    return date(int(found["year"]), 1 if found["half"] == "1" else 7, 1)


def read_percent(text: str) -> Decimal:
    """Read percent a year such as ``1.27`` or ``-0.88``.

    Raises:
        DomainError: if it is none.
    """
    if not _PERCENT.fullmatch(text.strip()):
        message = f"{text!r} is no rate; write percent a year with a point, such as -0.88"
        raise DomainError(message, field="percent")
    return Decimal(text.strip())


def checked(rate: AddedRate) -> AddedRate:
    """Check a rate that somebody wants to add; answers it.

    Raises:
        DomainError: naming the field that cannot be.
    """
    if rate.jurisdiction not in JURISDICTIONS:
        known = ", ".join(JURISDICTIONS)
        message = f"{rate.jurisdiction!r} is none of {known}; write one"
        raise DomainError(message, field="jurisdiction")
    table = rate_table(rate.jurisdiction)
    if not table.has_reference:
        message = f"{table.name} ({table.code}) has no reference rate that changes"
        raise DomainError(f"{message}: there is nothing to add", field="jurisdiction")
    for field in ("source", "added_by"):
        if not getattr(rate, field).strip():
            raise DomainError(f"{field} is empty; write {_WHAT[field]}", field=field)
    return rate


_WHAT = {"source": "where the figure was read", "added_by": "who says so"}


def confirmed(rate: AddedRate, by: str, at: datetime) -> AddedRate:
    """Let another person confirm a rate; it counts from this instant (UTC) on.

    Raises:
        DomainError: if the same person added it, or nobody is named.
    """
    if not by.strip():
        raise DomainError("nobody is named; write who saw the source", field="by")
    if by.strip().casefold() == rate.added_by.strip().casefold():
        message = f"{rate.added_by} added this rate; another person who saw the source confirms it"
        raise DomainError(message, field="by")
    return replace(rate, confirmed_by=by.strip(), confirmed_at=at)


def known_before(
    added: Iterable[AddedRate], jurisdiction: str, end: datetime
) -> tuple[AddedRate, ...]:
    """List the confirmed rates that counted just before an instant, one per half-year.

    Of two for the same half-year the one confirmed last counts.
    """
    found: dict[date, AddedRate] = {}
    for rate in sorted(added, key=_confirmed_at):
        if rate.jurisdiction == jurisdiction and rate.confirmed_at and rate.confirmed_at < end:
            found[rate.start] = rate
    return tuple(found[start] for start in sorted(found))


def _confirmed_at(rate: AddedRate) -> str:
    return rate.confirmed_at.isoformat() if rate.confirmed_at else ""


@lru_cache(maxsize=256)
def table_with(code: str, added: tuple[AddedRate, ...]) -> RateTable:
    """Load the law of a jurisdiction with the confirmed rates that people added; theirs count.

    Raises:
        DomainError: if there is none of that code.
    """
    table = rate_table(code)
    return table.with_rates([_as_rate(rate) for rate in added]) if added else table


def _as_rate(rate: AddedRate) -> Rate:
    return Rate(
        start=rate.start,
        percent=rate.percent,
        source=rate.source,
        recorded=(rate.confirmed_at or rate.added_at).date(),
        confirmed=rate.confirmed_at is not None,
    )
