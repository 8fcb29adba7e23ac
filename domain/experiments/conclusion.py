"""Says in a plain sentence whether one may conclude which policy is better."""

from __future__ import annotations

from decimal import Decimal

from domain.experiments.comparing import FEWEST_CUSTOMERS, Comparison, Conclusion


def sentence_of(found: Comparison, fewest: int) -> str:
    """Write what the comparison of the share paid in time allows to say.

    ``fewest`` is how many customers of the smaller arm are known.
    """
    if found.verdict is Conclusion.TOO_FEW:
        return (
            f"One may not conclude yet: of the smaller arm {fewest} customers are known, and "
            f"{FEWEST_CUSTOMERS} are needed."
        )
    span = f"between {_points(found.low)} and {_points(found.high)} points"
    if found.verdict is Conclusion.NOT_YET:
        return (
            "One may not conclude yet: the challenger's share paid in time differs by "
            f"{_points(found.difference)} points, {span}; that may be chance."
        )
    better = found.verdict.value
    return (
        f"One may conclude that the {better} is better: the challenger's share paid in time "
        f"differs by {_points(found.difference)} points, {span}."
    )


def _points(share: Decimal | None) -> str:
    return f"{(share or Decimal(0)) * 100:+.1f}"
