"""Opens many cases at once: a whole file in one transaction, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from activities.cases.announcing import limit_passed, opened
from activities.ports.events import DomainEvent
from activities.ports.stores.batches import CaseOpening, OpenedMany
from activities.ports.types import ConflictError
from adapters.ledger.cases.cases import decided, new_row, put_policy
from adapters.ledger.core.events import announce_many
from adapters.ledger.core.sql import locking
from adapters.ledger.customers.limits import pass_limits
from adapters.ledger.customers.sources import tell_debtors
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.people import account
from domain.parties.people import Debtor
from domain.parties.sources import Teller

_SHOWN = 5


def open_many(
    engine: Engine,
    creditor: str,
    openings: Sequence[CaseOpening],
    debtors: Sequence[Debtor],
    teller: Teller,
) -> OpenedMany:
    """Open many cases of one creditor, with what a list tells about its customers.

    Raises:
        ConflictError: if a number was opened with other content; then nothing was opened.
        BusyError: if somebody held one of the accounts for half a minute.
    """
    wanted = {opening.invoice.case_id: opening for opening in openings}
    if not wanted and not debtors:
        return OpenedMany(new=(), known=())
    with engine.begin() as connection, locking():
        believed = tell_debtors(connection, creditor, debtors, teller)
        if not wanted:
            return OpenedMany(new=(), known=(), believed=believed)
        _lock(connection, creditor, {o.invoice.customer for o in openings})
        rows = _rows(connection, openings)
        new = set(_insert(connection, rows))
        fresh = [o for o in openings if o.invoice.case_id in new]
        told = [opened(one.invoice) for one in fresh]
        announce_many(connection, [*told, *_passed(connection, fresh)])
        _refuse_conflicts(connection, [row for row in rows if row["case_id"] not in new])
    same = tuple(case_id for case_id in wanted if case_id not in new)
    fresh_ids = tuple(case_id for case_id in wanted if case_id in new)
    return OpenedMany(new=fresh_ids, known=same, believed=believed)


def _passed(connection: Connection, fresh: Sequence[CaseOpening]) -> list[DomainEvent]:
    """The credit limits that these invoices pass together, by what is still open of them."""
    if not fresh:
        return []
    risen, settled = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in fresh:
        invoice = one.invoice
        which, paid = (invoice.customer, invoice.amount.currency), one.settled_minor
        risen[which] += invoice.amount.minor - paid
        settled[which] += paid
    creditor, at = fresh[0].invoice.creditor, max(one.invoice.opened_at for one in fresh)
    still = {which: minor for which, minor in risen.items() if minor > 0}
    passed = pass_limits(connection, creditor, still, settled)
    return [limit_passed(creditor, one, at) for one in passed]


def _lock(connection: Connection, creditor: str, customers: Iterable[str]) -> None:
    """All accounts, made where there are none, in id order: so nobody waits in a circle."""
    ordered = sorted(customers)
    bare = [{"creditor": creditor, "customer": customer} for customer in ordered]
    connection.execute(insert(account).on_conflict_do_nothing(), bare)
    mine = (account.c.creditor == creditor) & account.c.customer.in_(ordered)
    lock = select(account.c.customer).where(mine).order_by(account.c.creditor, account.c.customer)
    connection.execute(lock.with_for_update()).all()


def _rows(connection: Connection, openings: Sequence[CaseOpening]) -> list[dict[str, Any]]:
    policies = {o.policy: "" for o in openings}
    shas = {policy: put_policy(connection, policy) for policy in policies}
    return [new_row(o.invoice, shas[o.policy]) | decided(o.decision) for o in openings]


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> list[str]:
    row = insert(case_file).on_conflict_do_nothing().returning(case_file.c.case_id)
    return [new for (new,) in connection.execute(row, rows)]


def _refuse_conflicts(connection: Connection, known: list[dict[str, Any]]) -> None:
    c = case_file.c
    content = [(row["case_id"], row["content_sha"]) for row in known]
    same = select(c.case_id).where(tuple_(c.case_id, c.content_sha).in_(content))
    agreed = set(connection.execute(same).scalars())
    other = [case_id for case_id, _ in content if case_id not in agreed]
    if other:
        more = f" and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        raise ConflictError(
            "opened before with another customer, date, amount or reference: "
            f"{', '.join(other[:_SHOWN])}{more}; nothing was opened",
            tuple(other),
        )
