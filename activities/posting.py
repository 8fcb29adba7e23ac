"""Posting a payment: recorded once, shared out over cases in one transaction, then each hears."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from activities.papers import Task
from activities.ports import Book, Ledger
from activities.session import Session
from domain.case import Message
from domain.kinds import Kind
from domain.money import Money
from domain.payments import Allocation, Claim, PaymentIn, allocate


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a payment.

    Attributes:
        parts: what settles which case.
        left: what stays on the account, unallocated.
        new: False if the payment was posted before.
    """

    parts: tuple[Allocation, ...]
    left: Money
    new: bool


def post(ledger: Ledger, payment: PaymentIn, now: datetime) -> Posted:
    """Post a payment under the account lock; the same one twice changes nothing (C3).

    Raises:
        ConflictError: if its id was used before with other content.
    """
    with ledger.account(payment.creditor, payment.customer) as book:
        parts, left = _share_out(book, payment, now)
        if not book.add_payment(payment, parts):
            before = book.parts_of(payment)
            rest = payment.amount.minor - sum(part.amount.minor for part in before)
            return Posted(parts=before, left=Money(rest, payment.amount.currency), new=False)
        for part in parts:
            _tell(book, payment, part, now)
        if left.minor:
            _ask_about_the_rest(book, payment, left, now)
        return Posted(parts=parts, left=left, new=True)


def _share_out(
    book: Book, payment: PaymentIn, now: datetime
) -> tuple[tuple[Allocation, ...], Money]:
    stated = tuple(f"invoice/{payment.creditor}/{number}" for number in payment.invoices)
    claims = _claims(book, stated or book.open_invoices(), now)
    return allocate(payment.amount, claims, stated=bool(stated))


def _claims(book: Book, cases: Iterable[str], now: datetime) -> list[Claim]:
    known = [case for case in cases if book.read(case) is not None]
    return [Claim(case, Session(book, case, now).case.open_money) for case in known]


def _tell(book: Book, payment: PaymentIn, part: Allocation, now: datetime) -> None:
    session = Session(book, part.case, now)
    at = session.calendar.start_of(payment.day) if payment.day else payment.at
    session.add(
        Message(
            key=payment.key,
            kind=Kind.PAYMENT,
            at=min(at, now),
            amount=part.amount,
            note=payment.note,
            by=payment.source,
        )
    )
    session.keep()


def _ask_about_the_rest(book: Book, payment: PaymentIn, left: Money, now: datetime) -> None:
    book.add_task(
        Task(
            key=f"unallocated/{payment.creditor}/{payment.key}",
            kind="question",
            case="",
            title=f"payment {payment.id}: {left} fit no invoice; allocate or refund",
            detail=payment.note,
            due_at=now,
        )
    )
