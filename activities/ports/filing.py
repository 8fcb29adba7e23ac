"""Keeping files with a case: what may be needed later lies where the case lies (P03)."""

from __future__ import annotations

from typing import Protocol

from domain.case.model import Case
from domain.errors import RefusedError
from domain.evidence.model import Evidence, Filed, refuse_role


class EvidenceBook(Protocol):
    """The pages of an account on which files are kept."""

    def keep_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case; the same content again is the same file."""
        ...

    def evidence(self, case_id: str) -> tuple[Evidence, ...]:
        """What is kept with a case, oldest first, without the contents."""
        ...

    def invoice_copy(self, case_id: str) -> tuple[str, bytes] | None:
        """Name and content of the newest copy of the invoice (P23); None if none is kept."""
        ...


def keep(book: EvidenceBook, case: Case, given: Filed) -> Evidence:
    """Keep a file with a case, or with one of its disputes.

    Raises:
        RefusedError: if the case has no dispute of that key, or the file cannot have its role.
    """
    refuse_role(given)
    disputes = (*case.disputes, *case.settled_disputes)
    if given.ref and given.ref not in {dispute.key for dispute in disputes}:
        known = ", ".join(dispute.key for dispute in disputes) or "none"
        raise RefusedError(f"there is no dispute {given.ref!r}; there is {known}", field="ref")
    return book.keep_evidence(case.invoice.case_id, given)
