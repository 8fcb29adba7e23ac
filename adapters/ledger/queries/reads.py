"""Queries about cases: lists, single files, and attempts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Engine,
    RowMapping,
    Select,
    bindparam,
    cast,
    exists,
    func,
    null,
    select,
    tuple_,
)

from activities.ports.stores.cases import Attempt, CaseFilter, CaseRow, NextStep
from activities.ports.types import CaseFile, RecordedMessage
from adapters.ledger.cases import cases, messages, read_many
from adapters.ledger.core.engine import reading, snapshot
from adapters.ledger.core.sql import among, among_given
from adapters.ledger.customers import contacts
from adapters.ledger.customers.contact_points import OTHERS
from adapters.ledger.customers.people import debtor_of
from adapters.ledger.tables.cases import NOT_YET_SEEN, case_file, policy
from adapters.ledger.tables.outbound import outbound_attempt, outbound_item, outbound_message
from adapters.ledger.tables.people import account
from domain.case.model import Deed
from domain.money import Money

_MONEY = ("amount", "paid", "credited", "written_off", "open", "surplus", "disputed", "costs_left")
_PLAIN = tuple(
    name
    for name in CaseRow.__dataclass_fields__
    if name not in (*_MONEY, "customer_name", "policy")
)


_OWES = (case_file.c.open + case_file.c.costs_left > 0, case_file.c.outcome == "")


def find_cases(engine: Engine, wanted: CaseFilter | None = None) -> tuple[CaseRow, ...]:
    """List cases by due date, a page at a time."""
    query = _filtered(wanted or CaseFilter())
    with reading(engine) as connection:
        return tuple(_case_row(row) for row in connection.execute(query).mappings())


def cases_owing(
    engine: Engine, creditor: str, customers: Sequence[str], each: int
) -> tuple[CaseRow, ...]:
    """List what some customers owe by due date, of each so many at most."""
    c = case_file.c
    place = func.row_number().over(partition_by=c.customer, order_by=(c.due, c.case_id))
    mine = (c.creditor == creditor) & among(c.customer, customers)
    first = select(c.case_id, place.label("place")).where(mine, *_OWES).subquery()
    query = _cases().join(first, c.case_id == first.c.case_id).where(first.c.place <= each)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(c.due, c.case_id)).mappings()
        return tuple(_case_row(row) for row in rows)


def case_row(engine: Engine, case_id: str) -> CaseRow | None:
    """Read one case as a line, or None."""
    query = _cases().where(case_file.c.case_id == case_id)
    with reading(engine) as connection:
        row = connection.execute(query).mappings().one_or_none()
    return _case_row(row) if row else None


def case_rows(engine: Engine, case_ids: Sequence[str]) -> tuple[CaseRow, ...]:
    """Read those of these cases that there are, as lines."""
    with reading(engine) as connection:
        rows = connection.execute(_ROWS, {"cases": list(case_ids)}).mappings()
        return tuple(_case_row(row) for row in rows)


def case_count(engine: Engine, creditor: str = "") -> int:
    """Count the cases of one creditor or of all."""
    query = select(func.count()).select_from(case_file)
    if creditor:
        query = query.where(case_file.c.creditor == creditor)
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


def open_case_ids(engine: Engine, creditor: str) -> tuple[str, ...]:
    """List the ids of a creditor's cases with something open, oldest due date first."""
    c = case_file.c
    query = select(c.case_id).where(c.creditor == creditor, c.open > 0, ~c.withdrawn)
    with reading(engine) as connection:
        return tuple(connection.execute(query.order_by(c.due, c.case_id)).scalars())


def open_ids_of(engine: Engine, creditor: str, customer: str, limit: int) -> tuple[str, ...]:
    """List the ids of a customer's cases that are not over, so many at most."""
    c = case_file.c
    mine = (c.creditor == creditor) & (c.customer == customer) & (c.outcome == "")
    query = select(c.case_id).where(mine).order_by(c.case_id).limit(limit)
    with reading(engine) as connection:
        return tuple(connection.execute(query).scalars())


_MINE = (account.c.creditor == case_file.c.creditor) & (account.c.customer == case_file.c.customer)
# Built once: putting a query together costs more than asking it.
_ACCOUNT_OF = (
    select(account, OTHERS).join(case_file, _MINE).where(case_file.c.case_id == bindparam("case"))
)


def file_of(engine: Engine, case_id: str) -> CaseFile | None:
    """Read everything about a case at one instant, to look at and never to act on."""
    with snapshot(engine) as connection:
        row = connection.execute(_ACCOUNT_OF, {"case": case_id}).mappings().one_or_none()
        if row is None:
            return None
        debtor, customer = debtor_of(row), contacts.as_one(connection, row)
        return cases.read_case(connection, row["creditor"], debtor, case_id, customer)


