"""Links by which an agency fetches the files of a case: signed, for a while, one file each."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

VALID = timedelta(days=30)
"""How long a link opens; each delivery brings new ones."""

_PARTS = 3


class Sealing(Protocol):
    """Makes the keyed hash of a text."""

    def seal(self, text: str) -> str:
        """Make it; the newest secret makes it."""
        ...


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes and reads links; without a secret there are none.

    Attributes:
        base: the gateway's address from outside, such as https://amicable.example.
    """

    base: str
    tokens: Sealing

    def link(self, case_id: str, sha256: str, now: datetime) -> str:
        """Make the link of one file."""
        told = f"{int((now + VALID).timestamp())} {sha256} {case_id}"
        raw = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        return f"{self.base}/hooks/agency-files/{raw}.{self._mac(told)}"

    def read(self, token: str, now: datetime) -> tuple[str, str] | None:
        """Read case and hash of a link's token; None if it is not ours, or over."""
        raw, _, mac = token.partition(".")
        try:
            padded = raw + "=" * (-len(raw) % 4)
            told = base64.b64decode(padded, b"-_", validate=True).decode()
        except (ValueError, binascii.Error):
            return None
        parts = told.split(" ", _PARTS - 1)
        if len(parts) != _PARTS or not hmac.compare_digest(self._mac(told).encode(), mac.encode()):
            return None
        until, sha256, case_id = parts
        return (case_id, sha256) if now.timestamp() <= int(until) else None

    def _mac(self, told: str) -> str:
        return self.tokens.seal(f"agency-file/{told}")
