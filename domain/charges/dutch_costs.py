"""Computes what a Dutch consumer may be charged for collection after the fourteen-day letter.

Source: Besluit vergoeding voor buitengerechtelijke incassokosten, article 2 (general knowledge, to
be confirmed): a share of each band of the principal, at least 40 and at most 6,775 euros.
"""

from __future__ import annotations

from fractions import Fraction

from domain.money import Money, round_minor

_BANDS = ((250_000, 1500), (250_000, 1000), (500_000, 500), (19_000_000, 100))
"""Widths in cents, and the share of each in hundredths of a percent."""

_ABOVE = 50
_LEAST, _MOST = 4_000, 677_500


def dutch_collection_costs(principal: Money) -> Money:
    """Compute the costs of collecting a principal in euros, without VAT; zero in other money."""
    if principal.currency != "EUR" or principal.minor <= 0:
        return Money(0, principal.currency)
    left, earned = principal.minor, Fraction(0)
    for width, share in _BANDS:
        part = min(left, width)
        earned += Fraction(part * share, 10_000)
        left -= part
    earned += Fraction(left * _ABOVE, 10_000)
    rounded = round_minor(earned, principal.currency)
    return Money(max(_LEAST, min(_MOST, rounded.minor)), principal.currency)
