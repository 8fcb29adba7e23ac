"""Checks who signed what comes in from agencies: Standard Webhooks, and Debitura's own way."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

TOLERANCE = 300
"""Seconds by which a signature may be older or newer than now."""

_SIGNATURE = "x-debitura-signature"


def is_signed_by_standard(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether a body was signed as Standard Webhooks says, with a secret (``whsec_…``)."""
    try:
        Webhook(secret).verify(body, dict(headers))
    except (WebhookVerificationError, ValueError, binascii.Error):
        return False
    return True


def is_signed_by_debitura(
    secret: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> bool:
    """Tell whether a body was signed by Debitura: HMAC-SHA256 over time and body."""
    told = dict(
        part.split("=", 1) for part in headers.get(_SIGNATURE, "").split(",") if "=" in part
    )
    stamp = told.get("t", "").strip()
    if not stamp.isascii() or not stamp.isdecimal() or len(stamp) > len("9999999999999"):
        return False
    if abs(int(stamp) - now.timestamp()) > TOLERANCE:
        return False
    try:
        key = base64.b64decode(secret, validate=True)
    except (ValueError, binascii.Error):
        return False
    made = hmac.new(key, f"{stamp}.".encode() + body, hashlib.sha256)
    given = told.get("v1", "").strip().encode()
    # Its description leaves open how the hash is written down.
    as_hex = hmac.compare_digest(made.hexdigest().encode(), given)
    return hmac.compare_digest(base64.b64encode(made.digest()), given) or as_hex
