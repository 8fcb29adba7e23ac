"""Versions of policies: which are in use, which is chosen for new cases, and who follows which."""

from __future__ import annotations

from activities.ports.stores.errors import AmbiguousError, NotKnownError, Sought
from activities.ports.stores.policies import PolicyScope, PolicyStore, Version
from domain.policy.model import Policy


class PolicyService:
    """Shows and chooses the policies that cases follow."""

    def __init__(self, policies: PolicyStore) -> None:
        self._policies = policies

    def versions(self, creditor: str = "") -> tuple[Version, ...]:
        """List the versions that cases follow, or that were chosen for new ones."""
        return self._policies.versions(creditor)

    def version(self, beginning: str) -> tuple[str, Policy]:
        """Find a version by the beginning of its SHA-256.

        Raises:
            NotKnownError: if no version begins like that.
            AmbiguousError: if several do.
        """
        found = self._policies.beginning_with(beginning)
        if not found:
            raise NotKnownError(Sought.VERSION, f"no version begins with {beginning}")
        if len(found) > 1:
            raise AmbiguousError(f"several versions begin with {beginning}; write more of it")
        return found[0]

    def choices(self, creditor: str) -> dict[str, Policy]:
        """Read the policies chosen for new cases, by customer; ``""`` is the creditor's own."""
        return self._policies.choices(creditor)

    def choose(self, scope: PolicyScope, policy: Policy, by: str) -> None:
        """Choose the policy of new cases for a creditor or one of its customers."""
        self._policies.choose(scope, policy, by)

    def movable(self, scope: PolicyScope, sha: str, after: str = "", limit: int = 500) -> list[str]:
        """List the cases that would move to a version, by id, a page at a time."""
        return self._policies.movable(scope, sha, after, limit)

    def kept(self, scope: PolicyScope, sha: str) -> int:
        """Count the cases that stay where they are: they were given a policy of their own."""
        return self._policies.kept(scope, sha)

    def sha_of(self, policy: Policy) -> str:
        """Name the SHA-256 by which a policy is known."""
        return self._policies.sha_of(policy)
