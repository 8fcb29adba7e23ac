"""Compares what steps, channels, hours and tones were followed by, and whether that is chance."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from domain.experiments.comparing import FEWEST_CUSTOMERS, Comparison, Conclusion, Sample, compare

FOLLOWS_WITHIN = timedelta(days=14)
"""Money that comes later, or after the next step, is not told of this one."""


def paid_sample(tried: int, paid: int) -> Sample:
    """Sum up how many of those who were tried paid."""
    share = Decimal(paid) / tried if tried else Decimal(0)
    return Sample(tried, share, share * (1 - share))


def against_others(tried: int, paid: int, all_tried: int, all_paid: int) -> Comparison:
    """Compare the share that paid after one of them with that after all others of its kind."""
    return compare(paid_sample(all_tried - tried, all_paid - paid), paid_sample(tried, paid))


def chance_in_words(found: Comparison, others: int) -> str:
    """Say in a sentence whether the difference may be chance."""
    if not others:
        return "there is nothing to compare it with"
    if found.verdict is Conclusion.TOO_FEW:
        return f"too few to say anything: {FEWEST_CUSTOMERS} customers of either are needed"
    if found.verdict is Conclusion.NOT_YET:
        return "the difference may be chance"
    more = "more" if found.difference > 0 else "fewer"
    return f"{more} paid than after the others, and that is hardly chance"
