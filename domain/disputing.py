"""Disputes as they are heard: what the customer contests, and how it was settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.agreed import Dispute
from domain.case import Case, Message
from domain.errors import RefusedError
from domain.kinds import Kind
from domain.moves import Ground, stated_sum


def _dispute_opened(case: Case, message: Message, ground: Ground) -> Case:
    if case.outcome:
        raise RefusedError("nothing is open on this invoice, so nothing can be disputed")
    amount = stated_sum(case, message) if message.amount else None
    dispute = Dispute(key=message.key, opened_at=message.at, amount=amount, reason=message.reason)
    return replace(case, disputes=(*case.disputes, dispute))


def _dispute_settled(case: Case, message: Message, ground: Ground) -> Case:
    left = tuple(d for d in case.disputes if message.ref and d.key != message.ref)
    if len(left) == len(case.disputes):
        raise RefusedError("there is no open dispute that this could settle", field="ref")
    return replace(case, disputes=left, released_at=message.at)


DISPUTING: Mapping[Kind, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {
        Kind.DISPUTE_OPENED: _dispute_opened,
        Kind.DISPUTE_SETTLED: _dispute_settled,
    }
)
"""How each message about a dispute changes a case."""
