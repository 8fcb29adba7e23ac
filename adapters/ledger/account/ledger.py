"""Opens accounts: one transaction, one lock, committed when the work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among, locking, out_of_reach
from adapters.ledger.customers import credit
from adapters.ledger.customers.contact_points import OTHERS
from adapters.ledger.policies import policies
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account
from domain.credit.model import Credit
from domain.policy.model import CREDIT_RULES, CreditRules

_MINE = (account.c.creditor == case_file.c.creditor) & (account.c.customer == case_file.c.customer)

# Built once: putting a query together costs more than asking it.
_ACCOUNT_OF = (
    select(account, OTHERS)
    .join(case_file, _MINE)
    .where(case_file.c.case_id == bindparam("case"))
    .with_for_update(of=account, nowait=True)
)
_ACCOUNT = (
    select(account, OTHERS)
    .where(account.c.creditor == bindparam("creditor"))
    .where(account.c.customer == bindparam("customer"))
    .with_for_update()
)


class SqlLedger:
    """The ledger in PostgreSQL: accounts opened under their lock, and questions without one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def account_of(self, case_id: str) -> Iterator[SqlAccount]:
        """Lock the account of a case at once or not at all.

        Raises:
            BusyError: if somebody else holds the account.
            LookupError: if there is no such case.
        """
        with self._engine.begin() as connection:
            found = _locked(connection, _ACCOUNT_OF, case=case_id)
            if found is None:
                raise LookupError(f"there is no case {case_id}")
            yield SqlAccount(AccountScope(connection, found))

    @contextmanager
    def account(self, creditor: str, customer: str) -> Iterator[SqlAccount]:
        """Lock an account, made if there is none, waiting for it.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        with self._engine.begin() as connection:
            found = _locked(connection, _ACCOUNT, creditor=creditor, customer=customer)
            if found is None:
                _make(connection, creditor, customer)
                found = _locked(connection, _ACCOUNT, creditor=creditor, customer=customer)
            if found is None:
                raise LookupError(f"account {creditor}/{customer} was removed while it was opened")
            yield SqlAccount(AccountScope(connection, found))

    def customer_of(self, case_id: str) -> str | None:
        """Read the customer of a case without any lock; None if there is no such case."""
        query = select(case_file.c.customer).where(case_file.c.case_id == case_id)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none()

    def customers_of(self, case_ids: Sequence[str]) -> dict[str, str]:
        """Read whose these cases are, by case and in one look; what is no case is left out."""
        c = case_file.c
        query = select(c.case_id, c.customer).where(among(c.case_id, case_ids))
        with reading(self._engine) as connection:
            return {row.case_id: row.customer for row in connection.execute(query)}

    def is_out_of_reach(self, error: BaseException) -> bool:
        """Whether an error means that the ledger cannot be asked now, and nothing is wrong."""
        return out_of_reach(error)

    def credit_of(self, creditor: str, customer: str) -> tuple[Credit, CreditRules]:
        """Read a customer's credit and its terms; ok for a customer who is not known."""
        page = credit.credit_page(self._engine, creditor, customer, most=1)
        if page.rules is not CREDIT_RULES:
            return page.credit, page.rules
        chosen = policies.policy_for(self._engine, creditor, customer)
        return page.credit, chosen.credit if chosen else CREDIT_RULES


def _locked(connection: Connection, query: Select[Any], **which: str) -> RowMapping | None:
    with locking():
        return connection.execute(query, which).mappings().one_or_none()


def _make(connection: Connection, creditor: str, customer: str) -> None:
    """Somebody may be making the same account: then this waits for them, too."""
    fresh = insert(account).values(creditor=creditor, customer=customer)
    with locking():
        connection.execute(fresh.on_conflict_do_nothing())
