"""How much of a late fee a country's law leaves, where the debtor is a consumer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.case.model import Case
from domain.case.money import Ground
from domain.charges.consumers.free_reminder import NO_WAITING, NOT_SAID_YET, free_until
from domain.charges.consumers.laws import ConsumerLaw, consumer_law, most_in_all
from domain.charges.late_parts import first_last_day
from domain.interest.model import Cost
from domain.money import Money

Fee = tuple[date, int]
"""A late fee that was charged: its day in the debtor's calendar, and its minor units."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LawfulFees:
    """What a law leaves of the late fees of one invoice, from a day on (debtor's calendar)."""

    law: ConsumerLaw
    first_day: date

    def of(self, wanted: Cost, principal: int, day: date, before: Sequence[Fee]) -> Cost:
        """Bring a late fee down to what the law leaves of it: all, a part, or nothing.

        ``principal`` is what is open of the invoice, minor units; ``before`` are the fees so far.
        """
        amount = wanted.amount
        if not amount.minor:
            return wanted
        left = self._left(amount, day, [fee for fee in before if fee[1] > 0])
        in_all = most_in_all(self.law, Money(principal, amount.currency))
        if in_all is not None:
            left = min(left, max(0, in_all.minor - sum(minor for _, minor in before)))
        return _brought_down(wanted, left, self.law)

    def _left(self, amount: Money, day: date, charged: Sequence[Fee]) -> int:
        law = self.law
        if law.no_fees or amount.currency != law.currency or day < self.first_day:
            return 0
        if law.times and len(charged) >= law.times:
            return 0
        if charged and (day - charged[-1][0]).days < law.apart_days:
            return 0
        return amount.minor if law.each is None else min(amount.minor, law.each)


def lawful_fees(case: Case, ground: Ground) -> LawfulFees | None:
    """Find what a law leaves of late fees; None where the debtor's law limits none."""
    law = consumer_law(ground)
    if law is None:
        return None
    first = first_last_day(case) + law.after_days * _A_DAY
    free = free_until(case, ground)
    if free not in (NO_WAITING, NOT_SAID_YET):
        free += _A_DAY
    return LawfulFees(law, max(first, free))


def _brought_down(wanted: Cost, left: int, law: ConsumerLaw) -> Cost:
    if left == wanted.amount.minor:
        return wanted
    money = Money(left, wanted.amount.currency)
    what = f"{money} of it" if left else "nothing of it"
    return Cost(money, f"{wanted.ground}; {what} is owed by a consumer under {law.law}")
