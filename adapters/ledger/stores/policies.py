"""Versions of policies in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.policies import PolicyScope, Version
from adapters.ledger.policies import policies
from domain.policy.model import Policy


class SqlPolicyStore:
    """The versions of policies that the ledger keeps."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def versions(self, creditor: str) -> tuple[Version, ...]:
        """List every version that a case follows or that was chosen, newest first."""
        return policies.versions(self._engine, creditor)

    def beginning_with(self, sha: str) -> tuple[tuple[str, Policy], ...]:
        """Find the versions whose SHA-256 begins like that, at most two."""
        return policies.find_policy(self._engine, sha)

    def choices(self, creditor: str) -> dict[str, Policy]:
        """Read the policies chosen for new cases, by customer; ``""`` is the creditor's own."""
        return policies.choices(self._engine, creditor)

    def policy_for(self, creditor: str, customer: str) -> Policy | None:
        """Read the policy chosen for a customer, else for the creditor; None if none was."""
        return policies.policy_for(self._engine, creditor, customer)

    def choose(self, scope: PolicyScope, chosen: Policy, by: str) -> str:
        """Choose the policy of new cases for a creditor or a customer; answers its SHA-256."""
        return policies.choose_policy(self._engine, scope, chosen, by)

    def movable(self, scope: PolicyScope, sha: str, after: str, limit: int) -> list[str]:
        """List cases that follow another version and would move, by id, a page at a time."""
        return policies.movable(self._engine, scope, sha, after, limit)

    def kept(self, scope: PolicyScope, sha: str) -> int:
        """Count the cases that stay: their invoice or customer was given its own policy."""
        return policies.kept(self._engine, scope, sha)

    def sha_of(self, policy: Policy) -> str:
        """Name the SHA-256 by which the ledger knows a policy."""
        return policies.sha_of(policy)
