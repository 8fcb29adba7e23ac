"""Tokens in reply addresses and links, which prove which message they came with.

A token holds our opaque message id and a keyed hash of it. It is lower case letters and digits
only, for mail servers may fold the case of an address, and short enough for an address's local
part (64 characters, RFC 5321 section 4.5.3.1.1).
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import b32decode, b32encode
from collections.abc import Sequence
from uuid import UUID

REPLY, RECEIPT, SEAL = "reply", "receipt", "seal"
"""What a token is for: one for the one thing is worth nothing for another."""

ID_CHARS, MAC_BYTES = 26, 16
REPLY_TO = "reply+"


class Tokens:
    """Signs our message ids with the newest secret; what an older one signed still counts.

    Without any secret there are no tokens, and none is believed.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        """Take the secrets, the newest last."""
        self._secrets = tuple(secrets)

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def sign(self, purpose: str, message_id: str) -> str:
        """Make the token of a message (a UUID) for one purpose."""
        if not self._secrets:
            raise ValueError("AMICABLE_REPLIES__SECRET: set it, without it nothing can be signed")
        return _plain(UUID(message_id).bytes) + _mac(self._secrets[-1], purpose, message_id)

    def read(self, purpose: str, token: str) -> str | None:
        """Read the message id of a token; None if it is not one of ours."""
        text = token.strip().lower()
        try:
            message_id = str(UUID(bytes=b32decode(text[:ID_CHARS].upper() + "======")))
        except (ValueError, binascii.Error):
            return None
        if _plain(UUID(message_id).bytes) != text[:ID_CHARS]:
            return None  # two spare bits of the last letter would let four tokens stand for one
        macs = [_mac(secret, purpose, message_id) for secret in self._secrets]
        signed = [hmac.compare_digest(mac.encode(), text[ID_CHARS:].encode()) for mac in macs]
        return message_id if any(signed) else None

    def seal(self, text: str) -> str:
        """Make the keyed hash of something secret, such as a code; the newest secret makes it."""
        if not self._secrets:
            raise ValueError("AMICABLE_REPLIES__SECRET: set it, without it nothing can be signed")
        return _mac(self._secrets[-1], SEAL, text)

    def reply_address(self, message_id: str, domain: str) -> str:
        """Make the address to which answers to a message go."""
        return f"{REPLY_TO}{self.sign(REPLY, message_id)}@{domain}"

    def answered(self, address: str) -> str | None:
        """Find the message that a mail to this address answers; None if it is not ours."""
        local = address.strip().rpartition("@")[0].lower()
        if not local.startswith(REPLY_TO):
            return None
        return self.read(REPLY, local.removeprefix(REPLY_TO))


def _mac(secret: str, purpose: str, message_id: str) -> str:
    said = f"amicable/{purpose}/{message_id}".encode()
    return _plain(hmac.new(secret.encode(), said, hashlib.sha256).digest()[:MAC_BYTES])


def _plain(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()
