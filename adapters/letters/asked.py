"""Decides the sum that a letter asks for, and by when: the one place for every way to say it.

The words, the bold line, the code to scan, the link, the calendar entry, the text message and the
page on paper take it from here, so none of them can ask for another sum than the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from activities.ports.letter_data import LetterData
from adapters.letters.agreed import AgreementText, agreement_for
from adapters.letters.stated import alone, lines_of, statement_in, totals_of
from adapters.letters.text.template_choice import SEVERAL_AGREEMENTS, occasion_of
from domain.case.invoice import Discount
from domain.money import Money, sums_together
from domain.payments.discounts import can_be_earned

ABOUT_AN_AGREEMENT = ("agreement", "agreement_reminder", "instalment_missed")
"""Letters that ask for what was agreed, never for all that is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSum:
    """The sum that a letter asks for.

    Attributes:
        sums: one per currency.
        until: the agreed day, the last day of a discount, or the letter's own deadline; None if
            it names no day.
        agreed: the agreement that it is about; None if it asks for what is owed.
        discount: the early payment that the sum counts on; None if it counts on none.
        is_one_of_several: whether the letter names another sum that would settle it, too.
        together: what was agreed on for each of several invoices; empty if it is about no such.
    """

    sums: tuple[Money, ...]
    until: date | None = None
    agreed: AgreementText | None = None
    discount: Discount | None = None
    is_one_of_several: bool = False
    together: tuple[AskedSum, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether another sum than all that is owed is asked for."""
        return self.agreed is not None or self.discount is not None

    @property
    def alone(self) -> Money | None:
        """What a code or a link may ask for: one sum in one currency, or nothing."""
        if self.is_one_of_several or len(self.sums) != 1 or self.sums[0].minor <= 0:
            return None
        return self.sums[0]


def asked_sum(data: LetterData) -> AskedSum:
    """Decide what a letter asks for: what was agreed, what a discount leaves, or what is owed.

    A discount counts where nothing else is owed than its invoice, none of it contested (P07).
    """
    deadline = date.fromisoformat(data.deadline) if data.deadline else None
    if data.lines and occasion_of(data) == SEVERAL_AGREEMENTS:
        return _of_agreements(data)
    if data.lines:
        return AskedSum(sums=totals_of(data.lines), until=deadline, is_one_of_several=_varies(data))
    agreed = _agreed(data)
    if agreed:
        return AskedSum(sums=(agreed.to_pay,), until=agreed.by, agreed=agreed)
    discount = can_be_earned(data.case, date.fromisoformat(data.today))
    total = statement_in(data).total
    if discount and total == data.case.open_money:
        sums = (Money(total.minor - discount.minor, total.currency),)
        return AskedSum(sums=sums, until=discount.until, discount=discount)
    return AskedSum(sums=totals_of(lines_of(data)), until=deadline)


def _of_agreements(data: LetterData) -> AskedSum:
    """What was agreed on for several invoices: one sum to pay if all of it has one day."""
    together = tuple(asked_sum(alone(data, line)) for line in data.lines)
    first, *later = {one.until for one in together}
    return AskedSum(
        sums=sums_together(money for one in together for money in one.sums),
        until=None if later else first,
        is_one_of_several=bool(later),
        together=together,
    )


def _agreed(data: LetterData) -> AgreementText | None:
    """The agreement that a letter is about; none if its money has come meanwhile."""
    if occasion_of(data) not in ABOUT_AN_AGREEMENT:
        return None
    agreed = agreement_for(data)
    return agreed if agreed.kind else None


def _varies(data: LetterData) -> bool:
    """Whether a discount of one of several invoices leaves the choice between two sums."""
    today = date.fromisoformat(data.today)
    return any(can_be_earned(line.case, today) for line in data.lines)
