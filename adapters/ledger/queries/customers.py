"""Queries about customers: lists, sums over all invoices, and the contact book."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, RowMapping, func, select

from activities.ports.stores.customers import ContactRow, CustomerRow, CustomerSums
from adapters.ledger.cases import histories
from adapters.ledger.core.engine import reading
from adapters.ledger.customers.shares import account_of
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account, contact
from domain.money import Money
from domain.parties.customer import Customer
from domain.policy.model import PerCurrency

_A, _C, _K = account.c, case_file.c, contact.c


def list_customers(
    engine: Engine, creditor: str, *, after: str = "", limit: int = 1000
) -> tuple[CustomerRow, ...]:
    """List a creditor's customers by id, a page at a time."""
    mine = (_A.creditor == creditor) & (_A.customer > after)
    query = select(account).where(mine).order_by(_A.customer).limit(limit)
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
        names = [row["customer"] for row in rows]
        sums = connection.execute(_sums(creditor, names)).mappings().all()
    by_customer: dict[str, list[RowMapping]] = defaultdict(list)
    for one in sums:
        by_customer[one["customer"]].append(one)
    return tuple(_row(row, by_customer[row["customer"]]) for row in rows)


def customer_sums(
    engine: Engine, creditor: str, customer: str, since: datetime, now: datetime
) -> CustomerSums | None:
    """Read everything about one customer; contacts since an instant, newest first."""
    who = (_A.creditor == creditor) & (_A.customer == customer)
    book = select(contact).where(_K.creditor == creditor, _K.customer == customer, _K.at >= since)
    book = book.order_by(_K.at.desc()).limit(200)
    with reading(engine) as connection:
        row = connection.execute(select(account).where(who)).mappings().one_or_none()
        if row is None:
            return None
        sums = connection.execute(_sums(creditor, [customer])).mappings().all()
        known = Customer(**account_of(connection, creditor, customer))
        return CustomerSums(
            row=_row(row, sums),
            history=histories.full_history(connection, creditor, customer, now),
            unallocated=_sums_of(known.unallocated),
            credit_notes=_sums_of(known.credit_notes),
            in_favour=_sums_of(known.all_in_favour()),
            contacts=tuple(_contact(row) for row in connection.execute(book).mappings()),
        )


def _sums_of(sums: PerCurrency) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sums if minor)


def _sums(creditor: str, customers: list[str]) -> Any:
    running = func.count().filter(_C.outcome == "")
    return (
        select(
            _C.customer,
            _C.currency,
            running.label("running"),
            func.sum(_C.open).filter(~_C.withdrawn).label("open"),
            func.sum(_C.surplus).label("surplus"),
        )
        .where(_C.creditor == creditor, _C.customer.in_(customers))
        .group_by(_C.customer, _C.currency)
        .order_by(_C.customer, _C.currency)
    )


def _row(row: RowMapping, sums: Any) -> CustomerRow:
    told = ("creditor", "customer", "name", "credit", "do_not_contact", "vulnerable", "erased_at")
    return CustomerRow(
        **{name: row[name] for name in told},
        running=sum(one["running"] for one in sums),
        open=tuple(_money(sums, "open")),
        surplus=tuple(_money(sums, "surplus")),
    )


def _contact(row: RowMapping) -> ContactRow:
    return ContactRow(at=row["at"], what=row["what"], channel=row["channel"], cases=row["cases"])


def _money(sums: Any, name: str) -> list[Money]:
    return [Money(int(one[name]), one["currency"]) for one in sums if one[name]]
