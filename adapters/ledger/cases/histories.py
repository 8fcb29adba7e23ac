"""Histories of customers as figures over their cases: one account's, or many at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import accumulate

from sqlalchemy import Connection, bindparam, func, select

from adapters.ledger.tables.cases import case_file, deed, message
from domain.history.record import BROKEN_PROMISE
from domain.message_types import ActionType, MessageStatus, MessageType
from domain.policy.classes import RECENT, History

_Settled = list[tuple[datetime, int]]
_Done = list[tuple[str, str, datetime]]

_C = case_file.c
_OF_ACCOUNTS = (_C.creditor == bindparam("creditor")) & _C.customer.in_(
    bindparam("customers", expanding=True)
)
_SETTLED = _C.settled_at < bindparam("before")
_DEEDS_BEFORE = (
    select(_C.customer)
    .join(deed, case_file.c.case_id == deed.c.case_id)
    .where(_OF_ACCOUNTS, deed.c.at < bindparam("before"))
    .group_by(_C.customer)
)
# Each counted once, before the join: a planner without statistics counts them anew for each case.
_BROKEN = (
    _DEEDS_BEFORE.add_columns(func.count().label("times"))
    .where(deed.c.step.startswith(BROKEN_PROMISE))
    .cte("broken")
    .prefix_with("MATERIALIZED")
)
_GONE = (
    _DEEDS_BEFORE.add_columns(func.count(deed.c.case_id.distinct()).label("times"))
    .where(deed.c.do == ActionType.HAND_OFF.value)
    .cte("gone")
    .prefix_with("MATERIALIZED")
)


# Built once: putting a query together costs more than asking it.
_HISTORIES = (
    select(
        _C.customer,
        func.count().filter(_SETTLED).label("settled"),
        func.count().filter(_SETTLED, _C.days_late > 0).label("late"),
        func.coalesce(func.sum(_C.days_late).filter(_SETTLED), 0).label("days_late"),
        func.coalesce(func.max(_BROKEN.c.times), 0).label("broken_promises"),
        func.coalesce(func.max(_GONE.c.times), 0).label("handoffs"),
    )
    .outerjoin(_BROKEN, _BROKEN.c.customer == _C.customer)
    .outerjoin(_GONE, _GONE.c.customer == _C.customer)
    .where(_OF_ACCOUNTS)
    .group_by(_C.customer)
)


_ALL_SETTLED = select(_C.customer, _C.settled_at, _C.days_late).where(
    _OF_ACCOUNTS, _C.settled_at.is_not(None)
)
_ALL_DEEDS = (
    select(_C.customer, deed.c.case_id, deed.c.step, deed.c.at)
    .join(case_file, case_file.c.case_id == deed.c.case_id)
    .where(
        _OF_ACCOUNTS,
        deed.c.step.startswith(BROKEN_PROMISE) | (deed.c.do == ActionType.HAND_OFF.value),
    )
)


def history(connection: Connection, creditor: str, customer: str, before: datetime) -> History:
    """Read what the cases of an account showed about the customer before an instant.

    A case keeps the class that its customer had when it was opened, so that the ladder does not
    change under it: the instant is its opening.
    """
    return histories(connection, creditor, [customer], before)[customer]


def histories(
    connection: Connection, creditor: str, customers: list[str], before: datetime
) -> dict[str, History]:
    """Read the histories of many accounts of one creditor, by customer."""
    given = {"creditor": creditor, "customers": customers, "before": before}
    found = {customer: History() for customer in customers}
    for row in connection.execute(_HISTORIES, given).mappings():
        counted = {name: int(count) for name, count in row.items() if name != "customer"}
        found[row["customer"]] = History(**counted)
    return found


_BEFORE = _OF_ACCOUNTS & _SETTLED
_LAST = select(_C.days_late).where(_BEFORE).order_by(_C.settled_at.desc(), _C.days_late.desc())
_RECENT = _LAST.limit(RECENT).subquery()
_TREND = select(
    func.count().label("recent"), func.coalesce(func.sum(_RECENT.c.days_late), 0).label("days")
).select_from(_RECENT)
_PROMISES = select(
    func.coalesce(func.sum(_C.promises_made), 0), func.coalesce(func.sum(_C.promises_kept), 0)
).where(_OF_ACCOUNTS)
_DISPUTES = (
    select(func.count())
    .select_from(message.join(case_file))
    .where(
        _OF_ACCOUNTS,
        message.c.kind == MessageType.DISPUTE_OPENED.value,
        message.c.status == MessageStatus.APPLIED,
        message.c.at < bindparam("before"),
    )
)


def full_history(connection: Connection, creditor: str, customer: str, before: datetime) -> History:
    """Read the history with all that people want to know, without any lock.

    What decides the class is the same as in ``history``; promises are counted as they stand.
    """
    given = {"creditor": creditor, "customers": [customer], "before": before}
    plain = history(connection, creditor, customer, before)
    recent, days = connection.execute(_TREND, given).one()
    made, kept = connection.execute(_PROMISES, given).one()
    return replace(
        plain,
        recent=recent,
        recent_days_late=int(days),
        promises_made=int(made),
        promises_kept=int(kept),
        disputes=connection.execute(_DISPUTES, given).scalar_one(),
    )


HistoryAt = Callable[[datetime], History]
"""Tells what the cases of an account had shown before an instant (UTC)."""


def by_instant(connection: Connection, creditor: str, customer: str) -> HistoryAt:
    """Prepare one account's history at any instant, from a single look at all of its cases."""
    return by_instants(connection, creditor, [customer])[customer]


def by_instants(
    connection: Connection, creditor: str, customers: Sequence[str]
) -> dict[str, HistoryAt]:
    """Prepare the histories of many accounts, by customer: a file opens cases at many instants."""
    given = {"creditor": creditor, "customers": list(customers)}
    settled, done = defaultdict[str, _Settled](list), defaultdict[str, _Done](list)
    for customer, at, late in connection.execute(_ALL_SETTLED, given):
        settled[customer].append((at, late))
    for customer, case_id, step, at in connection.execute(_ALL_DEEDS, given):
        done[customer].append((case_id, step, at))
    return {one: _at_instants(sorted(settled[one]), done[one]) for one in customers}


def _at_instants(settled: _Settled, done: _Done) -> HistoryAt:
    broken = sorted(at for _, step, at in done if step.startswith(BROKEN_PROMISE))
    gone: dict[str, datetime] = {}
    for case_id, step, at in done:
        if not step.startswith(BROKEN_PROMISE):
            gone[case_id] = min(at, gone.get(case_id, at))
    handoffs, instants = sorted(gone.values()), [at for at, _ in settled]
    late = list(accumulate((days > 0 for _, days in settled), initial=0))
    days_late = list(accumulate((days for _, days in settled), initial=0))

    def at_instant(before: datetime) -> History:
        known = bisect_left(instants, before)
        return History(
            settled=known,
            late=late[known],
            days_late=days_late[known],
            broken_promises=bisect_left(broken, before),
            handoffs=bisect_left(handoffs, before),
        )

    return lru_cache(maxsize=None)(at_instant)
