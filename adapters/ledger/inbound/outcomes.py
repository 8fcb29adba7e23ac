"""Reports of providers with what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from activities.ports.incoming import ReportKind
from activities.ports.incoming_ports import ProviderReports, State
from adapters.ledger.tables.channels import event_outcome
from adapters.ledger.tables.outbound import provider_event

_E, _O = provider_event.c, event_outcome.c
EVENTS = select(
    _E.dedupe_key,
    _E.message_id,
    _E.provider,
    _E.kind,
    _E.at,
    _E.reason,
    _E.recipient,
    _E.recorded_at,
    (func.clock_timestamp() - _E.recorded_at).label("age"),
    _O.state,
).outerjoin(event_outcome, _O.dedupe_key == _E.dedupe_key)
"""Events with what became of them."""


def settle_incoming(connection: Connection, keys: Sequence[str], state: State) -> None:
    """Record what became of reports; the first outcome counts."""
    rows = [{"dedupe_key": key, "state": state.value} for key in sorted(keys)]
    if rows:
        connection.execute(insert(event_outcome).on_conflict_do_nothing(), rows)


def told_of_row(row: Any) -> ProviderReports:
    """An event as the processor reads it; a kind that is not known is kept and means nothing."""
    known = row.kind in set(ReportKind)
    return ProviderReports(
        key=row.dedupe_key,
        message_id=row.message_id,
        provider=row.provider,
        kind=ReportKind(row.kind) if known else ReportKind.OTHER,
        at=row.at,
        reason=row.reason,
        recipient=row.recipient,
        age=row.age,
        settled=row.state is not None,
    )
