"""Terms of interest: which law or contract applies, and the rate it sets on each day."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.errors import DomainError
from domain.interest.accrual import DAYS_A_YEAR, Applied, UnknownRate
from domain.interest.added_rates import AddedRate, table_with
from domain.interest.half_years import half_year
from domain.interest.rate_tables import Rate, RateTable, rate_table

_CHOICES = {
    "rounding": ("once", "daily"),
    "compounding": ("", "monthly", "yearly"),
    "past_table": ("refuse", "provisional"),
}

RateOf = Callable[[date], tuple[Applied, int]]
"""What applies on a day: the rate, and the days of its year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestTerms:
    """The terms on which a debt bears interest; without law and contract it bears none.

    Attributes:
        jurisdiction: a code of ``JURISDICTIONS``; empty until a creditor confirms one.
        consumer: whether the debtor is no business.
        contract_percent: a contract's own rate a year, instead of the law's.
        at_most: a code of ``JURISDICTIONS`` whose rate for businesses the contract's may not pass;
            empty where no law limits it.
        rounding: ``once``, half up at the end; ``daily``, each day's interest by itself.
        compounding: only where a contract says so; counted from the day interest starts. What a
            law itself compounds stands in its table.
        added: confirmed rates that people added to the shipped ones.
        past_table: what becomes of days whose rate is not known for certain: ``refuse`` leaves
            them out, ``provisional`` goes on with the last rate and marks the figure.

    Raises:
        DomainError: naming the field that cannot be.
    """

    jurisdiction: str = ""
    consumer: bool = False
    contract_percent: Decimal | None = None
    at_most: str = ""
    rounding: Literal["once", "daily"] = "once"
    compounding: Literal["", "monthly", "yearly"] = ""
    past_table: Literal["refuse", "provisional"] = "refuse"
    added: tuple[AddedRate, ...] = ()

    def __post_init__(self) -> None:
        for field, known in _CHOICES.items():
            if getattr(self, field) not in known:
                choice = " or ".join(repr(word) for word in known)
                raise DomainError(f"{field} is {choice}", field=field)
        for code in filter(None, (self.jurisdiction, self.at_most)):
            rate_table(code)
        if not _possible(self.contract_percent):
            message = "a contract's rate is a number not below zero; write 0 to charge nothing"
            raise DomainError(message, field="contract_percent")
        if self.compounding and self.contract_percent is None:
            message = "the law says itself what it compounds; compounding needs a contract_percent"
            raise DomainError(message, field="compounding")

    @property
    def table(self) -> RateTable | None:
        """The law that was confirmed, if one was, with the rates that people added."""
        return table_with(self.jurisdiction, self.added) if self.jurisdiction else None

    @property
    def compounds(self) -> Literal["", "monthly", "yearly"]:
        """How often earlier interest becomes capital: by the contract, or by the law."""
        by_law = self.contract_percent is None and self.table is not None
        return self.table.compounding if by_law and self.table else self.compounding


def _possible(percent: Decimal | None) -> bool:
    return percent is None or (percent.is_finite() and percent >= 0)


def no_reason(terms: InterestTerms) -> str:
    """Describe why nothing is charged at all; empty if something is."""
    if terms.contract_percent is not None:
        return ""
    if terms.table is None:
        return "the creditor has confirmed no jurisdiction and no contract sets a rate"
    return terms.table.scheme(consumer=terms.consumer).none


def rates_of(terms: InterestTerms, start: date) -> RateOf:
    """Find the rate of each day, by contract or law, for interest that starts on a day."""
    year_days = _year_days(terms.table)
    flat = _flat(terms)
    if flat is not None:
        return lambda day: (Applied(flat), year_days(day))
    return lambda day: (_by_law(terms, start, day), year_days(day))


def _year_days(table: RateTable | None) -> Callable[[date], int]:
    if table and table.day_count == "actual":
        return lambda day: DAYS_A_YEAR + calendar.isleap(day.year)
    return lambda _: DAYS_A_YEAR


def _flat(terms: InterestTerms) -> Decimal | None:
    if terms.at_most and terms.contract_percent:
        return None
    if terms.contract_percent is not None or terms.table is None:
        return terms.contract_percent
    return terms.table.scheme(consumer=terms.consumer).flat


def _by_law(terms: InterestTerms, start: date, day: date) -> Applied:
    table = table_with(terms.at_most or terms.jurisdiction, terms.added)
    day = start if table.rate_changes == "start" else day
    rate = table.rate_on(day)
    if rate is None:
        return _unknown(day, _too_early(table, day))
    certain = rate.confirmed and day <= rate.end
    if not certain and terms.past_table == "refuse":
        return _unknown(day, _not_known(table, rate, day))
    return Applied(_percent(terms, table, rate), provisional=not certain)


def _percent(terms: InterestTerms, table: RateTable, rate: Rate) -> Decimal:
    """The law's rate, or the contract's as far as a law lets it go."""
    if terms.contract_percent is not None:
        return min(terms.contract_percent, table.scheme(consumer=False).percent(rate.percent))
    return table.scheme(consumer=terms.consumer).percent(rate.percent)


def _unknown(day: date, reason: str) -> Applied:
    return Applied(Decimal(0), unknown=UnknownRate(half_year(day), reason))


def _too_early(table: RateTable, day: date) -> str:
    first = table.rates[0]
    return (
        f"the rates of {table.name} ({table.code}) begin with {first.half_year} on {first.start}"
        f" and interest is asked for {half_year(day)}; add the earlier half-years with an official"
        " source and have another person confirm them, or give a contract's rate"
    )


def _not_known(table: RateTable, rate: Rate, day: date) -> str:
    known = [one for one in table.rates if one.confirmed]
    doubt = "is not there yet" if day > rate.end else "is written down but not confirmed"
    last = f"{known[-1].half_year} ({known[-1].end})" if known else "no half-year"
    return (
        f"the rates of {table.name} ({table.code}) are known up to {last};"
        f" that of {half_year(day)} {doubt}: add it with an official source and have another"
        " person confirm it, or let the policy mark the figure provisional"
    )
