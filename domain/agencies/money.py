"""What agencies collect, keep and pay out, beside the payments that it is to the customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidError
from domain.ids import AgencyReportId
from domain.money import Money, zero

AGENCY_SOURCE = "agency"
"""The source of payments that an agency collected."""


class AgencyBalance(StrEnum):
    """How an agency's money stands against the ledger."""

    BALANCED = "balanced"
    OWED_TO_US = "owed_to_us"
    OWED_BY_US = "owed_by_us"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMoney:
    """One report of an agency about money of a case.

    Attributes:
        id: the agency's own; said twice, it counts once.
        at: when it was collected or paid out (UTC).
        collected: what the customer paid to the agency, whole.
        fee: what the agency keeps of it, or charges.
        paid_out: what it paid to the creditor.
        reverses: the id of a report that this one takes back; its sums are that one's, negative.
    """

    id: str
    case: str
    agency: str
    at: datetime
    collected: Money
    fee: Money
    paid_out: Money
    reverses: str = ""
    by: str = ""

    @property
    def payment_id(self) -> AgencyReportId:
        """The id of the payment that it is to the customer, in the source of agencies."""
        return AgencyReportId(self.agency, self.reverses or self.id)

    @property
    def owed(self) -> Money:
        """What the agency owes the creditor by it; negative where it paid more than that."""
        return self.collected - self.fee - self.paid_out


def checked_report(report: AgencyMoney) -> AgencyMoney:
    """Check a report that takes nothing back.

    Raises:
        InvalidError: if a sum is negative, or all are zero.
    """
    sums = (("collected", report.collected), ("fee", report.fee), ("paid_out", report.paid_out))
    for name, money in sums:
        if money.minor < 0:
            raise InvalidError(f"{name}: {money} is negative; name what it reverses", field=name)
    if not any(money.minor for _, money in sums):
        raise InvalidError(
            "name what was collected, the fee or what was paid out", field="collected"
        )
    return report


def taken_back(report: AgencyMoney, *, new_id: str, at: datetime, by: str) -> AgencyMoney:
    """Make the report that takes another one back."""
    currency = report.collected.currency

    def less(money: Money) -> Money:
        return Money(-money.minor, currency)

    return AgencyMoney(
        id=new_id,
        case=report.case,
        agency=report.agency,
        at=at,
        collected=less(report.collected),
        fee=less(report.fee),
        paid_out=less(report.paid_out),
        reverses=report.id,
        by=by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAccount:
    """An agency's money of a case, in all, beside what the ledger has of it.

    Attributes:
        in_ledger: payments of the customer that it collected, less those taken back.
    """

    collected: Money
    fee: Money
    paid_out: Money
    in_ledger: Money

    @property
    def owed(self) -> Money:
        """What the agency still owes the creditor; negative where the creditor owes it."""
        return self.collected - self.fee - self.paid_out

    @property
    def balance(self) -> AgencyBalance:
        """Whether it adds up, and who owes whom."""
        if self.collected != self.in_ledger:
            return AgencyBalance.DIFFERS
        if not self.owed.minor:
            return AgencyBalance.BALANCED
        return AgencyBalance.OWED_TO_US if self.owed.minor > 0 else AgencyBalance.OWED_BY_US


def agency_account(reports: Iterable[AgencyMoney], in_ledger: int, currency: str) -> AgencyAccount:
    """Add up an agency's reports of a case; ``in_ledger`` is in minor units."""
    collected = fee = paid_out = zero(currency)
    for one in reports:
        collected, fee = collected + one.collected, fee + one.fee
        paid_out = paid_out + one.paid_out
    return AgencyAccount(
        collected=collected, fee=fee, paid_out=paid_out, in_ledger=Money(in_ledger, currency)
    )
