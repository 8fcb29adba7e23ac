"""The service for keys of programs that use the gateway."""

from __future__ import annotations

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.gateway import ApiKey, KeyStore
from domain.parties.keys import KeyRole


class KeyService:
    """Makes, lists and revokes keys, each for one creditor and role."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys

    def make(self, creditor: str, role: KeyRole, label: str = "") -> tuple[ApiKey, str]:
        """Make a key for one creditor and role; the secret is told this once and never again."""
        return self._keys.make(creditor, role, label)

    def list(self, creditor: str = "") -> tuple[ApiKey, ...]:
        """List all keys, or one creditor's, without the keys themselves."""
        return self._keys.keys(creditor)

    def revoke(self, key_id: str) -> ApiKey:
        """Let a key open nothing from now on.

        Raises:
            NotKnownError: if there is none.
        """
        gone = self._keys.revoke(key_id)
        if gone is None:
            raise NotKnownError(Sought.KEY, f"there is no key {key_id}")
        return gone

    def holder(self, secret: str) -> ApiKey | None:
        """Find whose key it is; None for a wrong, an unknown and a revoked one alike."""
        return self._keys.holder(secret)

    def fingerprint(self, secret: str) -> str:
        """Compute by what a key can be told apart without keeping it."""
        return self._keys.fingerprint(secret)
