"""What came back about a case's messages, and the answers themselves, for people to look at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Row, Select, Text, cast, func, select

from activities.ports.stores.replies import AnswerRow, HeardBack
from adapters.ledger.tables.channels import reply
from adapters.ledger.tables.outbound import outbound_item, outbound_message, provider_event

_ANSWER = tuple(AnswerRow.__dataclass_fields__)
_E, _I, _M, _R = provider_event.c, outbound_item.c, outbound_message.c, reply.c
_MOST = 500
"""Lines of one case that are shown; engagement may be told thousands of times."""


def heard_back(engine: Engine, case_id: str) -> tuple[HeardBack, ...]:
    """List all reports and answers about a case's messages, by time."""
    with engine.connect() as connection:
        found = [_line(row) for row in connection.execute(_told(case_id))]
        found += [_line(row) for row in connection.execute(_answered(case_id))]
    return tuple(sorted(found, key=lambda one: (one.at, one.what)))


def list_answers(
    engine: Engine, *, creditor: str = "", unrouted: bool = False, limit: int = 100
) -> tuple[AnswerRow, ...]:
    """List answers, newest first; those that name none of our messages have no creditor."""
    query = select(*(_R[name] for name in _ANSWER)).order_by(_R.at.desc(), _R.key).limit(limit)
    query = query.where(_R.state == "unmatched") if unrouted else query
    query = query.where(_R.creditor == creditor) if creditor else query
    with engine.connect() as connection:
        return tuple(AnswerRow(**row) for row in connection.execute(query).mappings())


def find_answer(engine: Engine, key: str) -> AnswerRow | None:
    """Find one answer by its key; None if there is none."""
    query = select(*(_R[name] for name in _ANSWER)).where(_R.key == key)
    with engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    return AnswerRow(**row) if row else None


def _told(case_id: str) -> Select[Any]:
    at = func.coalesce(_E.at, _E.recorded_at).label("at")
    query = select(at, _I.step, _M.channel, _E.kind.label("what"), _E.reason.label("code"))
    query = query.join(outbound_message, cast(_M.id, Text) == _E.message_id)
    query = query.join(outbound_item, _I.message_id == _M.id)
    return query.where(_I.case_id == case_id).order_by(at).limit(_MOST)


def _answered(case_id: str) -> Select[Any]:
    query = select(_R.at, _I.step, _R.channel, _R.sort.label("what"), cast("", Text).label("code"))
    query = query.join(outbound_item, cast(_I.message_id, Text) == _R.message_id)
    return query.where(_I.case_id == case_id, _R.sort != "bounce").order_by(_R.at).limit(_MOST)


def _line(row: Row[Any]) -> HeardBack:
    told = {name: getattr(row, name) for name in ("at", "step", "channel", "what", "code")}
    return HeardBack(**told)
