"""Early-payment discounts: honoured when the money is in time, refused with a reason if late."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from domain.calendar import Calendar
from domain.case.invoice import Discount
from domain.case.model import Case
from domain.changed import changed
from domain.errors import DomainError
from domain.money import Money, round_minor

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


def discounted(case: Case, calendar: Calendar) -> Case:
    """Give a case the discount that its money has earned, or take away one it has lost.

    Earned is what is missing to the invoice, up to the discount, once the money that came by the
    end of its last day (debtor time) and all credit notes leave no more than that open.
    """
    offer = case.invoice.discount
    if offer is None:
        return case
    notes, end = case.credited - case.discount, calendar.end_of(offer.until)
    in_time = [(minor, at) for _, minor, at in case.payments if at < end]
    came, earned, whole = sum(minor for minor, _ in in_time), 0, case.invoice.amount.minor
    if came and came + notes >= whole - offer.minor:
        last = max(at for _, at in in_time)
        before = sum(minor for _, minor, at in case.credits if at <= last)
        earned = max(0, min(offer.minor, whole - before - came, whole - notes))
    return changed(case, discount=earned, credited=notes + earned)


def can_be_earned(case: Case, today: date) -> Discount | None:
    """Find the discount that may still be earned on a day of the debtor's calendar."""
    offer = case.invoice.discount
    if offer is None or today > offer.until or case.open <= offer.minor:
        return None
    return offer


def why_refused(case: Case, calendar: Calendar) -> str:
    """Describe why a discount that was kept back was not earned; empty if none was."""
    offer = case.invoice.discount
    if offer is None or not case.payments or not 0 < case.open <= offer.minor:
        return ""
    currency = case.invoice.amount.currency
    came = calendar.local_date(max(at for _, _, at in case.payments))
    if came <= offer.until:
        return ""
    return (
        f"the discount of {Money(offer.minor, currency)} could be earned until {offer.until}, "
        f"the money came on {came}: {case.open_money} stay open"
    )
