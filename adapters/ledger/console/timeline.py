"""A customer's timeline: whatever was said, sent, heard, paid or noted, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Engine, RowMapping, Select, Text, cast, func, select

from activities.ports.stores.console.looking import EntryKind, TimelineEntry
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, deed, message
from adapters.ledger.tables.channels import reply
from adapters.ledger.tables.console import note
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.money import payment
from adapters.ledger.tables.outbound import outbound_item, outbound_message, provider_event
from adapters.ledger.tables.people import account_flag, credit_change
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.tasks import TaskState

_C, _M, _D, _N, _T = case_file.c, message.c, deed.c, note.c, task.c
_O, _I, _E, _R, _P = outbound_message.c, outbound_item.c, provider_event.c, reply.c, payment.c
_F, _K = account_flag.c, credit_change.c
_UNTOLD = (MessageType.NUDGE, MessageType.PAYMENT, MessageType.CONTACT_NEWS)
"""What other entries tell already, or what only wakes a case."""

_TEXTS = ("what", "case_id", "who", "text", "channel", "result")
Query = Select[Any]


def customer_timeline(
    engine: Engine, creditor: str, customer: str, before: datetime | None, limit: int
) -> tuple[TimelineEntry, ...]:
    """Read what happened with a customer, newest first, before an instant."""
    found: list[TimelineEntry] = []
    with reading(engine) as connection:
        for kind, make in _SOURCES.items():
            query, at = make(creditor, customer)
            page = query.add_columns(at.label("at")).order_by(at.desc()).limit(limit)
            if before is not None:
                page = page.where(at < before)
            found += [_entry(kind, row) for row in connection.execute(page).mappings()]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:limit])


def _entry(kind: EntryKind, row: RowMapping) -> TimelineEntry:
    told: dict[str, Any] = {name: row[name] for name in _TEXTS if row.get(name)}
    amount = row.get("amount")
    more = {name: row[name] for name in ("day", "count") if row.get(name)}
    money = Money(int(amount), row["currency"]) if amount is not None and row["currency"] else None
    return TimelineEntry(at=row["at"], kind=kind, amount=money, **{"what": "", **told}, **more)


def _mine(table: Any, creditor: str, customer: str) -> ColumnElement[bool]:
    both: ColumnElement[bool] = (table.creditor == creditor) & (table.customer == customer)
    return both


def _said(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    told = func.coalesce(func.nullif(_M.note, ""), _M.answer).label("text")
    query = select(
        *(_M.kind.label("what"), _M.case_id, _M.by_whom.label("who"), told, _M.channel),
        *(_M.amount, _C.currency, _M.day),
        func.coalesce(func.nullif(_M.reason, ""), _M.status).label("result"),
    ).join(case_file, _C.case_id == _M.case_id)
    wanted = _mine(_C, creditor, customer) & _M.kind.not_in([one.value for one in _UNTOLD])
    return query.where(wanted), _M.at


def _done(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    step = func.coalesce(func.nullif(_D.step, ""), _D.do).label("what")
    query = select(step, _D.case_id, _D.why.label("text"), _D.channel, _D.result)
    return query.join(case_file, _C.case_id == _D.case_id).where(_mine(_C, creditor, customer)), (
        _D.at
    )


def _heard(creditor: str, customer: str) -> tuple[Query, Any]:
    """What providers told, once for each kind: a mail may be opened a hundred times."""
    at = func.max(func.coalesce(_E.at, _E.recorded_at)).label("heard_at")
    some = (
        select(_O.id, _O.channel, _E.kind, at, func.count().label("count"))
        .join(provider_event, cast(_O.id, Text) == _E.message_id)
        .where(_mine(_O, creditor, customer))
        .group_by(_O.id, _E.kind)
        .subquery()
    )
    about = func.min(_I.case_id).label("case_id")
    step = func.min(_I.step).label("text")
    query = (
        select(some.c.kind.label("what"), some.c.count, some.c.channel, about, step)
        .join(outbound_item, _I.message_id == some.c.id)
        .group_by(some.c.id, some.c.kind, some.c.count, some.c.channel, some.c.heard_at)
    )
    return query, some.c.heard_at


def _replies(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    words = func.left(_R.said, 600).label("text")
    query = select(_R.sort.label("what"), _R.case_id, _R.sender.label("who"), words, _R.channel)
    return query.where(_mine(_R, creditor, customer)), _R.at


def _payments(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    query = select(_P.kind.label("what"), _P.source.label("who"), _P.note.label("text"))
    more = query.add_columns(_P.amount, _P.currency)
    return more.where(_mine(_P, creditor, customer)), _P.at


def _notes(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    query = select(_N.case_id, _N.by_whom.label("who"), _N.said.label("text"))
    return query.where(_mine(_N, creditor, customer)), _N.recorded_at


def _tasks(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    words = (_T.title + func.coalesce(": " + func.nullif(_T.done_note, ""), "")).label("text")
    query = select(_T.kind.label("what"), _T.case_id, _T.done_by.label("who"), words)
    mine = query.join(case_file, _C.case_id == _T.case_id).where(_T.status == TaskState.DONE)
    return mine.where(_mine(_C, creditor, customer)), _T.done_at


def _credit(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    query = select(_K.after.label("what"), _K.by_whom.label("who"), _K.why.label("text"))
    return query.where(_mine(_K, creditor, customer)), _K.at


def _flags(creditor: str, customer: str) -> tuple[Query, Column[Any]]:
    is_on = cast(_F.is_on, Text).label("result")
    query = select(_F.flag.label("what"), _F.by_whom.label("who"), _F.why.label("text"), is_on)
    return query.where(_mine(_F, creditor, customer)), _F.recorded_at


_SOURCES: dict[EntryKind, Callable[[str, str], tuple[Query, Any]]] = {
    EntryKind.SAID: _said,
    EntryKind.DONE: _done,
    EntryKind.HEARD: _heard,
    EntryKind.REPLY: _replies,
    EntryKind.PAYMENT: _payments,
    EntryKind.NOTE: _notes,
    EntryKind.TASK: _tasks,
    EntryKind.CREDIT: _credit,
    EntryKind.FLAG: _flags,
}
