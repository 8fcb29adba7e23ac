"""What is given up of an invoice: by a person, or by itself where the policy says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.case import Case, Message
from domain.errors import RefusedError
from domain.kinds import Kind
from domain.moves import ALL, Ground, stated_sum
from domain.policy_terms import of_currency


def _write_off(case: Case, message: Message, ground: Ground) -> Case:
    if case.open <= 0:
        # Else money that later goes back would be given up in silence.
        raise RefusedError("nothing is open on this invoice, so nothing can be written off")
    if message.amount is None or case.write_off == ALL:
        return replace(case, write_off=ALL)
    return replace(case, write_off=(case.write_off or 0) + stated_sum(case, message))


def _write_off_undone(case: Case, message: Message, ground: Ground) -> Case:
    if not case.write_off and not _would_be_rounded(case, ground):
        raise RefusedError("nothing was written off that could be undone")
    left = 0  # said by a person: nor is it written off by itself again
    if message.amount and case.write_off and case.write_off != ALL:
        left = max(0, case.write_off - stated_sum(case, message))
    return replace(case, write_off=left, released_at=message.at)


def rounded(case: Case, ground: Ground) -> Case:
    """The case without a rest that the policy thinks too small to keep, once something came."""
    if not _would_be_rounded(case, ground):
        return case
    return replace(case, write_off=case.open, rounded=True)


def _would_be_rounded(case: Case, ground: Ground) -> bool:
    limits = ground.policy.money.write_off_below
    if not limits or case.write_off is not None or not (case.received or case.credited):
        return False
    return 0 < case.open <= of_currency(limits, case.invoice.amount.currency)


GIVING_UP: Mapping[Kind, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {Kind.WRITE_OFF: _write_off, Kind.WRITE_OFF_UNDONE: _write_off_undone}
)
"""How each message about a write-off changes a case."""
