"""What money in the bank may be meant for: open items, references, names, known payers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Engine, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.bank import bank_payer
from adapters.ledger.tables.cases import DIGITS_OF_NUMBER, case_file
from adapters.ledger.tables.people import account
from adapters.ledger.tables.people import creditor as creditor_table
from domain.bank.open_items import KnownPayer, OpenItem
from domain.money import Money

_C, _A, _P = case_file.c, account.c, bank_payer.c


def open_items(
    engine: Engine, creditor: str, customers: Sequence[str] | None = None
) -> tuple[OpenItem, ...]:
    """List the open items of a creditor, or of some customers; what was given up is none."""
    named = (_C.case_id, _C.number, _C.customer, _C.open, _C.costs_left, _C.currency)
    last = func.coalesce(_C.discount_day, _C.discount_until).label("discount_until")
    early = (_C.discount, last, _C.reference)
    mine = (_C.creditor == creditor) & (_C.open > 0) & ~_C.withdrawn
    query = select(*named, *early).where(mine).order_by(_C.due, _C.case_id)
    query = query if customers is None else query.where(among(_C.customer, customers))
    with reading(engine) as connection:
        return tuple(
            OpenItem(
                case=row.case_id,
                number=row.number,
                customer=row.customer,
                open=Money(row.open, row.currency),
                costs=row.costs_left,
                discount=row.discount or 0,
                discount_until=row.discount_until,
                reference=row.reference,
            )
            for row in connection.execute(query)
        )


def reference_terms(engine: Engine, creditor: str) -> tuple[str, frozenset[str]]:
    """Read the scheme of references, and the open cases whose digits another invoice has too.

    Which of the two printed the reference first is not asked here: neither is certain.
    """
    digits: ColumnElement[str] = literal_column(DIGITS_OF_NUMBER)
    mine = _C.creditor == creditor
    shared = select(_C.case_id, func.count().over(partition_by=digits).label("alike"))
    alike = shared.where(mine).subquery()
    query = select(alike.c.case_id).where(alike.c.alike > 1)
    scheme = select(creditor_table.c.reference).where(creditor_table.c.id == creditor)
    with reading(engine) as connection:
        told = connection.execute(scheme).scalar_one_or_none() or ""
        if not told:
            return "", frozenset()
        return told, frozenset(connection.execute(query).scalars())


def customer_names(engine: Engine, creditor: str) -> tuple[tuple[str, str], ...]:
    """List the creditor's customers with their names."""
    query = select(_A.customer, _A.name).where(_A.creditor == creditor, _A.name != "")
    with reading(engine) as connection:
        return tuple((row.customer, row.name) for row in connection.execute(query))


def known_payers(engine: Engine, creditor: str) -> tuple[KnownPayer, ...]:
    """List by which accounts and names customers have paid."""
    query = select(bank_payer).where(_P.creditor == creditor).order_by(_P.customer, _P.account)
    with reading(engine) as connection:
        return tuple(
            KnownPayer(customer=row.customer, account=row.account, name=row.name)
            for row in connection.execute(query)
        )


def learn_payer(engine: Engine, creditor: str, payer: KnownPayer, entry_id: str) -> None:
    """Keep by which account and name a customer paid, once."""
    new = insert(bank_payer).values(
        creditor=creditor,
        customer=payer.customer,
        account=payer.account,
        name=payer.name,
        learned_from=entry_id,
    )
    with engine.begin() as connection:
        connection.execute(new.on_conflict_do_nothing())


def unlearn_payer(engine: Engine, creditor: str, entry_id: str) -> None:
    """Forget what was learned from an entry."""
    mine = (_P.creditor == creditor) & (_P.learned_from == entry_id)
    with engine.begin() as connection:
        connection.execute(delete(bank_payer).where(mine))
