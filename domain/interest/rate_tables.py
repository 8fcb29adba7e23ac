"""Rate tables: what a country's law gives for late payment, dated, each with its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from domain.errors import DomainError
from domain.interest.half_years import half_year, next_half_year

JURISDICTIONS = (
    *("AT", "BE", "CH", "DE", "DK", "ES", "EU", "FI", "FR", "IE"),
    *("IT", "NL", "NO", "PL", "PT", "RO", "SE", "UK", "US"),
)
"""Whose law is shipped, as files in ``domain/interest/rates``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The reference rate of one half-year.

    Attributes:
        start: 1 January or 1 July.
        percent: a year; may be below zero.
        recorded: when it was written down.
        confirmed: whether an official source was seen.
    """

    start: date
    percent: Decimal
    source: str
    recorded: date
    confirmed: bool

    @property
    def end(self) -> date:
        """The last day of its half-year."""
        return next_half_year(self.start) - timedelta(days=1)

    @property
    def half_year(self) -> str:
        """The half-year as people write it: ``2026H1``."""
        return half_year(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The interest that one kind of debtor owes on late money.

    Attributes:
        cited: the law as its own country cites it; as in ``law`` if empty.
        margin: points above the reference rate.
        round_up_to: the sum is rounded up to a multiple of this; zero leaves it.
        flat: one rate whatever the reference rate is.
        none: why nothing is owed; empty if something is.
    """

    law: str
    margin: Decimal
    round_up_to: Decimal
    flat: Decimal | None
    none: str
    cited: str = ""

    @property
    def rests_on_reference(self) -> bool:
        """Whether the reference rate decides what is owed."""
        return self.flat is None and not self.none

    def percent(self, reference: Decimal) -> Decimal:
        """Compute the rate a year over a reference rate; never below zero."""
        exact = max(Decimal(0), reference + self.margin)
        if not self.round_up_to:
            return exact
        steps = (exact / self.round_up_to).to_integral_value(ROUND_CEILING)
        return steps * self.round_up_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """A fixed sum for being paid late, by the size of the debt.

    Attributes:
        cited: the law as its own country cites it; as in ``law`` if empty.
        bands: upper edge, inclusive (none for the last), and the sum, both in minor units.
    """

    law: str
    source: str
    recorded: date
    currency: str
    consumers: bool
    bands: tuple[tuple[int | None, int], ...]
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTable:
    """A jurisdiction's law on being paid late.

    Attributes:
        reference: the name of the rate the margin stands on.
        day_count: ``365``, or ``actual`` where a leap year counts 366 days.
        rate_changes: with each ``half-year``, or fixed by the ``start`` of interest.
        compounding: ``yearly`` where the law itself adds a year's interest to what bears interest.
        rates: in the order of half-years; the shipped ones without a gap.
        note: what a creditor should know before confirming the jurisdiction.
    """

    code: str
    name: str
    law: str
    reference: str
    day_count: Literal["365", "actual"]
    day_count_source: str
    rate_changes: Literal["half-year", "start"]
    compounding: Literal["", "yearly"]
    compounding_source: str
    note: str
    business: Scheme
    consumer: Scheme
    compensation: Compensation | None
    rates: tuple[Rate, ...]

    def scheme(self, *, consumer: bool) -> Scheme:
        """Find the rules for one kind of debtor."""
        return self.consumer if consumer else self.business

    @property
    def has_reference(self) -> bool:
        """Whether anything that is owed rests on the reference rate."""
        return any(one.rests_on_reference for one in (self.business, self.consumer))

    @property
    def known_until(self) -> date | None:
        """The last day up to which rates are confirmed without a gap; None if none is needed."""
        if not self.has_reference:
            return None
        end = self.rates[0].start - timedelta(days=1)
        for rate in self.rates:
            if not rate.confirmed or rate.start != end + timedelta(days=1):
                break
            end = rate.end
        return end

    def with_rates(self, added: Sequence[Rate]) -> RateTable:
        """Put rates in the place of those of the same half-years, or beside them."""
        rows = {rate.start: rate for rate in (*self.rates, *added)}
        return replace(self, rates=tuple(rows[start] for start in sorted(rows)))

    def rate_on(self, day: date) -> Rate | None:
        """Find the rate of a day; past the last half-year it is the last one."""
        index = bisect_right(self.rates, day, key=lambda rate: rate.start)
        return self.rates[index - 1] if index else None


@lru_cache(maxsize=len(JURISDICTIONS))
def rate_table(code: str) -> RateTable:
    """Load the law of a jurisdiction, such as ``DE`` or ``UK``.

    Raises:
        DomainError: if there is none of that code, or its file is wrong.
    """
    if code not in JURISDICTIONS:
        known = ", ".join(JURISDICTIONS)
        message = f"no rates of {code!r} are shipped; there are {known}, or give a contract's rate"
        raise DomainError(message, field="jurisdiction")
    from domain.interest.rate_parsing import parse_rates  # noqa: PLC0415 - pydantic is slow to load

    name = f"{code.lower()}.toml"
    text = files("domain.interest").joinpath("rates", name).read_text(encoding="utf-8")
    return parse_rates(text, file=name)
