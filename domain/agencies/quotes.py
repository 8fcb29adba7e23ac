"""Quotes of agencies: what collecting a claim would cost, and what of it would come in (P70)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.money import Money, round_half_up


class NotTaken(StrEnum):
    """Why an agency does not take a claim."""

    CREDITOR = "creditor"
    CURRENCY = "currency"
    COUNTRY = "country"
    AMOUNT = "amount"
    AGE = "age"
    CONSUMER = "consumer"
    CONTESTED = "contested"
    NOTHING_OPEN = "nothing_open"
    UNANSWERED = "unanswered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteClaim:
    """What an agency is told of a claim to name its price; nobody's name is in it.

    Attributes:
        amount: what is to be paid now, costs included, nothing contested.
        days_overdue: calendar days since the last day on which it was paid in time.
        country: of the debtor, ISO 3166 alpha-2; empty if unknown.
        consumer: whether the debtor is a consumer.
        contested: whether all of it is contested.
    """

    creditor: str
    amount: Money
    days_overdue: int
    country: str = ""
    consumer: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFee:
    """What an agency takes.

    Attributes:
        success_percent: of what it collects.
        surcharge_percent: more of it, for old claims.
        fixed: payable whatever comes in.
        minimum: the success fee is at least this, once anything comes in.
    """

    success_percent: Decimal
    surcharge_percent: Decimal
    fixed: Money
    minimum: Money

    def of(self, collected: Money) -> Money:
        """Compute the fee on what was collected; half a minor unit counts as a whole one."""
        if collected.minor <= 0:
            return self.fixed
        share = (self.success_percent + self.surcharge_percent) / 100
        success = round_half_up(collected.decimal * share, collected.currency)
        return max(success, self.minimum, key=lambda money: money.minor) + self.fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyQuote:
    """An agency's answer to a claim.

    Attributes:
        agency: its short name.
        reason: why it does not take the claim; None if it does.
        detail: the same in words, where the agency gave any.
        fee: what it takes; None where it takes no claim, or named no price.
        needs: what it wants before it begins, such as contract, kyc, document.
        valid_until: the last day on which the quote holds; None if it names none.
        source: where the price was read.
        as_of: the day on which the price was read there.
        live: whether the agency itself was asked just now.
    """

    agency: str
    claim: QuoteClaim
    reason: NotTaken | None = None
    detail: str = ""
    fee: AgencyFee | None = None
    needs: tuple[str, ...] = ()
    valid_until: date | None = None
    source: str = ""
    as_of: date | None = None
    live: bool = False

    @property
    def eligible(self) -> bool:
        """Whether the agency takes the claim."""
        return self.reason is None

    @property
    def cost(self) -> Money | None:
        """What it costs if all of the claim comes in; None without a price."""
        return self.fee.of(self.claim.amount) if self.eligible and self.fee else None

    @property
    def net(self) -> Money | None:
        """What would come in after the fee, if all of the claim does; None without a price."""
        return None if self.cost is None else self.claim.amount - self.cost


def ranked(quotes: Iterable[AgencyQuote]) -> tuple[AgencyQuote, ...]:
    """Put the quotes in order: what brings in most first, who does not take the claim last."""

    def place(quote: AgencyQuote) -> tuple[int, int, str]:
        net = quote.net
        rank = 0 if net is not None else 1 if quote.eligible else 2
        return rank, -(net.minor if net else 0), quote.agency

    return tuple(sorted(quotes, key=place))
