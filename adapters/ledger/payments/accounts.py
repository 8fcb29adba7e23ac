"""Money on customers' accounts: payments, their parts, and what no case took."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Label,
    RowMapping,
    Select,
    Subquery,
    Table,
    bindparam,
    func,
    select,
    tuple_,
)

from activities.ports.stores.payments import PaymentRow, Unallocated
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.money import payment, payment_part, payment_refund
from adapters.ledger.tables.people import account
from domain.money import Money
from domain.payments.allocation import Allocation, PaymentIn, PaymentKind
from domain.policy.model import PerCurrency

_KEY = ("creditor", "source", "id")


def list_payments(
    engine: Engine, creditor: str, customer: str = "", limit: int = 100
) -> tuple[PaymentRow, ...]:
    """List a creditor's payments with their parts, newest first."""
    return _rows(engine, _listed(creditor, customer).limit(limit))


def payments_left(
    engine: Engine, creditor: str, customer: str = "", limit: int = 100
) -> tuple[PaymentRow, ...]:
    """List the payments of which something lies on an account, newest first."""
    rest = rest_of_payment().element
    if customer:
        return _rows(engine, _listed(creditor, customer).where(rest > 0).limit(limit))
    query = _listed(creditor, "")
    # Added up at once: asking for the parts of each payment takes ten times as long.
    gone = [_taken(table, creditor) for table in (payment_part, payment_refund)]
    left: ColumnElement[int] = payment.c.amount
    for one in gone:
        query = query.outerjoin(
            one, (one.c.source == payment.c.source) & (one.c.id == payment.c.id)
        )
        left = left - func.coalesce(one.c.minor, 0)
    return _rows(engine, query.where(left > 0).limit(limit))


def _taken(table: Table, creditor: str) -> Subquery:
    t = table.c
    query = select(t.source, t.id, func.sum(t.amount).label("minor")).where(t.creditor == creditor)
    return query.group_by(t.source, t.id).subquery()


def find_payment(engine: Engine, creditor: str, source: str, payment_id: str) -> PaymentRow | None:
    """Find one payment with its parts; None if there is none."""
    p = payment.c
    named = _listed(creditor, "").where(p.source == source, p.id == payment_id)
    return next(iter(_rows(engine, named)), None)


def _listed(creditor: str, customer: str) -> Select[Any]:
    p = payment.c
    mine = (account.c.creditor == p.creditor) & (account.c.customer == p.customer)
    name = account.c.name.label("customer_name")
    query = select(payment, rest_of_payment(), name).join(account, mine)
    query = query.where(p.creditor == creditor)
    query = query.order_by(p.at.desc(), p.source, p.id)
    return query.where(p.customer == customer) if customer else query


def _rows(engine: Engine, query: Select[Any]) -> tuple[PaymentRow, ...]:
    with reading(engine) as connection:
        found = connection.execute(query).mappings().all()
        keys = [tuple(row[name] for name in _KEY) for row in found]
        q = payment_part.c
        wanted = tuple_(q.creditor, q.source, q.id).in_(keys)
        parts = connection.execute(
            select(payment_part).where(wanted).order_by(q.case_id, q.allocation)
        )
        taken = _by_payment(parts.mappings().all())
    return tuple(_payment_row(row, taken[tuple(row[n] for n in _KEY)]) for row in found)


def unallocated(engine: Engine, creditor: str = "") -> tuple[Unallocated, ...]:
    """List accounts with money that no case took, each currency by itself."""
    query = _left()
    if creditor:
        query = query.where(payment.c.creditor == creditor)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(
        Unallocated(creditor=r.creditor, customer=r.customer, amount=Money(int(r.left), r.currency))
        for r in rows
    )


def unallocated_of(
    connection: Connection, creditor: str, customer: str
) -> tuple[tuple[str, int], ...]:
    """Add up a customer's money that no invoice took, per currency in minor units.

    A stand-alone credit note is no money: it is added up by itself.
    """
    return balances_of(connection, creditor, customer)[PaymentKind.PAYMENT]


def balances_of(
    connection: Connection, creditor: str, customer: str
) -> dict[PaymentKind, PerCurrency]:
    """Add up by kind what no invoice took of a customer's money and credit notes."""
    given = {"of_creditor": creditor, "of_customer": customer}
    rows = connection.execute(_BALANCES, given).all()
    return {
        kind: tuple((row.currency, int(row.left)) for row in rows if row.kind == kind)
        for kind in PaymentKind
    }


def balances() -> Select[Any]:
    """Make the query for what no invoice took of one customer, by kind and currency."""
    p = payment.c
    left = func.sum(rest_of_payment())
    mine = (p.creditor == bindparam("of_creditor")) & (p.customer == bindparam("of_customer"))
    query = select(p.kind, p.currency, left.label("left")).where(mine)
    return query.group_by(p.kind, p.currency).having(left > 0).order_by(p.kind, p.currency)


def _left() -> Select[Any]:
    p = payment.c
    account = (p.creditor, p.customer, p.currency)
    left = func.sum(rest_of_payment())
    return (
        select(*account, left.label("left")).group_by(*account).having(left > 0).order_by(*account)
    )


def rest_of_payment() -> Label[int]:
    """Make the expression for what is left of a payment after its parts and refunds."""
    p, gone = payment.c, []
    for table in (payment_part, payment_refund):
        same = (table.c[name] == p[name] for name in _KEY)
        taken = select(func.coalesce(func.sum(table.c.amount), 0)).where(*same)
        gone.append(taken.scalar_subquery())
    return (p.amount - gone[0] - gone[1]).label("rest")


def payment_of(row: RowMapping) -> PaymentIn:
    """Read the payment of a row."""
    return PaymentIn(
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


def _by_payment(rows: Any) -> dict[tuple[Any, ...], list[RowMapping]]:
    found: dict[tuple[Any, ...], list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in _KEY)].append(row)
    return found


def _payment_row(row: RowMapping, taken: list[RowMapping]) -> PaymentRow:
    currency = row["currency"]
    parts = tuple(Allocation(case=p["case_id"], amount=Money(p["amount"], currency)) for p in taken)
    left = int(row["rest"])
    back = row["amount"] - left - sum(part.amount.minor for part in parts)
    return PaymentRow(
        payment=payment_of(row),
        parts=parts,
        unallocated=Money(left, currency),
        refunded=Money(back, currency),
        customer_name=row["customer_name"],
    )


# Built once: putting a query together costs more than asking it.
_BALANCES = balances()
