"""Credit limits that people set, what bureaus report, and how much of a limit is taken up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import DomainError
from domain.money import Money, read_both, zero

LONGEST_REASON = 1000
LONGEST_SOURCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimit:
    """A limit that a person set for a customer in one currency.

    Attributes:
        amount: how much may be open; None if the limit was taken away.
        at: when it was set (UTC).
    """

    currency: str
    amount: Money | None
    at: datetime
    why: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauReport:
    """What a credit bureau or another informant wrote about a customer.

    Attributes:
        source: who wrote it.
        day: the date of the report itself.
        limit: the credit that it recommends; None if it names none.
        said: its grade or words.
        by: who put it down here, at the instant ``at`` (UTC).
    """

    source: str
    day: date
    limit: Money | None
    said: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedLimit:
    """A limit that more is open than.

    Attributes:
        number: of the limit and of the passing: each passing has its own.
    """

    number: str
    customer: str
    limit: Money
    open: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What would be open of a customer in one currency, beside the limit.

    Attributes:
        ordered: an order that is not invoiced yet.
        limit: None if nobody set one in this currency.
    """

    open: Money
    ordered: Money
    limit: CreditLimit | None = None

    @property
    def total(self) -> Money:
        """Open and ordered together."""
        return self.open + self.ordered

    @property
    def left(self) -> Money | None:
        """What is left of the limit, negative if it is passed; None without a limit."""
        amount = self.limit.amount if self.limit else None
        return amount - self.total if amount is not None else None

    @property
    def is_passed(self) -> bool:
        """Whether more than the limit would be open; exactly the limit is not."""
        return self.left is not None and self.left.minor < 0

    @property
    def words(self) -> str:
        """Say in a sentence how it stands with the limit."""
        with_order = f" with the order of {self.ordered}" if self.ordered.minor else ""
        left, limit = self.left, self.limit
        if limit is None or left is None:
            return f"{self.total} open{with_order}; no limit is set"
        if left.minor < 0:
            over = Money(-left.minor, left.currency)
            return f"{self.total} open{with_order}: {over} more than the limit of {limit.amount}"
        return f"{self.total} open{with_order}: {left} left of the limit of {limit.amount}"


def exposures(
    open_sums: tuple[Money, ...], limits: tuple[CreditLimit, ...], order: Money | None = None
) -> tuple[Exposure, ...]:
    """Set what is open and ordered beside the limits, by currency: they never add up."""
    opened = {money.currency: money for money in open_sums}
    set_for = {limit.currency: limit for limit in limits if limit.amount is not None}
    ordered = {order.currency: order} if order else {}
    return tuple(
        Exposure(
            open=opened.get(currency, zero(currency)),
            ordered=ordered.get(currency, zero(currency)),
            limit=set_for.get(currency),
        )
        for currency in sorted({*opened, *set_for, *ordered})
    )


def read_order(amount: str, currency: str) -> Money | None:
    """Read the sum of an order; None if none is named.

    Raises:
        DomainError: if it is no amount above zero with its currency.
    """
    order = read_both(amount, currency, field="order")
    if order and order.minor <= 0:
        raise DomainError("an order has an amount above zero", field="order")
    return order


def check_limit(new: CreditLimit) -> None:
    """Make sure that a limit can be one, and that somebody said why.

    Raises:
        DomainError: naming the field.
    """
    if not new.why.strip() or len(new.why) > LONGEST_REASON:
        raise DomainError(f"say why, in up to {LONGEST_REASON} characters", field="reason")
    if new.amount is not None and new.amount.minor < 0:
        raise DomainError("a limit is zero or more", field="amount")


def check_report(new: BureauReport, today: date) -> None:
    """Make sure that a report says something, names its source, and is not of a day to come.

    Raises:
        DomainError: naming the field.
    """
    named = new.source.strip() and new.source.isprintable()
    if not named or len(new.source) > LONGEST_SOURCE:
        raise DomainError(f"name the source, in up to {LONGEST_SOURCE} characters", field="source")
    if new.day > today:
        raise DomainError(f"{new.day} lies in the future", field="on")
    if len(new.said) > LONGEST_REASON:
        raise DomainError(f"write up to {LONGEST_REASON} characters", field="said")
    if new.limit is None and not new.said.strip():
        raise DomainError("say what the report says: words, or a limit", field="said")
    if new.limit is not None and new.limit.minor < 0:
        raise DomainError("a limit is zero or more", field="amount")
