"""Payments: recorded once, with the part that each case took."""

from __future__ import annotations

from sqlalchemy import Connection, select

from activities.ports.types import ConflictError
from adapters.ledger.core.codec import payment_content
from adapters.ledger.core.sql import added
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.money import payment as payment_table
from adapters.ledger.tables.money import payment_part
from domain.errors import InvalidError
from domain.money import Money
from domain.payments.allocation import Allocation, PaymentIn


def open_invoices(connection: Connection, creditor: str, customer: str) -> tuple[str, ...]:
    """The account's case ids with something to collect, oldest due date first."""
    c = case_file.c
    query = select(c.case_id).where(c.creditor == creditor, c.customer == customer)
    still = query.where(c.open + c.costs_left > 0, ~c.withdrawn).order_by(c.due, c.case_id)
    return tuple(connection.execute(still).scalars())


def add_payment(connection: Connection, payment: PaymentIn, parts: tuple[Allocation, ...]) -> bool:
    """Record a payment and its parts; what no part takes is unallocated."""
    _check_parts(payment, parts)
    content = payment_content(payment)
    key = {"creditor": payment.creditor, "source": payment.source, "id": payment.id}
    if not added(connection, payment_table, **key, **_row(payment), content_sha=content):
        _same(connection, payment, content)
        return False
    for part in parts:
        added(connection, payment_part, **key, case_id=part.case, amount=part.amount.minor)
    return True


def payment_parts(connection: Connection, payment: PaymentIn) -> tuple[Allocation, ...]:
    """How a recorded payment was shared out, by case id."""
    p, q = payment_table.c, payment_part.c
    same = (p.creditor == q.creditor) & (p.source == q.source) & (p.id == q.id)
    query = select(q.case_id, q.amount, p.currency).join(payment_table, same)
    mine = query.where(
        p.creditor == payment.creditor,
        p.source == payment.source,
        p.id == payment.id,
        q.allocation == "",
    )
    rows = connection.execute(mine.order_by(q.case_id)).all()
    return tuple(Allocation(case=r.case_id, amount=Money(r.amount, r.currency)) for r in rows)


def _row(payment: PaymentIn) -> dict[str, object]:
    return {
        "customer": payment.customer,
        "currency": payment.amount.currency,
        "amount": payment.amount.minor,
        "at": payment.at,
        "invoices": list(payment.invoices),
        "note": payment.note,
        "kind": payment.kind,
    }


def _same(connection: Connection, payment: PaymentIn, content: str) -> None:
    c = payment_table.c
    query = select(c.content_sha).where(
        c.creditor == payment.creditor, c.source == payment.source, c.id == payment.id
    )
    if connection.execute(query).scalar_one() != content:
        raise ConflictError(
            f"payment {payment.id!r} from {payment.source!r} was recorded before with another "
            "customer, amount or invoice; correct it by a reversal and a new payment"
        )


def _check_parts(payment: PaymentIn, parts: tuple[Allocation, ...]) -> None:
    if payment.amount.minor <= 0:
        raise InvalidError(f"the amount {payment.amount} must be more than zero", field="amount")
    currencies = {part.amount.currency for part in parts} | {payment.amount.currency}
    if len(currencies) > 1:
        raise ValueError(f"{payment.key}: a part is in another currency than the payment")
    if sum(part.amount.minor for part in parts) > payment.amount.minor:
        raise ValueError(f"{payment.key}: its parts are more than the {payment.amount} that came")
