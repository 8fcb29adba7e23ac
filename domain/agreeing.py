"""Agreements as they are heard: what a promise, a plan or an offer changes in a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.agreements import promised
from domain.case import Case, Message
from domain.errors import RefusedError
from domain.kinds import Kind
from domain.moves import Ground


def _promise(case: Case, message: Message, ground: Ground) -> Case:
    if case.outcome:
        raise RefusedError("nothing is open on this invoice, so nothing is to be promised")
    promise = promised(case, message, ground.policy, ground.calendar)
    return replace(case, promises=(*case.promises, promise))


AGREEING: Mapping[Kind, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {
        Kind.PROMISE: _promise,
    }
)
"""How each message about an agreement changes a case."""
