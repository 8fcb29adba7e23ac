"""The service for files kept with cases, because they may be needed later (P03)."""

from __future__ import annotations

from activities.ports.stores.errors import AmbiguousError, NotKnownError, Sought
from activities.ports.stores.evidence import EvidenceStore
from domain.evidence.model import Evidence

SHORT = 12
"""Characters of a hash that a person copies."""


class EvidenceService:
    """Shows the files that are kept with a case."""

    def __init__(self, evidence: EvidenceStore) -> None:
        self._evidence = evidence

    def list(self, case_id: str) -> tuple[Evidence, ...]:
        """List the files that are kept with a case, oldest first."""
        return self._evidence.evidence(case_id)

    def find(self, case_id: str, word: str) -> Evidence:
        """Find a file by its name, or by the beginning of its hash.

        Raises:
            NotKnownError: if there is none.
            AmbiguousError: if there are several.
        """
        found = [
            kept
            for kept in self.list(case_id)
            if kept.name == word or (len(word) >= SHORT and kept.sha256.startswith(word))
        ]
        if not found:
            raise NotKnownError(Sought.FILE, f"{case_id} keeps no file {word}")
        if len(found) > 1:
            raise AmbiguousError(f"{case_id} keeps {len(found)} files {word}; name one by its hash")
        return found[0]

    def content(self, case_id: str, kept: Evidence) -> bytes:
        """Read what a file holds; nothing if it was erased."""
        return self._evidence.content(case_id, kept.sha256) or b""

    def newest_copy(self, case_id: str) -> bytes | None:
        """Read the newest copy of a case's invoice (P23); None if none is kept."""
        return self._evidence.newest_copy(case_id)
