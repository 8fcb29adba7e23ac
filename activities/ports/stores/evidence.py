"""Files kept with cases, read without any lock."""

from __future__ import annotations

from typing import Protocol

from domain.evidence.model import Evidence


class EvidenceStore(Protocol):
    """Files kept with cases."""

    def evidence(self, case_id: str) -> tuple[Evidence, ...]:
        """List what is kept with a case, oldest first, without the contents."""
        ...

    def content(self, case_id: str, sha256: str) -> bytes | None:
        """Read a file by its hash; None if the case has no such file."""
        ...

    def newest_copy(self, case_id: str) -> bytes | None:
        """Read the newest copy of the invoice; None if none is kept."""
        ...
