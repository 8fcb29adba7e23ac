"""The service for rates of interest: the shipped tables, and what people added to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from activities.ports.clock import Clock
from activities.ports.money_ports import RateStore
from activities.ports.stores.errors import NotKnownError, Sought
from activities.watching.parts import Finish, Put
from activities.watching.rates import KNOWN, needed_rates, rate_task, rate_tasks
from domain.errors import RefusedError
from domain.interest.added_rates import (
    AddedRate,
    checked,
    confirmed,
    known_before,
    read_half_year,
    read_percent,
    table_with,
)
from domain.interest.half_years import half_year
from domain.interest.rate_tables import JURISDICTIONS, rate_table

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """A rate as it stands in the tables or was added.

    Attributes:
        counts: whether interest is computed with it.
        added_by: empty for a shipped one.
    """

    jurisdiction: str
    half_year: str
    percent: Decimal
    source: str
    counts: bool
    added_by: str = ""
    confirmed_by: str = ""
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLaw:
    """A jurisdiction, and how far its rates are known.

    Attributes:
        known_until: the last day without a gap before it; None where no reference rate counts.
        missing: half-years up to some weeks from now whose rate does not count yet.
    """

    code: str
    name: str
    known_until: date | None
    missing: tuple[str, ...]


class RateService:
    """Shows rates of interest, and takes in what two people found out."""

    def __init__(self, rates: RateStore, put: Put, finish: Finish, clock: Clock) -> None:
        self._rates = rates
        self._put = put
        self._finish = finish
        self._clock = clock

    def laws(self) -> tuple[KnownLaw, ...]:
        """Tell for each jurisdiction up to when its rates are known, and which are missing."""
        now = self._clock()
        added = self._rates.rates()
        return tuple(_known(code, added, now) for code in JURISDICTIONS)

    def rows(self, jurisdiction: str = "") -> tuple[RateRow, ...]:
        """List the shipped rates and those that were added, by jurisdiction and half-year.

        Raises:
            DomainError: if there is no such jurisdiction.
        """
        codes = (rate_table(jurisdiction).code,) if jurisdiction else JURISDICTIONS
        added = self._rates.rates(jurisdiction)
        found = [row for code in codes for row in _rows_of(code, added)]
        return tuple(sorted(found, key=lambda row: (row.jurisdiction, row.half_year)))

    def waiting(self, jurisdiction: str = "") -> tuple[AddedRate, ...]:
        """List what was added and not confirmed yet."""
        found = self._rates.rates(jurisdiction)
        return tuple(rate for rate in found if rate.confirmed_at is None)

    def add(self, jurisdiction: str, half: str, percent: str, source: str, by: str) -> AddedRate:
        """Write a rate down; it counts once another person has confirmed it.

        Raises:
            DomainError: naming the field that cannot be.
            RefusedError: if it is known with that figure already.
        """
        now = self._clock()
        rate = checked(
            AddedRate(
                jurisdiction=jurisdiction,
                start=read_half_year(half),
                percent=read_percent(percent),
                source=source.strip(),
                added_by=by.strip(),
                added_at=now,
            )
        )
        if any(row.counts and row.percent == rate.percent for row in self._same(rate)):
            known = f"the rate of {jurisdiction} for {rate.half_year} is known as {rate.percent}"
            raise RefusedError(f"{known} already", field="percent")
        self._rates.propose(rate)
        beginning = rate_tasks(jurisdiction, rate.half_year)
        self._finish(beginning, f"{rate.added_by} added it")
        self._put(rate_task(rate_table(jurisdiction), rate.half_year, now, rate))
        return rate

    def is_known(self, rate: AddedRate) -> bool:
        """Tell whether a rate counts, or waits, with that very figure already."""
        found = self._same(rate)
        waits = [one for one in self.waiting(rate.jurisdiction) if one.start == rate.start]
        return any(row.percent == rate.percent and row.counts for row in found) or any(
            one.percent == rate.percent for one in waits
        )

    def adopt(self, rates: Iterable[AddedRate]) -> None:
        """Take in rates that are confirmed elsewhere, as they are: for rehearsals."""
        for rate in rates:
            self._rates.propose(replace(rate, confirmed_by="", confirmed_at=None))
            self._rates.confirm(rate)

    def confirm(self, jurisdiction: str, half: str, by: str) -> AddedRate:
        """Confirm a rate that another person added; it counts from now on.

        Raises:
            DomainError: if the same person added it.
            NotKnownError: if none waits.
        """
        start = read_half_year(half)
        waits = [one for one in self.waiting(jurisdiction) if one.start == start]
        if not waits:
            message = f"no rate of {jurisdiction} for {half_year(start)} waits to be confirmed"
            raise NotKnownError(Sought.RATE, message)
        rate = confirmed(waits[0], by, self._clock())
        if not self._rates.confirm(rate):
            message = f"the rate of {jurisdiction} for {half_year(start)} was changed meanwhile"
            raise NotKnownError(Sought.RATE, f"{message}; look at it again")
        self._finish(rate_tasks(jurisdiction, rate.half_year), KNOWN)
        return rate

    def _same(self, rate: AddedRate) -> list[RateRow]:
        rows = _rows_of(rate.jurisdiction, self._rates.rates(rate.jurisdiction))
        return [row for row in rows if row.half_year == rate.half_year]


def _known(code: str, added: Iterable[AddedRate], now: datetime) -> KnownLaw:
    table = table_with(code, known_before(added, code, now + _A_DAY))
    return KnownLaw(
        code=code,
        name=table.name,
        known_until=table.known_until,
        missing=tuple(half for half, known in needed_rates(table, now) if not known),
    )


def _rows_of(code: str, added: tuple[AddedRate, ...]) -> list[RateRow]:
    mine = [rate for rate in added if rate.jurisdiction == code]
    last = {rate.start: rate for rate in mine if rate.confirmed_at}
    shipped = [
        RateRow(
            jurisdiction=code,
            half_year=rate.half_year,
            percent=rate.percent,
            source=rate.source,
            counts=rate.confirmed and rate.start not in last,
            known_from=rate.recorded,
        )
        for rate in rate_table(code).rates
    ]
    return shipped + [_row_of(rate, counts=last.get(rate.start) is rate) for rate in mine]


def _row_of(rate: AddedRate, *, counts: bool) -> RateRow:
    return RateRow(
        jurisdiction=rate.jurisdiction,
        half_year=rate.half_year,
        percent=rate.percent,
        source=rate.source,
        counts=counts,
        added_by=rate.added_by,
        confirmed_by=rate.confirmed_by,
        known_from=rate.confirmed_at.date() if rate.confirmed_at else None,
    )
