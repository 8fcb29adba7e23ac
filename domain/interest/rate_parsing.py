"""Turns the entries of a rate file into the table that interest is computed with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal

from domain.interest.added_rates import AddedRate
from domain.interest.rate_file import read_rate_rows, read_rate_table
from domain.interest.rate_schema import CompensationEntry, SchemeEntry, TableEntry
from domain.interest.rate_tables import JURISDICTIONS, Compensation, Rate, RateTable, Scheme
from domain.money import parse_money


def parse_rates(text: str, *, file: str = "rates.toml") -> RateTable:
    """Read a rate file; ``file`` is what complaints call it.

    Raises:
        RatesError: naming every problem with its line.
    """
    entry = read_rate_table(text, file)
    return RateTable(
        **entry.model_dump(exclude={"business", "consumer", "compensation", "rate"}),
        business=_scheme(entry.business),
        consumer=_scheme(entry.consumer),
        compensation=_compensation(entry.compensation) if entry.compensation else None,
        rates=tuple(_rates(entry)),
    )


def parse_rate_rows(text: str, *, file: str = "rates.toml") -> tuple[AddedRate, ...]:
    """Read a file of rates that somebody wrote down; they wait to be added and confirmed.

    Each is dated by the day on which it was recorded (00:00 UTC) and names the file.

    Raises:
        RatesError: naming every problem with its line.
    """
    entry = read_rate_rows(text, file, JURISDICTIONS)
    return tuple(
        AddedRate(
            jurisdiction=entry.code,
            start=row.since,
            percent=Decimal(row.percent),
            source=row.source,
            added_by=file,
            added_at=datetime.combine(row.recorded, time(), UTC),
        )
        for row in entry.rate
    )


def _scheme(entry: SchemeEntry) -> Scheme:
    return Scheme(
        law=entry.law,
        margin=Decimal(entry.margin or 0),
        round_up_to=Decimal(entry.round_up_to),
        flat=None if entry.flat is None else Decimal(entry.flat),
        none=entry.none,
        cited=entry.cited,
    )


def _compensation(entry: CompensationEntry) -> Compensation:
    bands = tuple(
        (
            None if band.up_to is None else parse_money(band.up_to, entry.currency).minor,
            parse_money(band.amount, entry.currency).minor,
        )
        for band in entry.band
    )
    return Compensation(**entry.model_dump(exclude={"band"}), bands=bands)


def _rates(entry: TableEntry) -> Iterator[Rate]:
    for row in entry.rate:
        yield Rate(
            start=row.since,
            percent=Decimal(row.percent),
            source=row.source,
            recorded=row.recorded,
            confirmed=row.confirmed,
        )
