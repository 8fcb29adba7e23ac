"""Money on its way (a direct debit, a card payment): not chased until it should be here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from domain.calendar import refuse_far, refuse_past
from domain.case.agreement_types import PendingPayment
from domain.case.model import Case, Message
from domain.case.money import Ground, stated_sum
from domain.changed import changed
from domain.errors import RefusedError
from domain.ids import is_meant_by
from domain.message_types import MessageType
from domain.policy.due_dates import late_from

LONGEST_FLIGHT = timedelta(days=60)
"""Money that takes longer is a promise: its sender looks ahead, no bank has it."""


def _in_flight(case: Case, message: Message, ground: Ground) -> Case:
    """Money left the customer; where its payment was heard before it, there is nothing to add."""
    amount = stated_sum(case, message) if message.amount else None
    today = ground.calendar.local_date(message.at)
    day = _expected(message, today, ground)
    pending = PendingPayment(
        key=message.key,
        at=message.at,
        amount=amount,
        check_at=late_from(ground.policy, ground.calendar, day),
        ref=message.ref,
    )
    since = ground.calendar.start_of(today)
    here = any(
        at >= since and (_is_named(pending, key) or minor == amount)
        for key, minor, at in case.payments
    )
    return (
        case
        if here or case.to_chase <= 0
        else changed(case, pending_payments=(*case.pending_payments, pending))
    )


def _expected(message: Message, today: date, ground: Ground) -> date:
    day = message.day or today + timedelta(days=ground.policy.money.flight_days)
    refuse_past(day, today, "money on its way is to come")
    refuse_far(day, today, LONGEST_FLIGHT.days, "record a promise")
    return day


def _failed(case: Case, message: Message, ground: Ground) -> Case:
    """It will not come: the ladder goes on at once, where it stood."""
    left = tuple(
        f for f in case.pending_payments if message.ref and message.ref not in (f.key, f.ref)
    )
    if len(left) == len(case.pending_payments):
        named = f" named {message.ref}" if message.ref else ""
        raise RefusedError(
            f"no money{named} is on its way; if a payment was recorded, reverse it", field="ref"
        )
    return changed(case, pending_payments=left, released_at=message.at, flight_failed_at=message.at)


def landed(case: Case, message: Message) -> Case:
    """Apply a payment, which ends the pending payment that it must be."""
    if (
        message.kind is not MessageType.PAYMENT
        or not case.pending_payments
        or message.amount is None
    ):
        return case
    came = message.amount.minor
    pending = _flight_of(case, message, came)
    if pending is None:
        return case
    return changed(
        case,
        pending_payments=tuple(f for f in case.pending_payments if f is not pending),
        came_as_announced=(*case.came_as_announced, (pending, came, message.at)),
    )


def _flight_of(case: Case, message: Message, came: int) -> PendingPayment | None:
    """By name, else by amount, else any that it covers; the one that was awaited longest."""
    latest = sorted(case.pending_payments, key=lambda f: (f.check_at, f.key), reverse=True)
    fits: tuple[Callable[[PendingPayment], bool], ...] = (
        lambda f: _is_named(f, message.key) or message.ref in (f.key, f.ref or None),
        lambda f: f.amount == came,
        lambda f: f.amount is not None and f.amount <= came,
        lambda f: f.amount is None and case.open <= 0,
    )
    return next((f for fit in fits for f in latest if fit(f)), None)


def _is_named(pending: PendingPayment, key: str) -> bool:
    names = (pending.key, pending.ref) if pending.ref else (pending.key,)
    return any(is_meant_by(key, name) for name in names)


def quieted(case: Case, ground: Ground) -> Case:
    """Set up to which instant money on its way covers what may be chased."""
    until = _covered_until(case, ground)
    if until is None:
        return case
    return changed(case, quiet_until=max(until, case.quiet_until or until))


def _covered_until(case: Case, ground: Ground) -> datetime | None:
    """While no more than a rest too small to chase is left beside it; part of it covers nothing."""
    owed, coming = case.undisputed, 0
    smallest = ground.policy.smallest_chased(case.invoice.amount.currency)
    if owed <= 0:
        return None
    for pending in sorted(case.pending_payments, key=lambda f: f.check_at, reverse=True):
        coming += owed if pending.amount is None else pending.amount
        if owed - coming < smallest:
            return pending.check_at
    return None


def on_its_way(case: Case, now: datetime) -> int:
    """Add up what is open and should still come at an instant; minor units."""
    awaited = [pending.amount for pending in case.pending_payments if pending.check_at > now]
    if any(amount is None for amount in awaited):
        return case.open
    return min(case.open, sum(amount or 0 for amount in awaited))


FLYING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.IN_FLIGHT: _in_flight, MessageType.IN_FLIGHT_FAILED: _failed}
)
"""How each message about money on its way changes a case."""
