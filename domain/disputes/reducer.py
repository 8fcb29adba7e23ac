"""Applies messages about disputes: what is contested, and how it was settled (P40, P41)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.calls.results import CallResult, code_of
from domain.case.agreement_types import HARDSHIP, Dispute
from domain.case.model import Case, Message
from domain.case.money import Ground, stated_sum
from domain.errors import InvalidError, RefusedError
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import DisputeRules


class DisputeEnd(StrEnum):
    """For whom a dispute was settled; an agreement settles hardship by itself."""

    FOR_US = "for_us"
    FOR_CUSTOMER = "for_customer"
    SPLIT = "split"
    AGREED = "agreed"


ENDS = (DisputeEnd.FOR_US, DisputeEnd.FOR_CUSTOMER, DisputeEnd.SPLIT)
"""How a person may settle a dispute."""

OFFERS_TAKEN = frozenset({MessageType.PROMISE, MessageType.PLAN_AGREED, MessageType.SETTLEMENT})
"""Agreements that are what hardship asks for (P42): with one of them it is settled."""

MAY_SETTLE = OFFERS_TAKEN | {MessageType.DISPUTE_SETTLED, MessageType.AGREEMENT_CONFIRMED}
"""After these a dispute may be over."""

_LONGEST = timedelta(days=366)
"""A day further away on which a dispute should be settled is not meant."""

_Handler = Callable[[Case, Message, Ground], Case]


def _dispute_opened(case: Case, message: Message, ground: Ground) -> Case:
    if case.outcome:
        raise RefusedError("nothing is open on this invoice, so nothing can be disputed")
    return replace(case, disputes=(*case.disputes, _dispute(case, message, ground)))


def _dispute(case: Case, message: Message, ground: Ground) -> Dispute:
    rules = ground.policy.disputes
    code = code_of(message.reason)
    hard = code == HARDSHIP
    minor = code in rules.minor and not hard
    amount = stated_sum(case, message) if message.amount else None
    today = ground.calendar.local_date(message.at)
    # A day that is past, or that nobody waits for, says nothing; the dispute is never lost for it.
    stated = message.day if message.day and today <= message.day <= today + _LONGEST else None
    return Dispute(
        key=message.key,
        opened_at=message.at,
        amount=None if hard else amount,  # who cannot pay is not chased for any of it
        reason=code if minor or hard else message.reason,
        owner=message.owner or rules.owner,
        deadline=stated or today + timedelta(days=days_for(rules, minor=minor)),
        is_minor=minor,
        number=len(case.disputes) + len(case.settled_disputes) + 1,
        watched=rules.watched or stated is not None,
        channel=message.channel,
    )


def days_for(rules: DisputeRules, *, minor: bool) -> int:
    """Find the calendar days in which a dispute should be settled."""
    return rules.quick_fix_days if minor else rules.deadline_days


def _dispute_settled(case: Case, message: Message, ground: Ground) -> Case:
    meant = tuple(d for d in case.disputes if not message.ref or d.key == message.ref)
    if not meant:
        raise RefusedError("there is no open dispute that this could settle", field="ref")
    end = code_of(message.reason)
    conceded = _conceded(case, message, meant, end) if end in ENDS else 0
    case = _settled(case, message, meant, end if end in ENDS else "", conceded)
    return _credited(case, message, conceded) if conceded else case


def _conceded(case: Case, message: Message, meant: tuple[Dispute, ...], end: str) -> int:
    """What is given up in minor units: never more than was contested and is still open."""
    currency, most = case.invoice.amount.currency, _contested(case, meant)
    if end == DisputeEnd.FOR_US:
        if message.amount:
            raise RefusedError("settled for us, nothing is conceded; say split", field="amount")
        return 0
    if message.amount is None and end == DisputeEnd.SPLIT:
        raise InvalidError(f"say how much of {Money(most, currency)} is conceded", field="amount")
    given = stated_sum(case, message) if message.amount else _given_up(case, meant)
    if given > most:
        raise RefusedError(f"no more than {Money(most, currency)} can be conceded", field="amount")
    return given


def _given_up(case: Case, meant: tuple[Dispute, ...]) -> int:
    """What is conceded where no amount is named: all that was contested in earnest.

    A missing invoice or a lack of money is no reason to give up the debt without a figure.
    """
    earnest = tuple(d for d in meant if not d.is_minor and not d.is_hardship)
    return _contested(case, earnest) if earnest else 0


def _contested(case: Case, meant: tuple[Dispute, ...]) -> int:
    sums = [dispute.amount for dispute in meant if dispute.amount is not None]
    return min(case.open, sum(sums)) if len(sums) == len(meant) else case.open


def _settled(
    case: Case, message: Message, meant: tuple[Dispute, ...], end: str, conceded: int
) -> Case:
    """Those disputes are over; the ladder goes on from here if it stood still for them."""
    over = [replace(dispute, settled_at=message.at, ended=end) for dispute in meant]
    over[0] = replace(over[0], conceded=conceded)
    left = tuple(dispute for dispute in case.disputes if dispute not in meant)
    stood_still = any(not dispute.is_minor for dispute in meant)
    return replace(
        case,
        disputes=left,
        settled_disputes=(*case.settled_disputes, *over),
        released_at=message.at if stood_still else case.released_at,
    )


def _credited(case: Case, message: Message, minor: int) -> Case:
    """What was conceded is a credit note of its own: it can be cancelled like one."""
    return replace(
        case,
        credited=case.credited + minor,
        moves=(*case.moves, (message.at, minor)),
        credits=(*case.credits, (message.key, minor, message.at)),
    )


def _call_result(case: Case, message: Message, ground: Ground) -> Case:
    """A call changes no money: hardship stops the pressure, a claim to have paid delays it once."""
    code = code_of(message.reason)
    if code == CallResult.PAID_CLAIM:
        return replace(case, claimed_at=case.claimed_at or message.at)
    if code == HARDSHIP and not case.outcome and not case.in_hardship:
        return replace(case, disputes=(*case.disputes, _dispute(case, message, ground)))
    return case


def relieving(handler: _Handler) -> _Handler:
    """Wrap a handler of an agreement, so that hardship which it meets is settled."""

    def relieved(case: Case, message: Message, ground: Ground) -> Case:
        after = handler(case, message, ground)
        met = tuple(dispute for dispute in after.disputes if dispute.is_hardship)
        agreed = message.kind in OFFERS_TAKEN or _accepted(after) > _accepted(case)
        if not met or not agreed:
            return after
        return _settled(after, message, met, DisputeEnd.AGREED.value, 0)

    return relieved


def _accepted(case: Case) -> int:
    """How many plans were accepted: a proposal may be, by a word in writing."""
    return sum(plan.accepted_at is not None for plan in case.plans)


DISPUTING: Mapping[MessageType, _Handler] = MappingProxyType(
    {
        MessageType.DISPUTE_OPENED: _dispute_opened,
        MessageType.DISPUTE_SETTLED: _dispute_settled,
        MessageType.CALL_RESULT: _call_result,
    }
)
"""How each message about a dispute, and each call, changes a case."""
