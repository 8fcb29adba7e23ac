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

ALL = -1
"""Written off is whatever is open."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a fold stands on besides the facts: the policy and the debtor's calendar."""

    policy: Policy
    calendar: Calendar


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
    meant = _meant(case, message)
    if meant is None and message.amount is None:
        raise RefusedError("there is no payment that could be reversed", field="ref")
    minor = stated_sum(case, message) if meant is None or message.amount else meant[1]
    if minor > case.received:
        have = Money(case.received, case.invoice.amount.currency)
        raise RefusedError(f"more would be reversed than the {have} received", field="amount")
    moved = _moved(case, message, -minor)
    left = tuple(payment for payment in case.payments if payment != meant)
    received = case.received - minor
    return replace(moved, received=received, payments=left, released_at=message.at)


def _meant(case: Case, message: Message) -> tuple[str, int] | None:
    """The payment that a reversal speaks of: by its key or its source's id, else the last one."""
    ref, wanted = message.ref, message.amount.minor if message.amount else None
    for key, minor in reversed(case.payments):
        named = not ref or key == ref or key.endswith(f"/{ref}")
        if named and (ref or wanted in (None, minor)):
            return key, minor
    return None


def _credit_note(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message)
    if case.credited + minor > case.invoice.amount.minor:
        raise RefusedError(
            f"credit notes would exceed the invoice of {case.invoice.amount}", field="amount"
        )
    return replace(_moved(case, message, minor), credited=case.credited + minor)


def _credit_note_cancelled(case: Case, message: Message, ground: Ground) -> Case:
    minor = stated_sum(case, message) if message.amount else case.credited
    if not 0 < minor <= case.credited:
        raise RefusedError("there is no credit note of that amount to cancel", field="amount")
    moved = _moved(case, message, -minor)
    return replace(moved, credited=case.credited - minor, released_at=message.at)


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
