"""Takes a payment back, or a part of it: what a bank returned, a provider refunded or withdrew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from activities.cases.session import Session
from activities.cases.waking import ToWake, all_to_wake
from activities.payments.allocating import place
from activities.ports.money_types import Placing
from activities.ports.ports import AccountRepository, Ledger
from activities.ports.stores.payments import PaymentRow
from domain.case.model import Message
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.giving_back import TakenPart, going_back


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """Money that went back to whoever paid.

    Attributes:
        key: makes it one: said twice, it counts once.
        amount: how much of the payment.
        by: who says so.
        growing: the beginning of the keys of a sum that grows, each of which ends with the sum's
            minor units: then ``amount`` is all that went back so far, and the rest counts.
    """

    key: str
    amount: Money
    note: str
    by: str
    growing: str = ""


def take_back(
    ledger: Ledger, found: PaymentRow, back: MoneyBack, now: datetime
) -> tuple[ToWake, ...]:
    """Take money of a payment back in one transaction: what it settled is owed again.

    What is there no more went back before, by whatever way: it is not owed a second time.
    """
    payment = found.payment
    cases = list(dict.fromkeys(part.case for part in found.parts))
    with ledger.account(payment.creditor, payment.customer) as account:
        with account.together(cases):
            told = [*cases, *_taken_back(account, found, back, now)]
        return all_to_wake(account, told, now)


def was_taken_back(ledger: Ledger, found: PaymentRow, key: str, now: datetime) -> bool:
    """Tell whether money of a payment went back by that key."""
    payment = found.payment
    with ledger.account(payment.creditor, payment.customer) as account:
        cases = dict.fromkeys(part.case for part in found.parts)
        return account.payments.refunded(key) is not None or any(
            Session(account, case, now).known(key) for case in cases
        )


def _taken_back(
    account: AccountRepository, found: PaymentRow, back: MoneyBack, now: datetime
) -> tuple[str, ...]:
    """Take it back, and name the cases that may go on because less money lies on the account."""
    order = list(dict.fromkeys(part.case for part in found.parts))
    sessions = {case: Session(account, case, now) for case in order}
    known = any(session.known(back.key) for session in sessions.values())
    if known or account.payments.refunded(back.key) is not None:
        return ()
    lying = account.payments.held(found.payment.source, found.payment.id)
    free = lying.rest if lying else Money(0, back.amount.currency)
    taken = [part for session in sessions.values() for part in _still_there(session, found)]
    amount = back.amount - _told_before(account, found, back, sessions.values())
    if amount.minor <= 0:
        return ()
    shared = going_back(amount, free, taken)
    for number, part in enumerate(shared.parts):
        session = sessions[part.case]
        session.add(_reversal(part, back, number, now))
        session.keep()
    if shared.account.minor <= 0:
        return ()
    return place(account, _refund(found, back, shared.account), now).free


def _told_before(
    account: AccountRepository, found: PaymentRow, back: MoneyBack, sessions: Iterable[Session]
) -> Money:
    """How far a growing sum was taken back: read under the lock, for two calls may come at once."""
    none = Money(0, back.amount.currency)
    if not back.growing:
        return none
    keys = {key for session in sessions for key in session.keys_from(back.growing)}
    given = account.payments.refunds_of(found.payment.source, found.payment.id)
    keys.update(key for key in given if key.startswith(back.growing))
    sums = (key.removeprefix(back.growing) for key in keys)
    told = (Money(int(minor), none.currency) for minor in sums if minor.isdecimal())
    return max(told, default=none)


def _still_there(session: Session, found: PaymentRow) -> Iterator[TakenPart]:
    """What a case still has of a payment: as it came, and as a person allocated it later."""
    name, currency = found.payment.key, found.payment.amount.currency
    for key, minor, _ in session.case.payments:
        if key == name or key.startswith(f"{name}/"):
            yield TakenPart(case=session.case_id, key=key, amount=Money(minor, currency))


def _reversal(part: TakenPart, back: MoneyBack, number: int, now: datetime) -> Message:
    """The first has the matter's own key, by which it is known again."""
    return Message(
        key=f"{back.key}/{number}" if number else back.key,
        kind=MessageType.PAYMENT_REVERSED,
        at=now,
        amount=part.amount,
        note=back.note,
        ref=part.key,
        by=back.by,
    )


def _refund(found: PaymentRow, back: MoneyBack, amount: Money) -> Placing:
    payment = found.payment
    return Placing(
        creditor=payment.creditor,
        customer=payment.customer,
        id=back.key,
        source=payment.source,
        payment=payment.id,
        amount=amount,
        note=back.note,
        by=back.by,
    )