def files_of(engine: Engine, case_ids: Sequence[str]) -> Iterator[CaseFile]:
    """Read the files of many cases, account by account, in a handful of queries each."""
    query = select(account, OTHERS, case_file.c.case_id).join(case_file, _MINE)
    with snapshot(engine) as connection:
        found = connection.execute(query.where(among(case_file.c.case_id, case_ids))).mappings()
        accounts: dict[tuple[str, str], list[RowMapping]] = defaultdict(list)
        for row in found.all():
            accounts[row["creditor"], row["customer"]].append(row)
        for (creditor, _), rows in sorted(accounts.items()):
            debtor, customer = debtor_of(rows[0]), contacts.as_one(connection, rows[0])
            wanted = sorted(row["case_id"] for row in rows)
            yield from read_many.read_cases(connection, creditor, debtor, customer, wanted).values()


def next_steps(engine: Engine, creditor: str, customer: str) -> dict[str, NextStep]:
    """Read what each case of an account does next, by case id."""
    c = case_file.c
    unseen = exists().where(NOT_YET_SEEN)
    named = (c.case_id, c.decision_number, c.next_at, c.next_step, unseen.label("has_news"))
    query = select(*named)
    mine = query.where(c.creditor == creditor, c.customer == customer)
    with reading(engine) as connection:
        return {
            row.case_id: NextStep(
                number=row.decision_number,
                at=row.next_at,
                step=row.next_step,
                has_news=row.has_news,
            )
            for row in connection.execute(mine)
        }


def messages_of(engine: Engine, case_id: str) -> tuple[RecordedMessage, ...]:
    """Read the messages to a case, in the order they were recorded."""
    with reading(engine) as connection:
        return messages.recorded_messages(connection, case_id)


def deeds_of(engine: Engine, case_id: str) -> tuple[Deed, ...]:
    """Read the deeds of a case, in the order they were recorded."""
    with reading(engine) as connection:
        return messages.deeds(connection, case_id)


def attempts_of(engine: Engine, case_id: str) -> tuple[Attempt, ...]:
    """List every attempt to reach the debtor about a case, in order, in flight or not."""
    with reading(engine) as connection:
        rows = connection.execute(_ATTEMPTS, {"case": case_id}).mappings()
        found = [Attempt(**row) for row in rows]
    return tuple(sorted(found, key=lambda a: (a.since is None, a.since, a.attempt)))


def sent_to(engine: Engine, case_id: str) -> dict[tuple[str, int], str]:
    """Read where each message about a case went, by step and episode."""
    i, m = outbound_item.c, outbound_message.c
    query = select(i.step, i.episode, m.recipient).join(outbound_message, m.id == i.message_id)
    with reading(engine) as connection:
        rows = connection.execute(query.where(i.case_id == case_id, m.recipient != ""))
        return {(row.step, row.episode): row.recipient for row in rows}


def _cases() -> Select[Any]:
    named = (account.c.name.label("customer_name"), policy.c.name.label("policy_name"))
    return select(case_file, *named).join(account, _MINE).join(policy)


_ROWS = _cases().where(among_given(case_file.c.case_id, "cases")).order_by(case_file.c.case_id)


def _filtered(wanted: CaseFilter) -> Select[Any]:
    c = case_file.c
    query = _cases().order_by(c.due, c.case_id).limit(wanted.limit)
    for name in ("creditor", "customer", "number", "stage"):
        if value := getattr(wanted, name):
            query = query.where(c[name] == value)
    if wanted.open_only:
        query = query.where(*_OWES)
    if wanted.after:
        last = select(c.due, c.case_id).where(c.case_id == wanted.after).scalar_subquery()
        query = query.where(tuple_(c.due, c.case_id) > last)
    return _due_within(query, wanted)


def _due_within(query: Select[Any], wanted: CaseFilter) -> Select[Any]:
    if wanted.due_from:
        query = query.where(case_file.c.due >= wanted.due_from)
    if wanted.due_until:
        query = query.where(case_file.c.due <= wanted.due_until)
    return query


def _case_row(row: RowMapping) -> CaseRow:
    money: dict[str, Any] = {name: Money(row[name], row["currency"]) for name in _MONEY}
    plain = {name: row[name] for name in _PLAIN}
    names = {"customer_name": row["customer_name"], "policy": row["policy_name"]}
    return CaseRow(**money, **plain, **names)


def _landed() -> Select[Any]:
    i, m, a = outbound_item.c, outbound_message.c, outbound_attempt.c
    tried = (a.attempt, a.channel, a.recipient, a.result, a.provider_id, a.detail, a.since, a.at)
    return (
        select(i.step, i.episode, i.message_id, m.state, *tried)
        .join(outbound_message, m.id == i.message_id)
        .join(outbound_attempt, a.message_id == m.id)
        .where(i.case_id == bindparam("case"))
    )


def _flying() -> Select[Any]:
    i, m, a = outbound_item.c, outbound_message.c, outbound_attempt.c
    since, never = m.in_flight_since.label("since"), cast(null(), a.at.type).label("at")
    now = (m.attempt, m.channel, m.recipient, m.state.label("result"), m.provider_id, m.detail)
    return (
        select(i.step, i.episode, i.message_id, m.state, *now, since, never)
        .join(outbound_message, m.id == i.message_id)
        .where(i.case_id == bindparam("case"), m.state == "in_flight")
    )


# Built once: putting a query together costs more than asking it.
_ATTEMPTS = _landed().union_all(_flying())
