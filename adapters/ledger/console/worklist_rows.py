"""What a collector wants to know of the customers of one page: money, work, the next step."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from activities.ports.stores.console.worklist import WaitingTask, WorklistSums
from adapters.ledger.core.sql import among
from adapters.ledger.tables.cases import NOT_YET_SEEN, case_file, message
from adapters.ledger.tables.desk import task
from domain.message_types import Stage
from domain.money import Money
from domain.parties.escalation import TOLD
from domain.parties.tasks import TaskState

_C, _M, _T = case_file.c, message.c, task.c


def details_of(
    connection: Connection, creditor: str, customers: list[str], now: datetime
) -> dict[str, dict[str, Any]]:
    """Read the details of these customers, in three queries."""
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"sums": (), "task": None, "next_at": None, "next_step": ""}
    )
    for customer, sums in _sums(connection, creditor, customers, now).items():
        found[customer]["sums"] = tuple(sums)
    for customer, one in _tasks(connection, creditor, customers).items():
        found[customer]["task"] = one
    for customer, (at, step) in _next_steps(connection, creditor, customers).items():
        found[customer].update(next_at=at, next_step=step)
    return found


def _sums(
    connection: Connection, creditor: str, customers: list[str], now: datetime
) -> dict[str, list[WorklistSums]]:
    promised = func.sum(_C.open).filter(_C.stage == Stage.PROMISED)
    query = (
        select(
            *(_C.customer, _C.currency, func.count().label("invoices")),
            func.min(_C.due).label("oldest"),
            func.sum(_C.open).label("open"),
            func.coalesce(func.sum(_C.open).filter(_C.due < now.date()), 0).label("overdue"),
            func.sum(_C.disputed).label("disputed"),
            func.coalesce(promised, 0).label("promised"),
        )
        .where(_C.creditor == creditor, among(_C.customer, customers))
        .where(_C.outcome == "", ~_C.withdrawn, _C.open > 0)
        .group_by(_C.customer, _C.currency)
        .order_by(_C.customer, _C.currency)
    )
    found: dict[str, list[WorklistSums]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        sums: dict[str, Any] = {
            name: Money(int(row[name]), row["currency"])
            for name in ("open", "overdue", "disputed", "promised")
        }
        plain = {"invoices": row["invoices"], "oldest": row["oldest"]}
        found[row["customer"]].append(WorklistSums(**sums, **plain))
    return found


def _tasks(connection: Connection, creditor: str, customers: list[str]) -> dict[str, WaitingTask]:
    due = func.coalesce(_T.due_at, _T.created_at)
    query = (
        select(_C.customer, _T.key, _T.kind, _T.title, _T.owner, _T.due_at, _T.passed_on)
        .join(case_file, _C.case_id == _T.case_id)
        .where(_T.status == TaskState.OPEN, _C.creditor == creditor, among(_C.customer, customers))
        .ext(distinct_on(_C.customer))
        .order_by(_C.customer, (_T.passed_on >= TOLD).desc(), due, _T.key)
    )
    told = tuple(WaitingTask.__dataclass_fields__)
    return {
        row["customer"]: WaitingTask(**{name: row[name] for name in told})
        for row in connection.execute(query).mappings()
    }


def _next_steps(
    connection: Connection, creditor: str, customers: list[str]
) -> dict[str, tuple[datetime, str]]:
    step = func.coalesce(func.nullif(_C.next_step, ""), _C.next_do).label("step")
    # Where something was said since, what had come next may not come any more.
    has_news = exists().where(NOT_YET_SEEN)
    query = (
        select(_C.customer, _C.next_at, step)
        .where(_C.creditor == creditor, among(_C.customer, customers))
        .where(or_(_C.outcome == "", _C.next_do != "wait"), _C.next_at.is_not(None), ~_C.parked)
        .where(~has_news)
        .ext(distinct_on(_C.customer))
        .order_by(_C.customer, _C.next_at)
    )
    return {row.customer: (row.next_at, row.step) for row in connection.execute(query)}
