"""What spoke for a customer and does no more: the marks by which cases hear of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from domain.case.model import Case, Message
from domain.case.money import Ground
from domain.changed import changed
from domain.message_types import MessageType
from domain.policy.model import HOLD

_IN_FAVOUR = "in-favour"


def in_favour_ref(currency: str, before: int, after: int) -> str:
    """Make what a nudge refers to: how much spoke for the customer in a currency, and does now.

    Money on the account, credit notes and surpluses that settle no invoice, in minor units.
    """
    return f"{_IN_FAVOUR} {currency} {before} {after}"


def read_in_favour(ref: str, currency: str) -> tuple[int, int] | None:
    """Read what spoke for the customer before and after; None if a nudge is about other things."""
    named, _, sums = ref.partition(f" {currency} ")
    before, _, after = sums.partition(" ")
    if named != _IN_FAVOUR or not (before.isdecimal() and after.isdecimal()):
        return None
    return int(before), int(after)


def _nudged(case: Case, message: Message, ground: Ground) -> Case:
    """Apply a mark of our own: one sort says that money on the account holds the case no more."""
    currency = case.invoice.amount.currency
    moved = read_in_favour(message.ref, currency)
    if moved is None or ground.policy.money.unallocated != HOLD:
        return case
    before, after = moved
    if not after < ground.policy.smallest_chased(currency) <= before:
        return case
    return changed(case, freed_at=message.at, released_at=message.at)


NUDGING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.NUDGE: _nudged}
)
"""How a mark of our own changes a case."""
