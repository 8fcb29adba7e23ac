"""Moves the days of what was agreed in time for whoever looks at them, and not at each message."""

from __future__ import annotations

from domain.agreements.awaited import ComingMoney
from domain.agreements.suspension import move_what_was_held
from domain.calls.meaning import is_promise_of_a_call
from domain.case.model import Case, Message
from domain.case.money import Ground
from domain.message_types import MessageType


class MovedInTime:
    """Moves what was agreed of one case, while its messages are folded in their order.

    Where nothing but promises was agreed, their days hang on what is known of the case then, and
    not on where they lay before: one move after many messages is as good as one after each. Each
    of 2,500 promises moved at each of 2,500 announcements took minutes.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._money = ComingMoney()
        self._waits = False

    def moved(self, case: Case) -> Case:
        """The case with what was agreed on its days; promises may wait for whoever looks."""
        self._waits = _may_wait(case)
        return case if self._waits else self._move(case)

    def as_seen_by(self, message: Message, case: Case) -> Case:
        """The case before a message: moved, unless that looks at no promise made before it."""
        return case if _looks_at_none(message, case) else self.at_last(case)

    def at_last(self, case: Case) -> Case:
        """The case with all days as they are."""
        if not self._waits:
            return case
        self._waits = False
        return self._move(case)

    def _move(self, case: Case) -> Case:
        return move_what_was_held(case, self._ground, self._money)


def _may_wait(case: Case) -> bool:
    """Whether money is on its way, so that each message moves all, to promises and nothing else."""
    disputed = case.disputes or case.settled_disputes
    if case.plans or case.settlements or disputed or case.invoice.terms:
        return False
    return bool(case.pending_payments or case.came_as_announced)


def _looks_at_none(message: Message, case: Case) -> bool:
    """Whether a message is judged without the promises before it."""
    if message.kind is MessageType.PROMISE:
        told = (message.key, *(promise.key for promise in case.promises[-1:]))
        return message.check_at is not None and not any(map(is_promise_of_a_call, told))
    return message.kind is MessageType.IN_FLIGHT
