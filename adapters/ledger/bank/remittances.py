"""Remittance advices that a person confirmed, in PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, cast, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from adapters.ledger.core.engine import reading
from adapters.ledger.tables.bank import remittance
from adapters.ledger.tables.cases import message
from domain.bank.open_items import KeptAdvice
from domain.bank.remittance import CLAIMS
from domain.message_types import MessageStatus, MessageType
from domain.money import Money

_R, _M = remittance.c, message.c
_LISTENED = timedelta(days=90)
"""Money that comes later is not what the advice spoke of."""


def keep_advice(engine: Engine, creditor: str, advice: KeptAdvice, by: str) -> None:
    """Keep an advice once; the same answer confirmed again is the same advice."""
    row = insert(remittance).values(
        creditor=creditor,
        id=advice.id,
        customer=advice.customer,
        currency=advice.total.currency,
        total=advice.total.minor,
        parts=[[case, minor] for case, minor in advice.parts],
        by_whom=by,
    )
    with engine.begin() as connection:
        connection.execute(row.on_conflict_do_nothing())


def kept_advices(engine: Engine, creditor: str) -> tuple[KeptAdvice, ...]:
    """List the advices of the last time whose claims nobody took back."""
    undone = exists().where(
        _M.kind == MessageType.TAKEN_BACK.value,
        _M.status == MessageStatus.APPLIED.value,
        _M.ref == func.concat(CLAIMS, _R.id),
        cast(_R.parts, JSONB).contains(func.jsonb_build_array(func.jsonb_build_array(_M.case_id))),
    )
    since = func.clock_timestamp() - _LISTENED
    query = select(remittance).where(_R.creditor == creditor, _R.recorded_at > since, ~undone)
    with reading(engine) as connection:
        return tuple(
            KeptAdvice(
                id=row.id,
                customer=row.customer,
                total=Money(row.total, row.currency),
                parts=tuple((case, minor) for case, minor in row.parts),
            )
            for row in connection.execute(query.order_by(_R.recorded_at, _R.id))
        )
