"""What the gateway keeps: keys of programs, and what it answered to each idempotency key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.parties.keys import KeyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it is known afterwards: everything but the key itself."""

    id: str
    creditor: str
    role: KeyRole
    label: str
    created_at: datetime
    revoked_at: datetime | None = None


class KeyStore(Protocol):
    """Keys of programs: who may use the gateway, for which creditor and in which role."""

    def make(self, creditor: str, role: KeyRole, label: str) -> tuple[ApiKey, str]:
        """Make a key; it is told this once and never again: the ledger keeps its hash only."""
        ...

    def keys(self, creditor: str) -> tuple[ApiKey, ...]:
        """List all keys, or one creditor's, the oldest first; revoked ones, too."""
        ...

    def revoke(self, key_id: str) -> ApiKey | None:
        """Let a key open nothing from now on; None if there is none."""
        ...

    def holder(self, secret: str) -> ApiKey | None:
        """Find whose key it is; None for a wrong, an unknown and a revoked one alike."""
        ...

    def fingerprint(self, secret: str) -> str:
        """Compute what the ledger keeps of a key."""
        ...


class KeptAnswer(StrEnum):
    """The state of an idempotency key when a request comes with it."""

    MINE = "mine"
    AT_WORK = "at_work"
    ANSWERED = "answered"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyClaim:
    """A request's claim on its key.

    Attributes:
        since: when it was made (database clock); who was given up may not answer for who took over.
        status: of the answer that was given before.
        body: the JSON text of that answer.
    """

    creditor: str
    key: str
    found: KeptAnswer
    since: datetime
    status: int = 0
    body: str = ""


class IdempotencyStore(Protocol):
    """What was answered to each idempotency key, so that a repeat is answered the same."""

    def claim(self, creditor: str, key: str, fingerprint: str) -> IdempotencyClaim:
        """Claim a key for a request, or find what became of an earlier one."""
        ...

    def answer(self, mine: IdempotencyClaim, status: int, body: str) -> bool:
        """Keep what a request was answered; False if it was given up meanwhile."""
        ...

    def let_go(self, mine: IdempotencyClaim) -> None:
        """Free a key: nothing was done."""
        ...

    def prune(self) -> int:
        """Forget answers that are old enough; answers how many they were."""
        ...
