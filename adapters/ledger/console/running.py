"""How an installation runs: what leaves soon by customer and in total, and what fails."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, select

from activities.ports.stores.console.running import (
    LeavingCustomer,
    LeavingTotal,
    SilentProvider,
)
from adapters.ledger.console.standing import leaves_until
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account
from adapters.ledger.tables.watching import provider_breaker
from domain.money import Money

_C, _A, _B = case_file.c, account.c, provider_breaker.c


def customers_leaving(
    engine: Engine, creditor: str, until: datetime, limit: int
) -> tuple[LeavingCustomer, ...]:
    """List the customers for whom something leaves, by the first instant."""
    first, messages = func.min(_C.next_at), func.count()
    together = (
        select(
            *(_C.customer, _C.currency, messages.label("messages"), first.label("first")),
            func.sum(_C.open).label("minor"),
        )
        .where(leaves_until(creditor, until))
        .group_by(_C.customer, _C.currency)
        .order_by(first, _C.customer)
        .limit(limit)
        .cte("leaving")
    )
    query = select(together, _A.name).outerjoin(account, _is_account(creditor, together.c.customer))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(together.c.first, together.c.customer)).all()
    return tuple(
        LeavingCustomer(
            customer=row.customer,
            name=row.name or "",
            messages=row.messages,
            first=row.first,
            open=Money(int(row.minor), row.currency),
        )
        for row in rows
    )


def totals_leaving(engine: Engine, creditor: str, until: datetime) -> tuple[LeavingTotal, ...]:
    """Add up what leaves, by what is done and currency."""
    query = (
        select(_C.next_do, _C.currency, func.count().label("messages"), func.sum(_C.open))
        .where(leaves_until(creditor, until))
        .group_by(_C.next_do, _C.currency)
        .order_by(_C.next_do, _C.currency)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(
        LeavingTotal(do=do, messages=messages, open=Money(int(minor), currency))
        for do, currency, messages, minor in rows
    )


def providers_silent(engine: Engine) -> tuple[SilentProvider, ...]:
    """List the providers that are left alone."""
    query = select(_B.provider, _B.opened_at, _B.until).where(_B.opened_at.is_not(None))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(_B.provider)).all()
    return tuple(SilentProvider(name=name, since=since, until=until) for name, since, until in rows)


def _is_account(creditor: str, customer: ColumnElement[str]) -> ColumnElement[bool]:
    return (_A.creditor == creditor) & (_A.customer == customer)
