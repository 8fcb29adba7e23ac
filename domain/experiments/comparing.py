"""Compares the two arms by a test that may be looked at every week without misleading.

The interval is the always-valid one of the mixture sequential probability ratio test (Robbins;
Johari, Pekelis and Walsh, *Always valid inference*): however often somebody looks, and whenever
they stop, it misses the truth in five of a hundred experiments at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ALPHA = Decimal("0.05")
"""So often may one conclude falsely, however often one looks."""

FEWEST_CUSTOMERS = 50
"""Customers of each arm below which nothing is concluded: the test knows means of many only."""

EXPECTED = Decimal("0.3")
"""The difference for which the test is keenest, in standard deviations of one customer."""

SMALLEST_SPREAD = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured of the customers of one arm: how many, their mean, their variance."""

    count: int = 0
    mean: Decimal = Decimal(0)
    variance: Decimal = Decimal(0)


def sample_of(values: Iterable[Decimal]) -> Sample:
    """Sum a sample up."""
    given = list(values)
    if not given:
        return Sample()
    mean = sum(given, Decimal(0)) / len(given)
    spread = sum(((one - mean) ** 2 for one in given), Decimal(0)) / max(1, len(given) - 1)
    return Sample(len(given), mean, spread)


class Conclusion(StrEnum):
    """Whether one may conclude, and what; pinned, for programs hold these words."""

    TOO_FEW = "too_few"
    NOT_YET = "not_yet"
    CHALLENGER = "challenger"
    CHAMPION = "champion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The difference, challenger less champion, with its always-valid interval of 95 %."""

    difference: Decimal
    low: Decimal | None
    high: Decimal | None
    verdict: Conclusion


def compare(champion: Sample, challenger: Sample, *, more_is_better: bool = True) -> Comparison:
    """Compare two arms as they stand; it may be asked as often as anybody likes."""
    difference = challenger.mean - champion.mean
    if min(champion.count, challenger.count) < 2:  # noqa: PLR2004 - one alone has no spread
        return Comparison(difference=difference, low=None, high=None, verdict=Conclusion.TOO_FEW)
    reach = _reach(champion, challenger)
    low, high = difference - reach, difference + reach
    if min(champion.count, challenger.count) < FEWEST_CUSTOMERS:
        verdict = Conclusion.TOO_FEW
    elif low <= 0 <= high:
        verdict = Conclusion.NOT_YET
    else:
        challenger_wins = (difference > 0) is more_is_better
        verdict = Conclusion.CHALLENGER if challenger_wins else Conclusion.CHAMPION
    return Comparison(difference=difference, low=low, high=high, verdict=verdict)


def _reach(one: Sample, other: Sample) -> Decimal:
    """Half the width of the always-valid interval."""
    spread = max(_together(one, other), SMALLEST_SPREAD)
    prior = EXPECTED**2 * spread
    noise = _noise(one, other, spread)
    bound = 2 * (1 / ALPHA).ln() + ((noise + prior) / noise).ln()
    return (noise * (noise + prior) / prior * bound).sqrt()


def _noise(one: Sample, other: Sample, spread: Decimal) -> Decimal:
    """How far the difference may stray by chance (its variance), by whichever way more.

    A small arm that has not met a rare event yet believes in no spread at all, and beside a large
    one that would mislead twice as often as it may: then the spread of both together counts.
    """
    apart = max(one.variance, SMALLEST_SPREAD) / one.count
    apart += max(other.variance, SMALLEST_SPREAD) / other.count
    return max(apart, spread / one.count + spread / other.count)


def _together(one: Sample, other: Sample) -> Decimal:
    """The variance of one customer, by the customers of both arms."""
    squares = (one.count - 1) * one.variance + (other.count - 1) * other.variance
    return squares / (one.count + other.count - 2)
