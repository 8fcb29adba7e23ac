"""Payments, and how they are allocated over the invoices that they may be meant for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.card_numbers import without_card_numbers
from domain.ids import PaymentKey
from domain.money import Money


class PaymentKind(StrEnum):
    """What came: money, or a stand-alone credit note, which settles nothing by itself."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentIn:
    """Money that came from a customer.

    Attributes:
        source: who reports it, such as a bank account or the billing system.
        id: the payment's id in its source; unique per creditor and source.
        at: value date as an instant (UTC).
        day: value date as a bare date, where no instant was given: 00:00 of each debtor's own day.
        invoices: numbers it is meant for; empty means as the policy orders them.
        kind: money, or a stand-alone credit note.
        note: what somebody wrote to it; a card number in it is masked.
    """

    creditor: str
    source: str
    id: str
    customer: str
    amount: Money
    at: datetime
    invoices: tuple[str, ...] = ()
    note: str = ""
    day: date | None = None
    kind: PaymentKind = PaymentKind.PAYMENT

    def __post_init__(self) -> None:
        object.__setattr__(self, "note", without_card_numbers(self.note))

    @property
    def key(self) -> str:
        """The key under which each case records it, once."""
        return str(PaymentKey(self.kind, self.source, self.id))

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two payments of one id the same; when it was reported does not."""
        told = (self.customer, self.amount.minor, self.amount.currency, self.invoices)
        return (*told, self.kind) if self.is_credit_note else told

    @property
    def is_credit_note(self) -> bool:
        """Whether it is a stand-alone credit note, which lowers what is owed but is no money."""
        return self.kind == PaymentKind.CREDIT_NOTE


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a payment that settles one case."""

    case: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A case that a payment may be meant for, with what it still owes; sums in minor units.

    Attributes:
        due: due date as it holds now.
        amount: the whole invoice as it holds now.
        disputed: the contested part of what is open.
        keeps_back: the early-payment discount that this payment can still earn.
    """

    case: str
    open: Money
    due: date = date.min
    amount: int = 0
    disputed: int = 0
    keeps_back: int = 0


Rank = Callable[[OpenClaim], tuple[int, int, str]]

_RANKS: Mapping[str, Rank] = {
    "oldest_due": lambda c: (c.due.toordinal(), 0, c.case),
    "newest_due": lambda c: (-c.due.toordinal(), 0, c.case),
    "largest": lambda c: (-c.amount, c.due.toordinal(), c.case),
    "smallest": lambda c: (c.amount, c.due.toordinal(), c.case),
}


def allocation_order(claims: Iterable[OpenClaim], how: str) -> list[OpenClaim]:
    """Order claims as a policy lets money pay them.

    The largest and the smallest are so by their whole invoice, not by what is open: so the order
    in which payments are posted changes nothing.
    """
    return sorted(claims, key=_RANKS[how])


def allocate_payment(
    amount: Money, claims: Iterable[OpenClaim], *, stated: bool
) -> tuple[tuple[Allocation, ...], Money]:
    """Allocate a payment to claims in their order; answers the parts and what is left over.

    A payment that states exactly one invoice goes there whole: what is too much becomes that
    invoice's surplus, where a person sees it. Other surplus stays on the account.
    """
    able = [claim for claim in claims if claim.open.currency == amount.currency]
    if stated and len(able) == 1:
        return (Allocation(case=able[0].case, amount=amount),), Money(0, amount.currency)
    return share_out(amount, able, stated=stated)


def share_out(
    amount: Money, claims: Iterable[OpenClaim], *, stated: bool
) -> tuple[tuple[Allocation, ...], Money]:
    """Allocate an amount likewise, with never more for a claim than it has open.

    First each claim gets what settles it (less a discount that the money earns), then the
    discounts are filled up, and last, unless it was stated, what is contested. Claims in another
    currency take nothing: currencies never add up.
    """
    able = [claim for claim in claims if claim.open.currency == amount.currency]
    left, taken = amount.minor, dict.fromkeys((claim.case for claim in able), 0)
    for case, room in _rooms(able, stated=stated):
        part = min(left, room)
        taken[case] += part
        left -= part
    parts = (
        Allocation(case=case, amount=Money(minor, amount.currency))
        for case, minor in taken.items()
        if minor > 0
    )
    return tuple(parts), Money(left, amount.currency)


def _rooms(claims: list[OpenClaim], *, stated: bool) -> Iterator[tuple[str, int]]:
    """How much goes where, in this order."""
    clear = {c.case: c.open.minor - (0 if stated else c.disputed) for c in claims}
    kept = {c.case: min(c.keeps_back, clear[c.case]) for c in claims}
    for claim in claims:
        yield claim.case, clear[claim.case] - kept[claim.case]
    yield from kept.items()
    if not stated:
        yield from ((claim.case, claim.disputed) for claim in claims)
