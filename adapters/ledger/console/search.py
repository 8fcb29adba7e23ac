"""The search: a part of a name or number by trigrams, an amount by its index; never a scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, or_, select

from activities.ports.stores.console.looking import (
    MOST_FOUND,
    FoundCustomer,
    FoundInvoice,
    SearchResult,
)
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account
from domain.money import Money

_A, _C = account.c, case_file.c
_MINE = (_A.creditor == _C.creditor) & (_A.customer == _C.customer)


def search_ledger(
    engine: Engine, creditor: str, words: str, minors: Mapping[str, int]
) -> SearchResult:
    """Find customers by name or id, invoices by number or by an amount per currency."""
    with reading(engine) as connection:
        customers = _customers(connection, creditor, words)
        numbered = _invoices().where(
            _C.creditor == creditor, _C.number.icontains(words, autoescape=True)
        )
        invoices = _read(connection, numbered)
        if minors:
            priced = [
                and_(_C.currency == currency, or_(_C.amount == minor, _C.open == minor))
                for currency, minor in minors.items()
            ]
            alike = _invoices().where(_C.creditor == creditor, or_(*priced))
            known = {one.case_id for one in invoices}
            invoices += [one for one in _read(connection, alike) if one.case_id not in known]
    return SearchResult(customers=tuple(customers), invoices=tuple(invoices[:MOST_FOUND]))


def currencies_of(engine: Engine, creditor: str) -> tuple[str, ...]:
    """List the currencies of a creditor's newest invoices."""
    some = select(_C.currency).where(_C.creditor == creditor).limit(1000).subquery()
    with reading(engine) as connection:
        return tuple(connection.execute(select(some.c.currency).distinct()).scalars())


def _customers(connection: Connection, creditor: str, words: str) -> list[FoundCustomer]:
    query = (
        select(_A.customer, _A.name)
        .where(_A.creditor == creditor)
        .where(or_(_A.name.icontains(words, autoescape=True), _A.customer == words))
        .order_by(_A.name, _A.customer)
        .limit(MOST_FOUND)
    )
    rows = connection.execute(query).all()
    sums = (
        select(_C.customer, _C.currency, func.sum(_C.open).label("open"))
        .where(_C.creditor == creditor, among(_C.customer, [row.customer for row in rows]))
        .where(_C.outcome == "", ~_C.withdrawn, _C.open > 0)
        .group_by(_C.customer, _C.currency)
        .order_by(_C.currency)
    )
    money: dict[str, list[Money]] = defaultdict(list)
    for one in connection.execute(sums):
        money[one.customer].append(Money(int(one.open), one.currency))
    return [
        FoundCustomer(customer=row.customer, name=row.name, open=tuple(money[row.customer]))
        for row in rows
    ]


def _invoices() -> Select[Any]:
    told = (_C.case_id, _C.customer, _A.name, _C.due, _C.currency, _C.amount, _C.open, _C.outcome)
    return select(*told).join(account, _MINE).order_by(_C.due.desc(), _C.case_id).limit(MOST_FOUND)


def _read(connection: Connection, query: Select[Any]) -> list[FoundInvoice]:
    plain = ("case_id", "customer", "name", "due", "outcome")
    return [
        FoundInvoice(
            amount=Money(row["amount"], row["currency"]),
            open=Money(row["open"], row["currency"]),
            **{name: row[name] for name in plain},
        )
        for row in connection.execute(query).mappings()
    ]
