"""Checks a customer before credit is given: a score made of the facts it rests on (P08).

Nothing is decided by it: no hold, no refusal. It is shown to whoever decides.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    broken, gone = history.broken_promises, history.handoffs
    broken_points = min(broken * BROKEN_PROMISE_POINTS, BROKEN_AT_MOST)
    gone_points = min(gone * HANDOFF_POINTS, HANDOFFS_AT_MOST)
    contested = f"disputes and questions, which have no points: {history.disputes}"
    words = f"invoices that went to the agency: {gone}"
    return (
        _lateness(history),
        RiskFact(code="broken_promises", words=f"broken promises: {broken}", points=broken_points),
        RiskFact(code="handoffs", words=words, points=gone_points),
        RiskFact(code="disputes", words=contested, points=0),
    )


def _lateness(history: History) -> RiskFact:
    many = history.settled
    if not many:
        return RiskFact(code="days_late", words="settled invoices: none yet", points=0)
    # Half up, rounded once: the mean that people read has a tenth already.
    days = (2 * history.days_late + many) // (2 * many)
    late = f"{history.late} of them late, {history.mean_days_late} days on average"
    words = f"settled invoices: {many}, {late}"
    return RiskFact(code="days_late", words=words, points=min(days, DAYS_AT_MOST))


def score_of(history: History) -> int | None:
    """Add up the points, 0 to 100; None while nothing was settled, broken or handed off."""
    if not (history.settled or history.broken_promises or history.handoffs):
        return None
    return sum(fact.points for fact in risk_facts(history))
