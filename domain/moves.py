"""Money on a case: what comes in, what goes back, what is credited and what is given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from domain.calendar import Calendar
from domain.case import Case, Message
from domain.errors import RefusedError
from domain.kinds import Kind
from domain.money import Money
from domain.policy import Policy

Entry = tuple[str, int]
Entries = tuple[Entry, ...]

ALL = -1
"""Written off is whatever is open."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a fold stands on besides the facts: the policy, the debtor's calendar and kind.

    Attributes:
        consumer: whether the debtor is a consumer; None leaves it to the policy.
    """

    policy: Policy
    calendar: Calendar
    consumer: bool | None = None


def stated_sum(case: Case, message: Message) -> int:
    """The amount of a message in minor units; refused if it does not fit the invoice."""
    money = message.amount
    if money is None:
        raise RefusedError(f"a {message.kind} needs an amount", field="amount")
    if money.currency != case.invoice.amount.currency:
        raise RefusedError(
            f"{money} does not fit an invoice in {case.invoice.amount.currency}", field="currency"
        )
    if money.minor <= 0:
        raise RefusedError(f"the amount {money} must be more than zero", field="amount")
    return money.minor


def _moved(case: Case, message: Message, minor: int) -> Case:
    return replace(case, moves=(*case.moves, (message.at, minor)))


def _payment(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message)
    payments = (*case.payments, (message.key, minor))
    moved = _moved(case, message, minor)
    return replace(moved, received=case.received + minor, payments=payments)


def _payment_reversed(case: Case, message: Message, ground: Ground) -> Case:
    meant, minor = _taken_back(case, message, case.payments, "payment")
    if minor > case.received:
        have = Money(case.received, case.invoice.amount.currency)
        raise RefusedError(f"more would be reversed than the {have} received", field="amount")
    moved = _moved(case, message, -minor)
    left, received = _without(case.payments, meant, minor), case.received - minor
    return replace(moved, received=received, payments=left, released_at=message.at)


def _taken_back(
    case: Case, message: Message, entries: Entries, what: str
) -> tuple[Entry | None, int]:
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


def _meant(message: Message, entries: Entries) -> Entry | None:
    """What a message speaks of: by its key or its source's id, else the last of that amount."""
    ref, wanted = message.ref, message.amount.minor if message.amount else None
    for key, minor in reversed(entries):
        named = not ref or key == ref or key.endswith(f"/{ref}")
        if named and (ref or wanted in (None, minor)):
            return key, minor
    return None


def _without(entries: Entries, meant: Entry | None, minor: int) -> Entries:
    """The entries that are left, with what is left of the one that was meant."""
    rest = ((key, had - minor if (key, had) == meant else had) for key, had in entries)
    return tuple(entry for entry in rest if entry[1] > 0)


def _credit_note(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message)
    if case.credited + minor > case.invoice.amount.minor:
        raise RefusedError(
            f"credit notes would exceed the invoice of {case.invoice.amount}", field="amount"
        )
    moved, notes = _moved(case, message, minor), (*case.credits, (message.key, minor))
    return replace(moved, credited=case.credited + minor, credits=notes)


def _credit_note_cancelled(case: Case, message: Message, ground: Ground) -> Case:
    meant, minor = _taken_back(case, message, case.credits, "credit note")
    if minor > case.credited:
        raise RefusedError("there is no credit note of that amount to cancel", field="amount")
    moved = _moved(case, message, -minor)
    left, credited = _without(case.credits, meant, minor), case.credited - minor
    return replace(moved, credited=credited, credits=left, released_at=message.at)


def _write_off(case: Case, message: Message, ground: Ground) -> Case:
    if case.open <= 0:
        # Else money that later goes back would be given up in silence.
        raise RefusedError("nothing is open on this invoice, so nothing can be written off")
    if message.amount is None or case.write_off == ALL:
        return replace(case, write_off=ALL)
    return replace(case, write_off=(case.write_off or 0) + stated_sum(case, message))


def _write_off_undone(case: Case, message: Message, ground: Ground) -> Case:
    if case.write_off is None:
        raise RefusedError("nothing was written off that could be undone")
    left = None
    if message.amount and case.write_off != ALL:
        left = max(0, case.write_off - stated_sum(case, message)) or None
    return replace(case, write_off=left, released_at=message.at)


MONEY: Mapping[Kind, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {
        Kind.PAYMENT: _payment,
        Kind.PAYMENT_REVERSED: _payment_reversed,
        Kind.CREDIT_NOTE: _credit_note,
        Kind.CREDIT_NOTE_CANCELLED: _credit_note_cancelled,
        Kind.WRITE_OFF: _write_off,
        Kind.WRITE_OFF_UNDONE: _write_off_undone,
    }
)
"""How each message about money changes a case."""
