"""What the gateway keeps in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.gateway import ApiKey, IdempotencyClaim
from adapters.ledger.core.secret_marks import secret_hash
from adapters.ledger.gateway import idempotency, keys
from domain.parties.keys import KeyRole


class SqlKeyStore:
    """Keys of programs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, creditor: str, role: KeyRole, label: str) -> tuple[ApiKey, str]:
        """Make a key; it is told this once and never again: the ledger keeps its hash only."""
        return keys.make_key(self._engine, creditor, role, label)

    def keys(self, creditor: str) -> tuple[ApiKey, ...]:
        """List all keys, or one creditor's, the oldest first; revoked ones, too."""
        return keys.list_keys(self._engine, creditor)

    def revoke(self, key_id: str) -> ApiKey | None:
        """Let a key open nothing from now on; None if there is none."""
        return keys.revoke_key(self._engine, key_id)

    def holder(self, secret: str) -> ApiKey | None:
        """Find whose key it is; None for a wrong, an unknown and a revoked one alike."""
        return keys.key_of(self._engine, secret)

    def fingerprint(self, secret: str) -> str:
        """Compute what the ledger keeps of a key."""
        return secret_hash(secret)


class SqlIdempotencyStore:
    """What was answered to each idempotency key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, creditor: str, key: str, fingerprint: str) -> IdempotencyClaim:
        """Claim a key for a request, or find what became of an earlier one."""
        return idempotency.claim(self._engine, creditor, key, fingerprint)

    def answer(self, mine: IdempotencyClaim, status: int, body: str) -> bool:
        """Keep what a request was answered; False if it was given up meanwhile."""
        return idempotency.answer(self._engine, mine, status, body)

    def let_go(self, mine: IdempotencyClaim) -> None:
        """Free a key: nothing was done."""
        idempotency.let_go(self._engine, mine)

    def prune(self) -> int:
        """Forget answers that are old enough; answers how many they were."""
        return idempotency.prune(self._engine)
