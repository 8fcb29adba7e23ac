"""What came back about a case's messages, and the answers themselves, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    null,
    select,
    tuple_,
    union_all,
)

from activities.ports.stores.replies import AnswerFilter, AnswerRow, HeardBack
from adapters.ledger.core.engine import reading
from adapters.ledger.inbound.files import files_by_reply
from adapters.ledger.tables.cases import case_file, evidence
from adapters.ledger.tables.channels import reply, reply_file
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.outbound import outbound_item, outbound_message, provider_event
from domain.parties.tasks import TaskKey, TaskKind, TaskState

_ANSWER = tuple(name for name in AnswerRow.__dataclass_fields__ if name != "files")
_E, _I, _M, _R = provider_event.c, outbound_item.c, outbound_message.c, reply.c
_C, _T = case_file.c, task.c
_MOST = 500
"""Lines of one case that are shown; engagement may be told thousands of times."""


def heard_back(engine: Engine, case_id: str) -> tuple[HeardBack, ...]:
    """List all reports and answers about a case's messages, by time."""
    with reading(engine) as connection:
        rows = connection.execute(_TOLD, {"case": case_id}).all()
        files = files_by_reply(connection, [row.key for row in rows if row.key])
        found = [replace(_line(row), files=files.get(row.key, ())) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.at, one.what)))


def list_answers(engine: Engine, wanted: AnswerFilter) -> tuple[AnswerRow, ...]:
    """List answers, newest first."""
    query = select(*(_R[name] for name in _ANSWER)).where(*_wanted(wanted))
    query = query.order_by(_R.at.desc(), _R.key.desc()).limit(wanted.limit)
    with reading(engine) as connection:
        return _rows(connection, query)


def _wanted(wanted: AnswerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.creditor:
        yield _R.creditor == wanted.creditor
    if wanted.unrouted:
        yield _R.state == "unmatched"
    if wanted.waiting:
        begun = TaskKey.beginning(TaskKind.REPLY)
        asked = select(func.substr(_T.key, len(begun) + 1))
        yield _R.key.in_(asked.where(_T.kind == TaskKind.REPLY, _T.status == TaskState.OPEN))
    if wanted.after:
        last = select(_R.at, _R.key).where(_R.key == wanted.after)
        yield tuple_(_R.at, _R.key) < last.scalar_subquery()


def find_answer(engine: Engine, key: str) -> AnswerRow | None:
    """Find one answer by its key; None if there is none."""
    query = select(*(_R[name] for name in _ANSWER)).where(_R.key == key)
    with reading(engine) as connection:
        return next(iter(_rows(connection, query)), None)


def answers_about(connection: Connection, case_id: str) -> tuple[AnswerRow, ...]:
    """List what a customer wrote about a case, oldest first: answers to its own letters."""
    mine = select(cast(_I.message_id, Text)).where(_I.case_id == case_id)
    about = (_R.case_id == case_id) | _R.message_id.in_(mine)
    owner = select(_C.creditor, _C.customer).where(_C.case_id == case_id)
    query = select(*(_R[name] for name in _ANSWER)).where(
        about, _R.sort == "reply", tuple_(_R.creditor, _R.customer).in_(owner)
    )
    return _rows(connection, query.order_by(_R.at, _R.key).limit(_MOST))


def content_of(engine: Engine, key: str, sha256: str) -> bytes | None:
    """Read a file that came with an answer, here or with its case; None if there is none."""
    f, e = reply_file.c, evidence.c
    mine = (f.reply == key) & (f.sha256 == sha256)
    here = select(f.body).where(mine, func.octet_length(f.body) > 0)
    there = select(e.body).join(reply_file, f.sha256 == e.sha256).join(reply, _R.key == f.reply)
    item = outbound_item.c
    about = select(item.case_id).where(cast(item.message_id, Text) == _R.message_id)
    there = there.where(mine, (e.case_id == _R.case_id) | e.case_id.in_(about))
    with reading(engine) as connection:
        for query in (here, there.where(func.octet_length(e.body) > 0).limit(1)):
            found = connection.execute(query).scalar_one_or_none()
            if found:
                return bytes(found)
    return None


def _rows(connection: Connection, query: Select[Any]) -> tuple[AnswerRow, ...]:
    rows = connection.execute(query).mappings().all()
    files = files_by_reply(connection, [row["key"] for row in rows])
    return tuple(AnswerRow(**row, files=files.get(row["key"], ())) for row in rows)


_THEIRS = (
    select(
        func.coalesce(_E.at, _E.recorded_at).label("at"),
        _I.step,
        _M.channel,
        _E.kind.label("what"),
        _E.reason.label("code"),
        cast(null(), Text).label("key"),
    )
    .join(outbound_message, cast(_M.id, Text) == _E.message_id)
    .join(outbound_item, _I.message_id == _M.id)
    .where(_I.case_id == bindparam("case"))
    .order_by("at")
    .limit(_MOST)
)
_ANSWERED = (
    select(_R.at, _I.step, _R.channel, _R.sort, cast("", Text), _R.key)
    .join(outbound_item, cast(_I.message_id, Text) == _R.message_id)
    .where(_I.case_id == bindparam("case"), _R.sort != "bounce")
    .order_by(_R.at)
    .limit(_MOST)
)
# One statement, built once: putting a query together costs more than asking it.
_TOLD = union_all(_THEIRS, _ANSWERED)


def _line(row: Row[Any]) -> HeardBack:
    told = {name: getattr(row, name) for name in ("at", "step", "channel", "what", "code")}
    return HeardBack(**told)
