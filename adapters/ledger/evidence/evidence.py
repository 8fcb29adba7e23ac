"""The rows of files kept with cases: added once per content, never changed (P03).

A content may have a second row: the one that says that it is the invoice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, Engine, RowMapping, Select, bindparam, func, select

from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import evidence as table
from domain.evidence.model import INVOICE, Evidence

_C = table.c
# Erasing a person left rows without any content.
_NEWEST_COPY = (
    select(table)
    .where(_C.case_id == bindparam("case"), _C.role == INVOICE, func.octet_length(_C.body) > 0)
    .order_by(_C.id.desc())
    .limit(1)
)
# Built once: putting a query together costs more than asking it.
_COPY = _NEWEST_COPY.with_only_columns(_C.name, _C.body)
_PLAIN = ("name", "media_type", "sha256", "ref", "note", "role")


def kept_with(connection: Connection, case_id: str) -> tuple[Evidence, ...]:
    """List what is kept with a case, oldest first."""
    return _once(_evidence(row) for row in connection.execute(_of(case_id)).mappings())


def invoice_copy(connection: Connection, case_id: str) -> tuple[str, bytes] | None:
    """Read name and content of the newest copy of the invoice; None without any."""
    row = connection.execute(_COPY, {"case": case_id}).one_or_none()
    return (row.name, bytes(row.body)) if row else None


def evidence_of(engine: Engine, case_id: str) -> tuple[Evidence, ...]:
    """List what is kept with a case, oldest first, without any lock."""
    with reading(engine) as connection:
        return kept_with(connection, case_id)


def body_of(engine: Engine, case_id: str, sha256: str) -> bytes | None:
    """Read the content of a file by its hash; None if the case has no such file."""
    query = select(_C.body).where(_C.case_id == case_id, _C.sha256 == sha256).limit(1)
    with reading(engine) as connection:
        return connection.execute(query).scalar_one_or_none()


def copy_of(engine: Engine, case_id: str) -> bytes | None:
    """Read the newest copy of the invoice without any lock; None if none is kept."""
    with reading(engine) as connection:
        found = invoice_copy(connection, case_id)
    return found[1] if found else None


def _once(files: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each content once, as it was named last; dispute and note as they were said last."""
    found: dict[str, Evidence] = {}
    for file in files:
        before = found.pop(file.sha256, file)
        found[file.sha256] = replace(
            file, ref=file.ref or before.ref, note=file.note or before.note
        )
    return tuple(found.values())


def newest_copy(case_id: str) -> Select[tuple[object, ...]]:
    """Select the row of the newest copy of a case's invoice."""
    return _NEWEST_COPY.params(case=case_id)


def _of(case_id: str) -> Select[tuple[object, ...]]:
    size = func.octet_length(_C.body).label("size")
    plain = (_C[name] for name in _PLAIN)
    return (
        select(*plain, _C.by_whom, _C.recorded_at, size)
        .where(_C.case_id == case_id)
        .order_by(_C.id)
    )


def _evidence(row: RowMapping) -> Evidence:
    plain = {name: row[name] for name in (*_PLAIN, "size")}
    return Evidence(**plain, by=row["by_whom"], at=row["recorded_at"])
