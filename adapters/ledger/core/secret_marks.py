"""What the ledger keeps of a secret: enough to know it again, and nothing to use it by."""

from __future__ import annotations

import hashlib

_LONGEST = 200
"""Characters of a secret that are looked at; none of ours is as long."""


def secret_hash(secret: str) -> str:
    """Compute what the ledger keeps of a key, a link or a session: SHA-256, in hexadecimals."""
    return hashlib.sha256(secret[: _LONGEST + 1].encode("utf-8", "surrogatepass")).hexdigest()
