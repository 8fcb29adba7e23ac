"""Files kept with cases in PostgreSQL, read without any lock."""

from __future__ import annotations

from sqlalchemy import Engine

from adapters.ledger.evidence import evidence
from domain.evidence.model import Evidence


class SqlEvidenceStore:
    """Files kept with cases."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def evidence(self, case_id: str) -> tuple[Evidence, ...]:
        """List what is kept with a case, oldest first, without the contents."""
        return evidence.evidence_of(self._engine, case_id)

    def content(self, case_id: str, sha256: str) -> bytes | None:
        """Read a file by its hash; None if the case has no such file."""
        return evidence.body_of(self._engine, case_id, sha256)

    def newest_copy(self, case_id: str) -> bytes | None:
        """Read the newest copy of the invoice; None if none is kept."""
        return evidence.copy_of(self._engine, case_id)
