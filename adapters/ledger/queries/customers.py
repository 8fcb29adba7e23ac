"""Customers to be looked at: lists, sums over all invoices, and the contact book."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, RowMapping, func, select

from adapters.ledger.cases import histories
from adapters.ledger.payments.accounts import unallocated_of
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account, contact
from domain.money import Money
from domain.policy.classes import History

_A, _C, _K = account.c, case_file.c, contact.c


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One customer of a creditor as a line of a list; ``open`` holds one sum per currency."""

    creditor: str
    customer: str
    name: str
    credit: str
    do_not_contact: bool
    vulnerable: bool
    erased_at: datetime | None
    running: int
    open: tuple[Money, ...]
    surplus: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSums:
    """What the ledger knows of a customer beside the cases, at an instant."""

    row: CustomerRow
    history: History
    unallocated: tuple[Money, ...]
    contacts: tuple[RowMapping, ...]


def list_customers(
    engine: Engine, creditor: str, *, after: str = "", limit: int = 1000
) -> tuple[CustomerRow, ...]:
    """A creditor's customers by id, a page at a time."""
    mine = (_A.creditor == creditor) & (_A.customer > after)
    query = select(account).where(mine).order_by(_A.customer).limit(limit)
    with engine.connect() as connection:
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
    """Everything about one customer; contacts since an instant, newest first; None if unknown."""
    who = (_A.creditor == creditor) & (_A.customer == customer)
    contacts = select(contact).where(
        _K.creditor == creditor, _K.customer == customer, _K.at >= since
    )
    with engine.connect() as connection:
        row = connection.execute(select(account).where(who)).mappings().one_or_none()
        if row is None:
            return None
        sums = connection.execute(_sums(creditor, [customer])).mappings().all()
        left = unallocated_of(connection, creditor, customer)
        return CustomerSums(
            row=_row(row, sums),
            history=histories.history(connection, creditor, customer, now),
            unallocated=tuple(Money(minor, currency) for currency, minor in left if minor),
            contacts=tuple(
                connection.execute(contacts.order_by(_K.at.desc()).limit(200)).mappings().all()
            ),
        )


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


def _money(sums: Any, name: str) -> list[Money]:
    return [Money(int(one[name]), one["currency"]) for one in sums if one[name]]
