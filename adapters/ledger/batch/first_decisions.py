"""First decisions of cases that were just opened, read and saved many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, bindparam, exists, select

from activities.ports.types import CaseFile
from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.pending_writes import PendingWrites
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.cases import cases, histories
from adapters.ledger.cases.holds import held
from adapters.ledger.core import codec
from adapters.ledger.core.sql import locking
from adapters.ledger.customers.contact_points import OTHERS
from adapters.ledger.customers.people import customer_of, debtor_of, find_creditor
from adapters.ledger.customers.shares import openings_of, shares_of
from adapters.ledger.interest.rates import rates_for
from adapters.ledger.tables.cases import case_file, deed, message, policy
from adapters.ledger.tables.people import account
from domain.parties.customer import Customer
from domain.parties.people import Creditor, Debtor

_Known = tuple[Debtor, Customer]
_C, _A = case_file.c, account.c
_MINE = (_C.creditor == bindparam("creditor")) & _C.case_id.in_(bindparam("cases", expanding=True))
_UNTOUCHED = (
    _C.decision.is_(None)
    & ~_C.parked
    & ~exists().where(message.c.case_id == _C.case_id)
    & ~exists().where(deed.c.case_id == _C.case_id)
)

# Built once: putting a query together costs more than asking it.
_ACCOUNTS = (
    select(account, OTHERS)
    .where(_A.creditor == bindparam("creditor"), _A.customer.in_(select(_C.customer).where(_MINE)))
    .order_by(_A.creditor, _A.customer)
    .with_for_update()
)
_NEW = (
    select(case_file, policy.c.body, held(bindparam("creditor")).label("on_hold"))
    .join(policy)
    .where(_MINE, _UNTOUCHED)
    .order_by(_C.case_id)
)


@contextmanager
def newcomers(
    engine: Engine, creditor: str, case_ids: Sequence[str]
) -> Iterator[dict[str, SqlAccount]]:
    """Open a creditor's new cases, each with its account; accounts are locked in id order.

    A case that has a decision already, was told something or had a deed is left out: it is new
    no more and has to be read by itself.

    Raises:
        BusyError: if somebody held one of the accounts for half a minute.
    """
    asked = {"creditor": creditor, "cases": list(case_ids)}
    with engine.begin() as connection:
        with locking():
            rows = connection.execute(_ACCOUNTS, asked).mappings().all()
        debtors = _debtors(connection, creditor, rows)
        files = _files(connection, creditor, debtors, asked)
        pending = PendingWrites()
        scopes = {row["customer"]: AccountScope(connection, row, pending) for row in rows}
        for customer, scope in scopes.items():
            mine = {one: file for one, file in files.items() if file.debtor.id == customer}
            scope.read_ahead(mine, debtors[customer][1])
        accounts = {customer: SqlAccount(scope) for customer, scope in scopes.items()}
        yield {case_id: accounts[file.debtor.id] for case_id, file in files.items()}
        pending.write(connection)


def _debtors(
    connection: Connection, creditor: str, rows: Sequence[RowMapping]
) -> dict[str, _Known]:
    names = [row["customer"] for row in rows]
    shares = shares_of(connection, creditor, names)
    openings = openings_of(connection, creditor, names)
    return {
        name: (
            debtor_of(row),
            replace(customer_of(row), shares=shares.get(name, ()), openings=openings.get(name, ())),
        )
        for name, row in zip(names, rows, strict=True)
    }


def _files(
    connection: Connection, creditor: str, debtors: dict[str, _Known], asked: dict[str, Any]
) -> dict[str, CaseFile]:
    company = find_creditor(connection, creditor) or Creditor(id=creditor)
    rows = connection.execute(_NEW, asked).mappings().all()
    known = histories.by_instants(connection, creditor, list(debtors))
    rates = rates_for(connection, (codec.read_policy(row["body"]) for row in rows))
    files = (_file(row, company, debtors, known) for row in rows)
    return {file.invoice.case_id: replace(file, rates=rates) for file in files}


def _file(
    row: RowMapping,
    company: Creditor,
    debtors: dict[str, _Known],
    known: dict[str, histories.HistoryAt],
) -> CaseFile:
    return CaseFile(
        invoice=cases.invoice_of(row),
        debtor=debtors[row["customer"]][0],
        creditor=company,
        policy=codec.read_policy(row["body"]),
        history=known[row["customer"]](row["opened_at"]),
        on_hold=row["on_hold"],
        customer=debtors[row["customer"]][1],
    )
