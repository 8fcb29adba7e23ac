"""Applies messages about money to a case: payments, reversals, credit notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from domain.calendar import Calendar
from domain.case.model import Case, Message
from domain.changed import changed
from domain.errors import InvalidError, RefusedError
from domain.ids import is_meant_by
from domain.interest.added_rates import AddedRate
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import Policy

_Entry = tuple[str, int, datetime]
Entries = tuple[_Entry, ...]
"""Money that is still there: its key, minor units, and the instant at which it came."""

ALL_COSTS = -1
"""Written off is whatever is open."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a fold needs besides the facts: the policy, the debtor's calendar and kind.

    Attributes:
        consumer: whether the debtor is a consumer; None leaves it to the policy.
        rates: rates of interest that people added to the shipped tables.
    """

    policy: Policy
    calendar: Calendar
    consumer: bool | None = None
    rates: tuple[AddedRate, ...] = ()


def stated_sum(case: Case, message: Message) -> int:
    """Read the amount of a message in minor units; refuse one that does not fit the invoice."""
    money = message.amount
    if money is None:
        raise InvalidError(f"a {message.kind} needs an amount", field="amount")
    check_currency(case, money)
    if money.minor <= 0:
        raise InvalidError(f"the amount {money} must be more than zero", field="amount")
    return money.minor


def check_currency(case: Case, money: Money) -> None:
    """Refuse money in another currency than the invoice's: currencies never add up."""
    currency = case.invoice.amount.currency
    if money.currency != currency:
        raise InvalidError(f"{money} does not fit an invoice in {currency}", field="currency")


def _moved(case: Case, message: Message, minor: int) -> Case:
    return changed(case, moves=(*case.moves, (message.at, minor)))


def _payment(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message)
    payments = (*case.payments, (message.key, minor, message.at))
    moved = _moved(case, message, minor)
    return changed(moved, received=case.received + minor, payments=payments)


def _payment_reversed(case: Case, message: Message, ground: Ground) -> Case:
    meant, minor = _taken_back(case, message, case.payments, "payment")
    if minor > case.received:
        have = Money(case.received, case.invoice.amount.currency)
        raise RefusedError(f"more would be reversed than the {have} received", field="amount")
    return _gone_back(case, message, ground, _without(case.payments, meant, minor), minor)


def _refund(case: Case, message: Message, ground: Ground) -> Case:
    """Money given back: out of the surplus first; what goes beyond it is owed again."""
    minor = stated_sum(case, message)
    have = Money(case.received, case.invoice.amount.currency)
    if minor > have.minor:
        raise RefusedError(f"no more than the {have} received can be given back", field="amount")
    meant = _meant(message, case.payments) if message.ref else None
    if message.ref and meant is None:
        raise RefusedError(f"there is no payment {message.ref} to give back", field="ref")
    left = _without(case.payments, meant, minor)
    if minor > case.surplus and not case.withdrawn_at:
        return _gone_back(case, message, ground, left, minor)
    return changed(_moved(case, message, -minor), received=case.received - minor, payments=left)


def _gone_back(case: Case, message: Message, ground: Ground, left: Entries, minor: int) -> Case:
    """Money went back and is owed again: nobody is chased for it before the grace is over."""
    grace, quiet = ground.policy.money.reversal_grace_days, case.quiet_until
    if grace:
        back = ground.calendar.local_date(message.at)
        over = ground.calendar.start_of(back + timedelta(days=grace))
        quiet = max(quiet or over, over)
    return changed(
        _moved(case, message, -minor),
        received=case.received - minor,
        payments=left,
        released_at=message.at,
        quiet_until=quiet,
    )


def _taken_back(
    case: Case, message: Message, entries: Entries, what: str
) -> tuple[_Entry | None, int]:
    """Which payment or credit note goes back, and how much of it: a named one never more."""
    meant = _meant(message, entries)
    if meant is None and (message.ref or message.amount is None):
        raise RefusedError(
            f"there is no {what} {message.ref or 'left'} that could be taken back", field="ref"
        )
    minor = stated_sum(case, message) if meant is None or message.amount else meant[1]
    if message.ref and meant and minor > meant[1]:
        have = Money(meant[1], case.invoice.amount.currency)
        raise RefusedError(f"{what} {message.ref} is {have}, and no more", field="amount")
    return meant, minor


def _meant(message: Message, entries: Entries) -> _Entry | None:
    """What a message speaks of: by its key or its source's id, else the last of that amount."""
    ref, wanted = message.ref, message.amount.minor if message.amount else None
    for entry in reversed(entries):
        key, minor, _ = entry
        named = not ref or is_meant_by(key, ref)
        if named and (ref or wanted in (None, minor)):
            return entry
    return None


def _without(entries: Entries, meant: _Entry | None, minor: int) -> Entries:
    """The entries that are left: less of the one that was meant, then of the newest before it."""
    left, gone = [], minor
    order = [meant] if meant else []
    order += [entry for entry in reversed(entries) if entry != meant]
    for key, had, at in order:
        taken = min(had, gone)
        gone -= taken
        left.append((key, had - taken, at))
    kept = {entry[0]: entry for entry in left if entry[1] > 0}
    return tuple(kept[key] for key, _, _ in entries if key in kept)


def _credit_note(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message)
    if case.credited - case.discount + minor > case.invoice.amount.minor:
        raise RefusedError(
            f"credit notes would exceed the invoice of {case.invoice.amount}", field="amount"
        )
    notes = (*case.credits, (message.key, minor, message.at))
    moved = _moved(case, message, minor)
    return changed(moved, credited=case.credited + minor, credits=notes)


def _credit_note_cancelled(case: Case, message: Message, ground: Ground) -> Case:
    meant, minor = _taken_back(case, message, case.credits, "credit note")
    if minor > case.credited - case.discount:
        raise RefusedError("there is no credit note of that amount to cancel", field="amount")
    moved = _moved(case, message, -minor)
    left, credited = _without(case.credits, meant, minor), case.credited - minor
    return changed(moved, credited=credited, credits=left, released_at=message.at)


MONEY: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {
        MessageType.PAYMENT: _payment,
        MessageType.PAYMENT_REVERSED: _payment_reversed,
        MessageType.REFUND: _refund,
        MessageType.CREDIT_NOTE: _credit_note,
        MessageType.CREDIT_NOTE_CANCELLED: _credit_note_cancelled,
    }
)
"""How each message about money changes a case."""
