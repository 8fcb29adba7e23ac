"""What the points of customers are made of: one query over cases, one over tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, or_, select

from adapters.ledger.core.engine import snapshot
from adapters.ledger.core.sql import among
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.people import account
from domain.history.urgency import STANDING_STILL, UrgencyFacts
from domain.money import Money
from domain.parties.tasks import CALLS, TaskState

_C, _T, _A = case_file.c, task.c, account.c


def urgency_facts(
    engine: Engine,
    creditor: str,
    today: date,
    customers: Iterable[str] | None = None,
    asked: Mapping[str, bool] | None = None,
) -> Mapping[str, UrgencyFacts]:
    """Read the facts of all customers for whom there are any, or of some.

    ``asked`` tells of cases, by id, whether their money is asked for now, where that is known
    better than from their last decision.
    """
    some = None if customers is None else list(customers)
    of_now = asked or {}
    with snapshot(engine) as connection:
        money = _money(connection, (creditor, today, of_now), some)
        work = _work(connection, creditor, some)
        classes = _classes(connection, creditor, some)
    return {
        customer: UrgencyFacts(
            **money.get(customer, {}),
            **work.get(customer, {}),
            customer_class=classes.get(customer, ""),
        )
        for customer in {*money, *work}
    }


def _money(
    connection: Connection, what: tuple[str, date, Mapping[str, bool]], some: list[str] | None
) -> dict[str, dict[str, Any]]:
    creditor, today, of_now = what
    asked = func.sum(func.greatest(_C.open - _C.disputed, 0) + _C.costs_left).label("minor")
    oldest, broken = func.min(_C.due).label("oldest"), func.sum(_C.broken_promises).label("broken")
    query = select(_C.customer, _C.currency, asked, oldest, broken).where(
        *(_C.creditor == creditor, _C.outcome == "", ~_C.withdrawn, ~_C.parked),
        *(_C.due < today, _is_asked_for(of_now)),
    )
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(_of(query, some).group_by(_C.customer, _C.currency)):
        facts = found.setdefault(row.customer, {"overdue": (), "days": 0, "broken": 0})
        facts["overdue"] = (*facts["overdue"], Money(int(row.minor), row.currency))
        facts["days"] = max(facts["days"], (today - row.oldest).days)
        facts["broken"] += int(row.broken)
    return found


def _is_asked_for(of_now: Mapping[str, bool]) -> ColumnElement[bool]:
    by_decision = _C.stage.not_in([stage.value for stage in STANDING_STILL])
    if not of_now:
        return by_decision
    asked = [case_id for case_id, is_asked in of_now.items() if is_asked]
    return or_(among(_C.case_id, asked), by_decision & ~among(_C.case_id, list(of_now)))


def _work(
    connection: Connection, creditor: str, some: list[str] | None
) -> dict[str, dict[str, Any]]:
    due = func.coalesce(_T.due_at, _T.created_at)
    is_call = _T.kind.in_([kind.value for kind in CALLS])
    query = select(
        _C.customer,
        func.min(due).filter(is_call).label("call_at"),
        func.min(due).filter(~is_call).label("task_at"),
        func.max(_T.passed_on).label("passed_on"),
    ).join(case_file, _C.case_id == _T.case_id)
    mine = query.where(_T.status == TaskState.OPEN, _C.creditor == creditor)
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(_of(mine, some).group_by(_C.customer)):
        times: dict[str, datetime | None] = {"call_at": row.call_at, "task_at": row.task_at}
        found[row.customer] = {**times, "passed_on": row.passed_on > 0}
    return found


def _classes(connection: Connection, creditor: str, some: list[str] | None) -> dict[str, str]:
    query = select(_A.customer, _A.customer_class).where(
        _A.creditor == creditor, _A.customer_class != ""
    )
    if some is not None:
        query = query.where(among(_A.customer, some))
    return {row.customer: row.customer_class for row in connection.execute(query)}


def _of(query: Select[Any], some: list[str] | None) -> Select[Any]:
    return query if some is None else query.where(among(_C.customer, some))
