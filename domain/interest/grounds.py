"""Words the ground of a cost for the debtor: law or contract, rate and days (P24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain.interest.accrual import A_DAY, DAYS_A_YEAR, Stretch
from domain.interest.terms import InterestTerms
from domain.money import Money, round_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in a row with one balance and one rate, and what they earned.

    Attributes:
        start: the first day that bears interest.
        end: the last one, inclusive.
        balance: the open principal, in minor units.
        capital: earlier interest that bore interest too, in exact minor units.
        percent: a year.
        year_days: what a day was a fraction of: 365 or 366.
        exact: before rounding, in units of the currency, to 34 digits.
        fraction: the same without any rounding, in minor units.
    """

    start: date
    end: date
    balance: int
    capital: Fraction
    percent: Decimal
    days: int
    year_days: int
    exact: Decimal
    fraction: Fraction
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnratedDays:
    """Days for which no interest is computed, because their rate is not known for certain.

    Attributes:
        start: the first of them.
        end: the last one, inclusive.
        half_year: whose rate is not known, such as ``2026H2``.
        reason: what is known and what is not, with the way out, for people.
        goes_on: whether it reaches to the last day asked for; else later days are in the sum.
    """

    start: date
    end: date
    half_year: str
    reason: str
    goes_on: bool = False


def left_out_of(found: Sequence[Stretch]) -> tuple[UnratedDays, ...]:
    """List the days whose rate is not known, half-year by half-year, whatever was open."""
    gaps: list[UnratedDays] = []
    for stretch in found:
        unknown = stretch.rate.unknown
        if unknown is None:
            continue
        start = stretch.start
        if gaps and gaps[-1].half_year == unknown.half_year:
            start = gaps.pop().start
        gap = UnratedDays(
            start=start,
            end=stretch.end,
            half_year=unknown.half_year,
            reason=unknown.reason,
            goes_on=stretch is found[-1],
        )
        gaps.append(gap)
    return tuple(gaps)


def words_of_left_out(gaps: Sequence[UnratedDays]) -> str:
    """Write the sentence on the days that are left out; empty if none are."""
    if not gaps:
        return ""
    half_years = ", ".join(gap.half_year for gap in gaps)
    days = " and ".join(f"from {gap.start} to {gap.end}" for gap in joined_gaps(gaps))
    return f"Interest for the days {days} is not in this sum: the rate of {half_years} is not known"


def joined_gaps(gaps: Sequence[UnratedDays]) -> list[UnratedDays]:
    """Join gaps that follow each other; those between which days are in the sum stay apart."""
    found: list[UnratedDays] = []
    for gap in gaps:
        follows = bool(found) and found[-1].end + A_DAY == gap.start
        found.append(replace(gap, start=found.pop().start) if follows else gap)
    return found


def ground_of(
    spans: tuple[Span, ...],
    currency: str,
    terms: InterestTerms,
    left_out: Sequence[UnratedDays] = (),
) -> str:
    """Write the sentence from which the debtor can compute the interest again."""
    if not spans:
        return f"{words_of_left_out(left_out)}."
    total = round_minor(sum((span.fraction for span in spans), Fraction(0)), currency)
    days = sum(span.days for span in spans)
    parts = "; ".join(_part(span, currency) for span in spans)
    doubt = "provisional " if any(span.provisional for span in spans) else ""
    return (
        f"{total} {doubt}interest for {_days(days)} {_basis(terms)}, from {spans[0].start}, "
        f"after the due date, to {spans[-1].end}: {parts}{_how(terms)}."
        f"{' ' if left_out else ''}{words_of_left_out(left_out)}{'.' if left_out else ''}"
    )


def no_interest(reason: str) -> str:
    """Write the sentence on why no interest is charged."""
    return f"No interest: {reason}."


def ground_of_compensation(amount: Money, principal: Money, law: str) -> str:
    """Write the sentence on the fixed sum for being paid late."""
    return f"{amount} fixed compensation under {law}, for a late payment of {principal}."


def _basis(terms: InterestTerms) -> str:
    if terms.contract_percent is not None or terms.table is None:
        return "as agreed in the contract"
    return f"under {terms.table.scheme(consumer=terms.consumer).law}"


def _part(span: Span, currency: str) -> str:
    assumed = " (not certain)" if span.provisional else ""
    earlier = round_minor(span.capital, currency)
    grown = f" and {earlier} earlier interest" if earlier.minor else ""
    return (
        f"{plain_number(span.percent)} % a year{assumed} on {Money(span.balance, currency)}{grown}"
        f" for {_days(span.days)}{' of a leap year' if span.year_days > DAYS_A_YEAR else ''}"
    )


def _how(terms: InterestTerms) -> str:
    daily = ", each day's interest rounded" if terms.rounding == "daily" else ""
    return daily + (f", compounded {terms.compounds}" if terms.compounds else "")


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def plain_number(percent: Decimal) -> str:
    """Write a percentage as people do: 10.5 and not 10.50."""
    return f"{percent.normalize():f}"
