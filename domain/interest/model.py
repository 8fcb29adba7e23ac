"""Interest and fixed compensation that the law or a contract gives for being paid late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from domain.errors import DomainError
from domain.interest.accrual import (
    A_DAY,
    Balance,
    Stretch,
    accrued,
    anniversaries,
    grown,
    stretches,
)
from domain.interest.grounds import (
    Span,
    UnratedDays,
    ground_of,
    ground_of_compensation,
    left_out_of,
    no_interest,
)
from domain.interest.rate_tables import rate_table
from domain.interest.terms import InterestTerms, no_reason, rates_of
from domain.money import Money, exact_decimal, round_minor, zero

__all__ = ["Balance", "Cost", "Interest", "InterestTerms", "Span", "compensation", "interest"]

MONTHS = {"monthly": 1, "yearly": 12}
"""After how many months earlier interest becomes capital, where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Interest that was earned, with its ground.

    Attributes:
        amount: rounded to the minor unit, half up.
        exact: before rounding, in units of the currency, to 34 digits.
        days: days that bore interest.
        provisional: whether a rate was only assumed.
        ground: one sentence for the debtor: the law or contract, the rates, the days (P24).
        left_out: days whose rate is not known and for which nothing is computed.
    """

    amount: Money
    exact: Decimal
    days: int
    spans: tuple[Span, ...]
    provisional: bool
    ground: str
    left_out: tuple[UnratedDays, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum owed beside the principal, with its ground (P24)."""

    amount: Money
    ground: str


def interest(
    balances: tuple[Balance, ...], currency: str, due: date, until: date, terms: InterestTerms
) -> Interest:
    """Compute interest on what was open, from the day after due up to and including ``until``.

    ``balances`` are steps in the order of their dates; on the date of a step its new balance
    already counts. Days whose rate is not known for certain are left out, or marked where the
    terms allow a provisional rate; all others are always computed. The same inputs give the same
    answer for ever.

    Raises:
        DomainError: if the steps are not in order.
    """
    if any(earlier[0] > later[0] for earlier, later in pairwise(balances)):
        raise DomainError("balances come in the order of their dates; sort them", field="balances")
    if reason := no_reason(terms):
        return _nothing(currency, reason)
    if until <= due:
        return _nothing(currency, f"it starts on the day after the due date {due}")
    start = due + A_DAY
    months = MONTHS.get(terms.compounds)
    walls = tuple(anniversaries(start, until, months)) if months else ()
    found = tuple(stretches(balances, (start, until), walls, rates_of(terms, start)))
    if not found:
        return _nothing(currency, f"nothing was open after the due date {due}")
    growth = growth_of(terms, currency)
    known = [one for one in found if one.rate.unknown is None]
    spans = tuple(_span(*one, currency) for one in grown(known, walls, growth))
    return _earned(spans, currency, terms, left_out_of(found))


def compensation(code: str, principal: Money, consumer: bool) -> Cost | None:  # noqa: FBT001 - a fact about the debtor, not a switch
    """Find the fixed sum for the cost of being paid late, by the size of the debt.

    None too where the debt is in another currency than the law's: the law names no exchange rate,
    so a person decides.

    Raises:
        DomainError: if there is no such jurisdiction.
    """
    rules = rate_table(code).compensation
    if rules is None or (consumer and not rules.consumers):
        return None
    if principal.currency != rules.currency or principal.minor <= 0:
        return None
    fits = (minor for edge, minor in rules.bands if edge is None or principal.minor <= edge)
    amount = Money(next(fits), rules.currency)
    return Cost(amount, ground_of_compensation(amount, principal, rules.law))


def growth_of(terms: InterestTerms, currency: str) -> Callable[[Stretch, Fraction], Fraction]:
    """Say how a stretch earns: exactly, or by each day's rounded interest times its days."""

    def daily(stretch: Stretch, bearing: Fraction) -> Fraction:
        a_day = accrued(bearing, stretch.rate.percent, 1, stretch.year_days)
        return Fraction(round_minor(a_day, currency).minor * stretch.days)

    def once(stretch: Stretch, bearing: Fraction) -> Fraction:
        return accrued(bearing, stretch.rate.percent, stretch.days, stretch.year_days)

    return daily if terms.rounding == "daily" else once


def _span(stretch: Stretch, capital: Fraction, exact: Fraction, currency: str) -> Span:
    return Span(
        start=stretch.start,
        end=stretch.end,
        balance=stretch.balance,
        capital=capital,
        percent=stretch.rate.percent,
        days=stretch.days,
        year_days=stretch.year_days,
        exact=exact_decimal(exact, currency),
        fraction=exact,
        provisional=stretch.rate.provisional,
    )


def _earned(
    spans: tuple[Span, ...], currency: str, terms: InterestTerms, left_out: tuple[UnratedDays, ...]
) -> Interest:
    exact = sum((span.fraction for span in spans), Fraction(0))
    return Interest(
        amount=round_minor(exact, currency),
        exact=exact_decimal(exact, currency),
        days=sum(span.days for span in spans),
        spans=spans,
        provisional=any(span.provisional for span in spans),
        ground=ground_of(spans, currency, terms, left_out),
        left_out=left_out,
    )


def _nothing(currency: str, reason: str) -> Interest:
    return Interest(
        amount=zero(currency),
        exact=zero(currency).decimal,
        days=0,
        spans=(),
        provisional=False,
        ground=no_interest(reason),
    )
