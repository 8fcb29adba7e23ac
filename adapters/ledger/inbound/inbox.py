"""The inbox: unsettled answers and events, and whose they are, read without a lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Engine,
    Row,
    Select,
    case,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy import update as change

from activities.ports.incoming import Reply, ReplyKind
from activities.ports.incoming_ports import AccountId, Kept, ProviderReports, State
from activities.ports.types import Task
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added, uuid_of
from adapters.ledger.customers.consent import holders, mail_holders
from adapters.ledger.inbound.incoming import forget_strangers
from adapters.ledger.inbound.outcomes import EVENTS, settle_incoming, told_of_row
from adapters.ledger.outbound.unheard import unheard
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.channels import event_outcome, reply
from adapters.ledger.tables.desk import task as task_table
from adapters.ledger.tables.outbound import (
    outbound_attempt,
    outbound_item,
    outbound_message,
    provider_event,
)
from adapters.ledger.tasks.desk import put_task, task_row

_PAGE = 500
_SLACK = timedelta(minutes=10)
"""A row may be committed so much later than it was written."""

_E, _O, _R, _M = provider_event.c, event_outcome.c, reply.c, outbound_message.c
_C, _I = case_file.c, outbound_item.c
_NOW = func.clock_timestamp()
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_OUR_ID = case((_E.message_id.regexp_match(_UUID), cast(_E.message_id, _M.id.type)), else_=null())
_IS_OURS = exists().where(_M.id == _OUR_ID)
_URGENT = case((_R.sort.in_([ReplyKind.STOP.value, ReplyKind.START.value]), 0), else_=1)
_REPLY = tuple(name for name in Reply.__dataclass_fields__ if name not in ("sort", "raw"))


class SqlInbox:
    """The inbox in PostgreSQL.

    It remembers up to when everything was dealt with, so that the next round need not look at all
    events there ever were; the first round of a process does.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._settled_until: datetime | None = None

    def replies(self) -> Iterator[Kept]:
        """List new answers, wishes to be left alone first, then oldest first."""
        mark = (_URGENT, _R.recorded_at, _R.key)
        query = select(*(_R[name] for name in _REPLY), _R.sort, _R.creditor, _R.customer)
        query = query.add_columns(_URGENT.label("rank"), _R.recorded_at)
        query = query.where(_R.state == "new").order_by(*mark).limit(_PAGE)
        last: tuple[Any, ...] | None = None
        while page := self._rows(query.where(tuple_(*mark) > last) if last else query):
            yield from map(_kept, page)
            last = (page[-1].rank, page[-1].recorded_at, page[-1].key)

    def events(self, grace: timedelta) -> Iterator[ProviderReports]:
        """List unsettled reports, oldest first; those of no message only after a grace."""
        began: datetime = self._rows(select(_NOW.label("now")))[0].now
        mark = (_E.recorded_at, _E.dedupe_key)
        every = EVENTS.where(_O.dedupe_key.is_(None)).order_by(*mark).limit(_PAGE)
        if self._settled_until:
            every = every.where(_E.recorded_at >= self._settled_until)
        query = every.where(or_(_E.message_id == "", _IS_OURS, _E.recorded_at <= _NOW - grace))
        last: tuple[Any, ...] | None = None
        while page := self._rows(query.where(tuple_(*mark) > last) if last else query):
            yield from map(told_of_row, page)
            last = (page[-1].recorded_at, page[-1].dedupe_key)
        self._settled_until = self._oldest_left(every, began - _SLACK)

    def owner_of(self, message_id: str) -> AccountId | None:
        """Find whose message it is; None if there is no such message (yet)."""
        known = uuid_of(message_id)
        if known is None:
            return None
        found = self._rows(select(_M.creditor, _M.customer).where(_M.id == known))
        return (found[0].creditor, found[0].customer) if found else None

    def a_case_of(self, whose: AccountId, message_id: str = "") -> str | None:
        """Find one case of an account, of those that a message speaks of if it names one."""
        creditor, customer = whose
        query = select(_C.case_id).where(_C.creditor == creditor, _C.customer == customer)
        known = uuid_of(message_id)
        if known:
            query = query.join(outbound_item, _I.case_id == _C.case_id)
            query = query.where(_I.message_id == known)
        found = self._rows(query.order_by(_C.outcome != "", _C.due, _C.case_id).limit(1))
        return found[0].case_id if found else None

    def known_by(self, point: str) -> tuple[AccountId, ...]:
        """List the accounts that are reached by a number or an e-mail address."""
        reached = mail_holders if "@" in point else holders
        return reached(self._engine, point) if point else ()

    def newest_to(self, channel: str, point: str) -> tuple[AccountId, str] | None:
        """Find the newest message on a channel to an address, and whose it is."""
        if not point:
            return None
        a = outbound_attempt.c
        query = select(_M.creditor, _M.customer, _M.id).join(
            outbound_attempt, a.message_id == _M.id
        )
        there = func.lower(a.recipient) == point.lower()
        query = query.where(a.channel == channel, there, a.result != "rejected")
        found = self._rows(query.order_by(a.id.desc()).limit(1))
        return ((found[0].creditor, found[0].customer), found[0].id) if found else None

    def set_aside(self, told: ProviderReports, state: State, task: Task | None = None) -> None:
        """Write down what became of an event of no account, and tell a person where asked."""
        with self._engine.begin() as connection:
            settle_incoming(connection, [told.key], state)
            if task:
                added(connection, task_table, **task_row(task))

    def lay_aside(self, key: str, state: State, task: Task | None = None) -> None:
        """The same with an answer."""
        done = change(reply).where(_R.key == key).values(state=state.value)
        with self._engine.begin() as connection:
            connection.execute(done)
            if task:
                added(connection, task_table, **task_row(task))

    def forget_strangers(self) -> int:
        """Empty old answers that belong to no customer; answers how many."""
        return forget_strangers(self._engine)

    def unheard(self, channels: Sequence[str]) -> int:
        """Count the messages of these channels that nothing was reported about for days."""
        return unheard(self._engine, channels)

    def complain(self, task: Task) -> None:
        """Put something on the desk, outside of any account's lock."""
        put_task(self._engine, task)

    def _oldest_left(self, query: Select[Any], at_least: datetime) -> datetime:
        left = self._rows(query.limit(1))
        return min(left[0].recorded_at, at_least) if left else at_least

    def _rows(self, query: Any) -> list[Row[Any]]:
        with reading(self._engine) as connection:
            return list(connection.execute(query).all())


def _kept(row: Row[Any]) -> Kept:
    told = {name: getattr(row, name) for name in _REPLY}
    whose = (row.creditor, row.customer) if row.customer else None
    sort = (
        ReplyKind(row.sort) if row.sort in set(ReplyKind) else ReplyKind.UNROUTED
    )  # a person looks at it
    return Kept(reply=Reply(sort=sort, **told), account=whose)
