"""Files that are kept with cases: added once per content, never changed (P03)."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, RowMapping, Select, func, select

from adapters.ledger.sql import added
from adapters.ledger.tables.cases import evidence as table
from domain.evidence import Evidence, Filed

_C = table.c


def keep(connection: Connection, case_id: str, given: Filed) -> Evidence:
    """Keep a file; the same content again is the same file, as it was named first."""
    added(
        connection,
        table,
        case_id=case_id,
        ref=given.ref,
        name=given.name,
        media_type=given.media_type,
        sha256=given.sha256,
        body=given.body,
        note=given.note,
        by_whom=given.by,
    )
    query = _of(case_id).where(_C.sha256 == given.sha256)
    return _evidence(connection.execute(query).mappings().one())


def kept(connection: Connection, case_id: str) -> tuple[Evidence, ...]:
    """What is kept with a case, oldest first."""
    return tuple(_evidence(row) for row in connection.execute(_of(case_id)).mappings())


def evidence_of(engine: Engine, case_id: str) -> tuple[Evidence, ...]:
    """The same, without any lock."""
    with engine.connect() as connection:
        return kept(connection, case_id)


def body_of(engine: Engine, case_id: str, sha256: str) -> bytes | None:
    """The content of a file by its hash; None if the case has no such file."""
    query = select(_C.body).where(_C.case_id == case_id, _C.sha256 == sha256)
    with engine.connect() as connection:
        return connection.execute(query).scalar_one_or_none()


def _of(case_id: str) -> Select[tuple[object, ...]]:
    plain = (_C.name, _C.media_type, _C.sha256, _C.ref, _C.note, _C.by_whom, _C.recorded_at)
    size = func.octet_length(_C.body).label("size")
    return select(*plain, size).where(_C.case_id == case_id).order_by(_C.id)


def _evidence(row: RowMapping) -> Evidence:
    plain = {name: row[name] for name in ("name", "media_type", "sha256", "size", "ref", "note")}
    return Evidence(**plain, by=row["by_whom"], at=row["recorded_at"])


class EvidencePages:
    """The pages of an account on which files are kept."""

    _connection: Connection

    def keep_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case; the same content again is the same file."""
        return keep(self._connection, case_id, given)

    def evidence(self, case_id: str) -> tuple[Evidence, ...]:
        """What is kept with a case, oldest first, without the contents."""
        return kept(self._connection, case_id)
