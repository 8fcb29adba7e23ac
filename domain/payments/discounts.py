"""Early-payment discounts: honoured when the money is in time, refused with a reason if late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from domain.calendar import Calendar
from domain.case.invoice import Discount, Invoice
from domain.case.model import Case
from domain.changed import changed
from domain.errors import DomainError
from domain.money import Money, round_minor
from domain.policy.due_dates import day_money_moves
from domain.policy.model import Policy

HUNDRED = 100
LONGEST_DAYS = 366


def discount_of(
    percent: str, days: str, until: date | None, issued: date, amount: Money
) -> Discount | None:
    """Compute terms such as 2 % within 10 days as an amount and a last day (P07).

    All empty means no discount; the last day is told by its days or by its date.

    Raises:
        DomainError: naming what is missing or makes no sense.
    """
    if not (percent or days or until):
        return None
    minor = round_minor(amount.minor * _share(percent), amount.currency).minor
    if not 0 < minor < amount.minor:
        raise DomainError(f"{percent} % of {amount} is no discount", field="discount_percent")
    if until and days:
        raise DomainError("name the days or the last day, not both", field="discount_days")
    last = until or issued + timedelta(days=_days(days))
    if last < issued:
        raise DomainError(f"{last} lies before the invoice date {issued}", field="discount_until")
    return Discount(minor=minor, until=last)


def _share(percent: str) -> Fraction:
    try:
        return Fraction(Decimal(percent.strip().removesuffix("%").strip())) / HUNDRED
    except (ArithmeticError, ValueError):
        message = f"{percent!r} is no percentage; write it like 2 or 2.5"
        raise DomainError(message, field="discount_percent") from None


def _days(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > LONGEST_DAYS:
        message = f"{text!r} is no number of days; write it like 10, or name the last day"
        raise DomainError(message, field="discount_days")
    return int(text)


def last_discount_day(invoice: Invoice, policy: Policy, calendar: Calendar) -> date | None:
    """Find the last day on which money earns an invoice's discount; None if it has none.

    What is sent on a weekend or a holiday moves on the next banking day, and is in time.
    """
    offer = invoice.discount
    return day_money_moves(policy, calendar, offer.until) if offer else None


def discounted(case: Case, calendar: Calendar) -> Case:
    """Give a case the discount that its money has earned, or take away one it has lost.

    Earned is what is missing to the invoice, up to the discount, once the money that came by the
    end of its last day (debtor time) and all credit notes leave no more than that open.
    """
    offer, last_day = case.invoice.discount, case.discount_until
    if offer is None or last_day is None:
        return case
    notes, end = case.credited - case.discount, calendar.end_of(last_day)
    in_time = [(minor, at) for _, minor, at in case.payments if at < end]
    came, earned, whole = sum(minor for minor, _ in in_time), 0, case.invoice.amount.minor
    if came and came + notes >= whole - offer.minor:
        last = max(at for _, at in in_time)
        before = sum(minor for _, minor, at in case.credits if at <= last)
        earned = max(0, min(offer.minor, whole - before - came, whole - notes))
    return changed(case, discount=earned, credited=notes + earned)


def can_be_earned(case: Case, today: date) -> Discount | None:
    """Find the discount that may still be earned on a day of the debtor's calendar.

    It stands until the last day on which money earns it, which is what the customer reads.
    """
    offer, last_day = case.invoice.discount, case.discount_until
    if offer is None or last_day is None or today > last_day or case.open <= offer.minor:
        return None
    return replace(offer, until=last_day)


def is_discount_moved(case: Case, calendar: Calendar) -> bool:
    """Tell whether a dispute moved the last day of a discount on: it was over when that ended."""
    offer, last_day = case.invoice.discount, case.discount_until
    if offer is None or last_day is None:
        return False
    ends = (one.settled_at for one in case.settled_disputes)
    return any(offer.until < calendar.local_date(at) <= last_day for at in ends if at)


def why_refused(case: Case, calendar: Calendar) -> str:
    """Describe why a discount that was kept back was not earned; empty if none was."""
    offer, last_day = case.invoice.discount, case.discount_until
    if offer is None or last_day is None or not 0 < case.open <= offer.minor or not case.payments:
        return ""
    currency = case.invoice.amount.currency
    came = calendar.local_date(max(at for _, _, at in case.payments))
    if came <= last_day:
        return ""
    return (
        f"the discount of {Money(offer.minor, currency)} could be earned until {last_day}, "
        f"the money came on {came}: {case.open_money} stay open"
    )
