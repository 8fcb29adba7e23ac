"""Finds in PostgreSQL which customers the buyers of electronic invoices are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Engine, func, select

from activities.ports.einvoice.buyers import KnownBuyers
from activities.ports.types import Task
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import finish_begun, put_task


class SqlBuyerStore:
    """Finds customers by number, and keeps questions about invoices that cannot be opened."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self, creditor: str, ids: Collection[str], vats: Collection[str]) -> KnownBuyers:
        """Find customers by their ids, and by their VAT numbers without signs and spaces."""
        c = account.c
        plain = func.regexp_replace(func.upper(c.vat_id), "[^[:alnum:]]", "", "g")
        mine = c.creditor == creditor
        by_vat = defaultdict[str, list[str]](list)
        with reading(self._engine) as connection:
            found = connection.execute(select(c.customer).where(mine, c.customer.in_(ids)))
            known = frozenset(found.scalars())
            if vats:
                rows = select(plain, c.customer).where(mine, c.vat_id != "", plain.in_(vats))
                for vat, customer in connection.execute(rows.order_by(c.customer)):
                    by_vat[vat].append(customer)
        return KnownBuyers(ids=known, by_vat={vat: tuple(who) for vat, who in by_vat.items()})

    def payment_terms(self, creditor: str, customers: Collection[str]) -> dict[str, str]:
        """Read the terms that were agreed with customers, by id; of those that have any."""
        c = account.c
        mine = (c.creditor == creditor) & c.customer.in_(customers) & (c.payment_terms != "")
        with reading(self._engine) as connection:
            found = connection.execute(select(c.customer, c.payment_terms).where(mine))
            return {row.customer: row.payment_terms for row in found}

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key, outside of any account's lock."""
        return put_task(self._engine, task)

    def finish_tasks_beginning(self, beginning: str, note: str) -> bool:
        """Tick off the open tasks whose keys begin so; False if there is none."""
        return finish_begun(self._engine, beginning, note)
