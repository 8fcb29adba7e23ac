"""Checks who sent an event: the signatures of Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Event", "UnsignedEventError", "read_event"]

TOLERANCE = 300
"""Seconds by which clocks may differ, and for which a copy of an event could be sent again."""

_PREFIX = "whsec_"


class UnsignedEventError(ValueError):
    """It was not signed with your secret, or not in the last minutes: answer 400 and forget it."""


class Event(BaseModel):
    """Something that happened.

    Attributes:
        id: the same on every try: remember it, and do it once.
        type: such as `case.closed`; ignore those that you do not know.
        timestamp: when it happened (RFC 3339, UTC).
        data: your own ids, and what is told beside them.
    """

    model_config = ConfigDict(extra="allow")

    id: str
    type: str
    timestamp: str
    data: dict[str, Any] = Field(default_factory=dict)


def read_event(
    body: bytes, headers: Mapping[str, str], secret: str, *, now: float | None = None
) -> Event:
    """Read an event that was signed.

    Args:
        body: the bytes as they came; once parsed and written again they are others.
        headers: of the request, in whatever case.
        secret: `whsec_…`, as `amicable webhook secret` shows it.
        now: the instant, in seconds of Unix; that of this machine unless given.

    Raises:
        UnsignedEventError: if it was not signed with the secret, or too long ago.
    """
    told = {name.lower(): value for name, value in headers.items()}
    stamp, named = told.get("webhook-timestamp", ""), told.get("webhook-id", "")
    if not stamp.isdecimal() or abs((time.time() if now is None else now) - int(stamp)) > TOLERANCE:
        raise UnsignedEventError("its time is missing, or not of the last minutes")
    wanted = _signature(secret, f"{named}.{stamp}.".encode() + body)
    signatures = (one.partition(",") for one in told.get("webhook-signature", "").split(" "))
    if not any(kind == "v1" and _same(one, wanted) for kind, _, one in signatures):
        raise UnsignedEventError("it was not signed with this secret")
    try:
        return Event.model_validate(json.loads(body))
    except ValueError:
        raise UnsignedEventError("signed, but no event") from None


def _signature(secret: str, signed: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise UnsignedEventError("the secret is no whsec_… of base64") from None
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def _same(one: str, wanted: bytes) -> bool:
    return hmac.compare_digest(one.encode(), wanted)
