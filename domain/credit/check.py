"""Checks a customer before credit is given: a score made of the facts it rests on (P08).

Nothing is decided by it: no hold, no refusal. It is shown to whoever decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.credit.limits import BureauReport, Exposure
from domain.credit.model import Credit
from domain.policy.classes import History

DAYS_AT_MOST = 30
BROKEN_PROMISE_POINTS = 15
BROKEN_AT_MOST = 30
HANDOFF_POINTS = 20
HANDOFFS_AT_MOST = 40
SCORE_AT_MOST = DAYS_AT_MOST + BROKEN_AT_MOST + HANDOFFS_AT_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """One fact of a customer's history, in words, and its points: more points, more risk."""

    code: str
    words: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCheck:
    """What is known of a customer before credit is given.

    Attributes:
        customer_class: the class of the next new invoice, and why it is that one.
        facts: what the score rests on.
        score: the points of all facts, 0 to 100; None while there is no history to tell from.
        exposures: what is open and ordered beside the limit, by currency.
        report: the newest report of a bureau that somebody put down; None if nobody did.
    """

    customer: str
    customer_class: str
    why_class: str
    facts: tuple[RiskFact, ...]
    score: int | None
    credit: Credit
    exposures: tuple[Exposure, ...]
    report: BureauReport | None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Say which limits are passed, or would be with the order."""
        return tuple(one.words for one in self.exposures if one.is_passed)


def risk_facts(history: History) -> tuple[RiskFact, ...]:
    """List the facts of a history with their points.

    Disputes are told and have no points: whoever contests may be right.
    """
    late = history.mean_days_late or Decimal(0)
    days = int(late.quantize(Decimal(1), ROUND_HALF_UP))
    settled = f"{history.settled} settled, {history.late} of them late, {late} days on average"
    return (
        RiskFact(
            code="days_late",
            words=settled if history.settled else "no invoice was settled yet",
            points=min(days, DAYS_AT_MOST),
        ),
        RiskFact(
            code="broken_promises",
            words=f"{history.broken_promises} broken promises",
            points=min(history.broken_promises * BROKEN_PROMISE_POINTS, BROKEN_AT_MOST),
        ),
        RiskFact(
            code="handoffs",
            words=f"{history.handoffs} invoices went to the agency",
            points=min(history.handoffs * HANDOFF_POINTS, HANDOFFS_AT_MOST),
        ),
        RiskFact(
            code="disputes",
            words=f"{history.disputes} disputes or questions, which count nothing",
            points=0,
        ),
    )


def score_of(history: History) -> int | None:
    """Add up the points, 0 to 100; None while nothing was settled, broken or handed off."""
    if not (history.settled or history.broken_promises or history.handoffs):
        return None
    return sum(fact.points for fact in risk_facts(history))
