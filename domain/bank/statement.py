"""A bank statement as values: balances, entries, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.money import Money


class StatementKind(StrEnum):
    """What a bank's file reports; pinned, for ledgers hold these words."""

    STATEMENT = "statement"
    """All that was booked in a period, with both balances (camt.053, MT940, CODA, BAI2)."""
    REPORT = "report"
    """What was booked so far on a day (camt.052, MT942)."""
    ADVICE = "advice"
    """Single bookings, or what a collective one is made of (camt.054)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRef:
    """A reference by which the bank knows a booking again.

    Attributes:
        sort: who gave it: ``bank`` for one payment, ``entry`` for a booking that may be made of
            several, ``uetr`` and ``tx`` for the payment's own way through the banks, ``row`` for a
            line of the bank's table.
    """

    sort: str
    value: str

    def __str__(self) -> str:
        return f"{self.sort}:{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """One movement of money on an account of the creditor.

    Attributes:
        account: the creditor's account, as the bank names it (IBAN where there is one).
        amount: more than zero.
        is_credit: whether money came in.
        booked: the day of booking.
        valued: the value date.
        kind: what sort of message reported it first.
        is_final: whether it is booked; what is announced only may yet be changed.
        count: how many payments it is the sum of, where the bank told no more about them.
        refs: references by which the bank knows it again.
        end_to_end: the payer's own reference, if it gave one.
        references: structured references of the creditor (RF, QRR, KID and so on).
        lines: what the payer wrote, line by line as it was cut.
        payer_name: the other party.
        payer_account: the other party's account.
        is_return: whether it takes an earlier booking back, in part or in full.
        return_code: the bank's reason for that.
        returned: references of what is taken back.
        line: where it stands in its file.
    """

    account: str
    amount: Money
    is_credit: bool
    booked: date
    valued: date
    kind: StatementKind = StatementKind.STATEMENT
    is_final: bool = True
    count: int = 1
    refs: tuple[BankRef, ...] = ()
    end_to_end: str = ""
    references: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    payer_name: str = ""
    payer_account: str = ""
    is_return: bool = False
    return_code: str = ""
    returned: tuple[str, ...] = ()
    line: int = 0

    @property
    def text(self) -> str:
        """All that the payer wrote, its lines joined by spaces."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankBalance:
    """What stood on the account at the beginning or the end of a day; negative if overdrawn."""

    money: Money
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """What a bank reports about one account in one message.

    Attributes:
        account: as the bank names it.
        name: the bank's own id of this message; unique per account if at all.
        number: its number in the bank's sequence; empty if it has none.
        opening: what stood there before the entries; None if the bank does not say.
        closing: what stood there after them.
        moved: the sum of its entries as the bank booked them, charges included; minor units.
        first_day: the first day that it speaks of.
        last_day: the last day that it speaks of; up to this day the account is known.
        goes_on: whether it is a further page of the statement of that number.
        line: where it stands in its file.
    """

    kind: StatementKind
    account: str
    currency: str
    name: str = ""
    number: str = ""
    opening: BankBalance | None = None
    closing: BankBalance | None = None
    entries: tuple[BankEntry, ...] = ()
    moved: int = 0
    first_day: date
    last_day: date
    goes_on: bool = False
    line: int = 0

    @property
    def is_cut_off(self) -> bool:
        """Whether it begins with a balance and ends without one: the rest may be missing."""
        is_begun = self.kind is StatementKind.STATEMENT and self.opening is not None
        return is_begun and self.closing is None

    @property
    def missing(self) -> Money | None:
        """What the entries lack to lead from the opening to the closing balance; None if nothing.

        A message that does not tell both balances in one currency is not judged, nor is a report:
        it may tell only what came since the last one.
        """
        if self.kind is not StatementKind.STATEMENT:
            return None
        if self.opening is None or self.closing is None:
            return None
        ends = {self.opening.money.currency, self.closing.money.currency}
        if ends != {self.currency}:
            return None
        lacks = self.closing.money - self.opening.money - Money(self.moved, self.currency)
        return lacks if lacks.minor else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementGap:
    """Money that moved between two statements and stands in neither.

    Attributes:
        before: the closing balance of the earlier one.
        after: the opening balance of the later one.
    """

    account: str
    before: BankBalance
    after: BankBalance

    @property
    def money(self) -> Money:
        """How much the later one begins with more than the earlier one ended with."""
        return self.after.money - self.before.money


def gap_between(earlier: BankBalance | None, later: BankStatement) -> StatementGap | None:
    """Find the gap between the last known closing balance of an account and a later statement.

    None where one follows the other, where they overlap, or where the bank does not tell balances.
    """
    opening = later.opening
    if later.kind is not StatementKind.STATEMENT or opening is None or earlier is None:
        return None
    if later.closing is not None and later.closing.day <= earlier.day:
        return None
    if opening.money.currency != earlier.money.currency or opening.money == earlier.money:
        return None
    if later.first_day <= earlier.day:
        return None
    return StatementGap(account=later.account, before=earlier, after=opening)


def gap_of_pages(earlier: BankStatement | None, later: BankStatement) -> StatementGap | None:
    """Find the gap between two pages of one statement, which are of one day."""
    if earlier is None or not later.goes_on or earlier.number != later.number:
        return None
    if earlier.closing is None or later.opening is None:
        return None
    if earlier.closing.money == later.opening.money:
        return None
    return StatementGap(account=later.account, before=earlier.closing, after=later.opening)


def narrowed(gap: StatementGap, statements: Iterable[BankStatement]) -> StatementGap | None:
    """Find what is still missing of a gap once statements came in after all; None if nothing is."""
    whole = [one for one in statements if one.account == gap.account]
    before, after = gap.before, gap.after
    for one in sorted(whole, key=lambda one: one.first_day):
        if one.opening and one.closing and _is_inside(one, before, after):
            before = one.closing if one.opening.money == before.money else before
    for one in sorted(whole, key=lambda one: one.last_day, reverse=True):
        if one.opening and one.closing and _is_inside(one, before, after):
            after = one.opening if one.closing.money == after.money else after
    is_filled = before.money == after.money
    return None if is_filled else replace(gap, before=before, after=after)


def _is_inside(one: BankStatement, before: BankBalance, after: BankBalance) -> bool:
    """Whether a statement may be in what is still missing between two balances."""
    is_open = before.money != after.money
    return is_open and before.day <= one.first_day and one.last_day <= after.day
