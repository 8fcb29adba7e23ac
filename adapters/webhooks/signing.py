"""Signs as Standard Webhooks says; each creditor has a secret of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook


def secret_of(master: str, creditor: str) -> str:
    """Derive a creditor's own secret (``whsec_…``), the same whenever it is asked for.

    It is derived, so there is one thing to keep safe, and no creditor can speak for another.
    """
    key = hmac.new(master.encode(), f"amicable/webhook/{creditor}".encode(), hashlib.sha256)
    return f"whsec_{base64.b64encode(key.digest()).decode()}"


def event_id(event: str) -> str:
    """Make an event's id for receivers: short, plain, and without any full stop.

    A full stop would let one signature stand for another id and time.
    """
    return f"evt_{hashlib.sha256(event.encode()).hexdigest()[:32]}"


def signed(signers: Sequence[Webhook], named: str, body: str) -> dict[str, str]:
    """Make the headers of one attempt; several signers let a receiver change keys in peace.

    The real time stands in them, also in a rehearsal: receivers refuse what is minutes old.
    """
    now = datetime.now(UTC)
    return {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": named,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signer.sign(named, now, body) for signer in signers),
    }
