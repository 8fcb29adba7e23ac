"""The customer's class, by a transparent rule from the customer's own history (P31)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.policy.model import ClassRules

RECENT = 3
"""How many of the last settled invoices the trend is read from."""

_A_DAY = 1
"""Days by which the mean must move to be called a trend."""


class Trend(StrEnum):
    """How payment habits change: the last three settled invoices against those before."""

    UNKNOWN = "unknown"
    STEADY = "steady"
    FASTER = "faster"
    SLOWER = "slower"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the ledger remembers of a customer's settled invoices and agreements.

    Attributes:
        settled: invoices settled by money.
        late: how many of them after their due date.
        days_late: the sum of their days late (early ones count as zero).
        broken_promises: promises that were not kept.
        handoffs: cases that went to the agency.
        promises_made: promises of any kind of ending.
        promises_kept: those of which the money came in time.
        disputes: how often something was contested or asked for.
        recent: how many of the settled ones the trend is read from, at most three.
        recent_days_late: the sum of their days late.
    """

    settled: int = 0
    late: int = 0
    days_late: int = 0
    broken_promises: int = 0
    handoffs: int = 0
    promises_made: int = 0
    promises_kept: int = 0
    disputes: int = 0
    recent: int = 0
    recent_days_late: int = 0

    @property
    def on_time_percent(self) -> int | None:
        """The share of settled invoices that were paid in time, rounded down; None without any."""
        return (self.settled - self.late) * 100 // self.settled if self.settled else None

    @property
    def mean_days_late(self) -> Decimal | None:
        """Days late on average, to a tenth, early ones as zero; None without any settled."""
        return _mean(self.days_late, self.settled)

    @property
    def trend(self) -> Trend:
        """Whether the customer pays slower or faster than before, by a day or more on average."""
        before = self.settled - self.recent
        if not before or self.recent < RECENT:
            return Trend.UNKNOWN
        # The two means, brought to one denominator: exact in whole numbers.
        now = self.recent_days_late * before
        then = (self.days_late - self.recent_days_late) * self.recent
        if abs(now - then) < _A_DAY * before * self.recent:
            return Trend.STEADY
        return Trend.SLOWER if now > then else Trend.FASTER


def class_of(history: History, rules: ClassRules) -> str:
    """Classify a customer: ``risky``, ``late_payer``, ``good``, or ``new`` without history."""
    return _verdict(history, rules)[0]


def why_class(history: History, rules: ClassRules) -> str:
    """Describe why the history makes that class, naming the figure and its threshold."""
    return _reasons(history, rules)[_verdict(history, rules)[1]]


def _verdict(history: History, rules: ClassRules) -> tuple[str, str]:
    """The class, and which rule made it: the first that fits."""
    if history.broken_promises >= rules.risky_from_broken_promises:
        return "risky", "broken"
    if history.handoffs >= rules.risky_from_handoffs:
        return "risky", "handoffs"
    if not history.settled:
        return "new", "new"
    if history.late * 100 >= rules.late_from_percent * history.settled:
        return "late_payer", "often"
    if history.days_late >= rules.late_from_mean_days * history.settled:
        return "late_payer", "slow"
    return "good", "good"


def _reasons(history: History, rules: ClassRules) -> dict[str, str]:
    settled = _times(history.settled, "settled invoice")
    return {
        "broken": f"risky: {_times(history.broken_promises, 'broken promise')}; "
        f"{rules.risky_from_broken_promises} are enough",
        "handoffs": f"risky: {_times(history.handoffs, 'invoice')} went to the agency; "
        f"{rules.risky_from_handoffs} are enough",
        "new": "new: no invoice was settled yet",
        "often": f"late payer: {history.late} of {settled} late; "
        f"from {rules.late_from_percent} % on",
        "slow": f"late payer: {history.mean_days_late} days late on average; "
        f"from {rules.late_from_mean_days} on",
        "good": f"good: {history.on_time_percent} % of {settled} in time, "
        f"{history.mean_days_late} days late on average",
    }


def describe_history(history: History) -> tuple[str, ...]:
    """Describe the customer's past for a caller, line by line; empty if there is none."""
    return tuple(line for line in _lines(history) if line)


def _lines(history: History) -> tuple[str, ...]:
    kept = f", {history.promises_kept} kept in time" if history.promises_made else ""
    broken = f", {history.broken_promises} broken" if history.broken_promises else ""
    promises = history.promises_made or history.broken_promises
    return (
        _settled_line(history),
        _TRENDS[history.trend],
        f"{_times(promises, 'promise')}{kept}{broken}" if promises else "",
        f"{_times(history.disputes, 'dispute or question', 'disputes or questions')}"
        if history.disputes
        else "",
        f"{_times(history.handoffs, 'invoice')} went to the agency" if history.handoffs else "",
    )


def _settled_line(history: History) -> str:
    if not history.settled:
        return ""
    return (
        f"{_times(history.settled, 'invoice')} settled, {history.on_time_percent} % in time, "
        f"{history.mean_days_late} days late on average"
    )


_TRENDS = {
    Trend.UNKNOWN: "",
    Trend.STEADY: "pays as before",
    Trend.FASTER: "pays faster than before",
    Trend.SLOWER: "pays slower than before: is their way of paying changing?",
}


def _times(count: int, noun: str, nouns: str = "") -> str:
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


def _mean(total: int, count: int) -> Decimal | None:
    if not count:
        return None
    return (Decimal(total) / count).quantize(Decimal("0.1"), ROUND_HALF_UP)
