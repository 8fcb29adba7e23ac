"""Keeps files with a case, because they may be needed later (P03)."""

from __future__ import annotations

from activities.ports.case_ports import EvidenceRepository
from domain.case.model import Case
from domain.errors import RefusedError
from domain.evidence.model import Evidence, Filed, refuse_role


def keep(evidence: EvidenceRepository, case: Case, given: Filed) -> Evidence:
    """Keep a file with a case, or with one of its disputes.

    Raises:
        RefusedError: if the case has no dispute of that key, or the file cannot have its role.
    """
    refuse_role(given)
    disputes = (*case.disputes, *case.settled_disputes)
    if given.ref and given.ref not in {dispute.key for dispute in disputes}:
        known = ", ".join(dispute.key for dispute in disputes) or "none"
        raise RefusedError(f"there is no dispute {given.ref!r}; there is {known}", field="ref")
    return evidence.keep(case.invoice.case_id, given)
