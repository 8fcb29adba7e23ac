"""Money on an account in SQL: claims on it, what lies there, later parts, refunds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, select

from activities.ports.money_types import OnAccount, Refund
from activities.ports.types import ConflictError
from adapters.ledger.core.sql import added
from adapters.ledger.payments.accounts import rest_of_payment
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.money import payment as payment_table
from adapters.ledger.tables.money import payment_part, payment_refund
from domain.ids import PaymentKey
from domain.money import Money, round_minor
from domain.payments.allocation import Allocation, OpenClaim, PaymentIn, PaymentKind

_C, _P, _Q = case_file.c, payment_table.c, payment_part.c


class Key(NamedTuple):
    """What a payment is known by."""

    creditor: str
    source: str
    id: str


def claims(
    connection: Connection, creditor: str, customer: str, day: date, cases: Sequence[str] | None
) -> tuple[OpenClaim, ...]:
    """What is open for money of a value date: of those cases, in that order, else of all.

    Costs that are still chased when the principal is settled are open, too.
    Asked of the figures that every fold keeps, so that an account of thousands of invoices takes
    one query and not thousands of folds.
    """
    mine = select(case_file).where(_C.creditor == creditor, _C.customer == customer)
    if cases is None:
        query = mine.where(_C.open + _C.costs_left > 0, ~_C.withdrawn).order_by(_C.due, _C.case_id)
    else:
        query = mine.where(_C.case_id.in_(cases))
    found = {row["case_id"]: _claim(row, day) for row in connection.execute(query).mappings()}
    return tuple(found[case] for case in (found if cases is None else cases) if case in found)


def _claim(row: RowMapping, day: date) -> OpenClaim:
    return OpenClaim(
        case=row["case_id"],
        open=Money(row["open"] + row["costs_left"], row["currency"]),
        due=row["due"],
        amount=row["amount"],
        disputed=row["disputed"],
        keeps_back=_keeps_back(row, day),
    )


def _keeps_back(row: RowMapping, day: date) -> int:
    """The discount that money of this day can still earn, as a share of a corrected amount."""
    if not row["discount"] or not row["discount_until"] or row["discount_until"] < day:
        return 0
    first = row["first_amount"] or row["amount"]
    share = Fraction(row["discount"] * row["amount"], first)
    is_open: int = row["open"]
    return min(is_open, round_minor(share, row["currency"]).minor)


def account_balance(connection: Connection, key: Key, customer: str) -> OnAccount | None:
    """A payment of one customer with what is left of it."""
    query = select(payment_table, rest_of_payment()).where(
        _P.creditor == key.creditor, _P.source == key.source, _P.id == key.id
    )
    row = connection.execute(query.where(_P.customer == customer)).mappings().one_or_none()
    if row is None:
        return None
    came = PaymentIn(
        creditor=row["creditor"],
        source=row["source"],
        id=row["id"],
        customer=row["customer"],
        amount=Money(row["amount"], row["currency"]),
        at=row["at"],
        invoices=tuple(row["invoices"]),
        note=row["note"],
        kind=PaymentKind(row["kind"]),
    )
    return OnAccount(payment=came, rest=Money(int(row["rest"]), row["currency"]))


def allocated(
    connection: Connection, creditor: str, allocation: str
) -> tuple[tuple[str, Allocation], ...]:
    """What an allocation moved before: the payment's key and each part."""
    same = (_P.creditor == _Q.creditor) & (_P.source == _Q.source) & (_P.id == _Q.id)
    named = (_P.kind, _P.source, _P.id, _P.currency, _Q.case_id, _Q.amount)
    query = select(*named).join_from(payment_part, payment_table, same)
    mine = query.where(_Q.creditor == creditor, _Q.allocation == allocation).order_by(_Q.case_id)
    return tuple(
        (
            str(PaymentKey(r.kind, r.source, r.id)),
            Allocation(r.case_id, Money(r.amount, r.currency)),
        )
        for r in connection.execute(mine).all()
    )


def add_parts(
    connection: Connection, payment: PaymentIn, parts: tuple[Allocation, ...], allocation: str
) -> None:
    """Let cases take parts of what is left of a payment."""
    for part in parts:
        added(
            connection,
            payment_part,
            **_key(payment),
            case_id=part.case,
            allocation=allocation,
            amount=part.amount.minor,
        )


def add_refund(connection: Connection, payment: PaymentIn, refund: Refund) -> bool:
    """Record that money on the account was given back, once."""
    values = {"refund": refund.id, "amount": refund.amount.minor, "at": refund.at}
    words = {"note": refund.note, "by_whom": refund.by}
    if added(connection, payment_refund, **_key(payment), **values, **words):
        return True
    r = payment_refund.c
    query = select(r.source, r.id, r.amount).where(
        r.creditor == payment.creditor, r.refund == refund.id
    )
    if tuple(connection.execute(query).one()) != (
        payment.source,
        payment.id,
        refund.amount.minor,
    ):
        raise ConflictError(f"refund {refund.id!r} was used before with other content")
    return False


def refunded(connection: Connection, creditor: str, refund: str) -> Money | None:
    """What a refund gave back before; None if there is no such refund."""
    r = payment_refund.c
    same = (_P.creditor == r.creditor) & (_P.source == r.source) & (_P.id == r.id)
    query = select(r.amount, _P.currency).join_from(payment_refund, payment_table, same)
    row = connection.execute(query.where(r.creditor == creditor, r.refund == refund)).one_or_none()
    return Money(row.amount, row.currency) if row else None


def _key(payment: PaymentIn) -> dict[str, Any]:
    return {"creditor": payment.creditor, "source": payment.source, "id": payment.id}
