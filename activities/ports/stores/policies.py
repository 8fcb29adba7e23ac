"""Versions of policies: which are in use, which was chosen for whom, and who follows which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.policy.model import Policy

BY_INVOICE = "invoice"
"""The reason of a message that gave one invoice a policy of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a policy, and how much follows it.

    Attributes:
        running: cases that are still looked after.
        cases: all cases that ended on it or still follow it.
        chosen: creditors, and customers as ``creditor/customer``, whose new cases get it.
    """

    sha256: str
    name: str
    created_at: datetime
    running: int
    cases: int
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyScope:
    """Whose cases are meant: a creditor's, one customer's, or one invoice.

    Attributes:
        also_own: those, too, that were given a policy of their own.
    """

    creditor: str
    customer: str = ""
    number: str = ""
    also_own: bool = False


class PolicyStore(Protocol):
    """The versions of policies that the ledger keeps."""

    def versions(self, creditor: str) -> tuple[Version, ...]:
        """List every version that a case follows or that was chosen, newest first."""
        ...

    def beginning_with(self, sha: str) -> tuple[tuple[str, Policy], ...]:
        """Find the versions whose SHA-256 begins like that, at most two."""
        ...

    def choices(self, creditor: str) -> dict[str, Policy]:
        """Read the policies chosen for new cases, by customer; ``""`` is the creditor's own."""
        ...

    def policy_for(self, creditor: str, customer: str) -> Policy | None:
        """Read the policy chosen for a customer, else for the creditor; None if none was."""
        ...

    def choose(self, scope: PolicyScope, chosen: Policy, by: str) -> str:
        """Choose the policy of new cases for a creditor or a customer; answers its SHA-256."""
        ...

    def movable(self, scope: PolicyScope, sha: str, after: str, limit: int) -> list[str]:
        """List cases that follow another version and would move, by id, a page at a time."""
        ...

    def kept(self, scope: PolicyScope, sha: str) -> int:
        """Count the cases that stay: their invoice or customer was given its own policy."""
        ...

    def sha_of(self, policy: Policy) -> str:
        """Name the SHA-256 by which the ledger knows a policy."""
        ...
