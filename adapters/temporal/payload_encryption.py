"""Encrypts what Temporal stores: inputs, results, summaries and failures, by keys of our own.

Each payload is sealed whole by AES-256-GCM (NIST SP 800-38D) with a random nonce of 12 bytes; the
namespace is authenticated with it, so that what was taken from one namespace opens in no other.
Search attributes stay clear: they hold ids only. What was stored before stays readable.
"""

from __future__ import annotations

import binascii
import os
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from adapters.config.environment import SettingsError

KEYS = "AMICABLE_ENCRYPTION__KEYS"
ENCODING, CIPHER = b"binary/encrypted", b"AES-256-GCM"
NONCE_BYTES, KEY_BYTES = 12, 32
_LONGEST_ID = 32


class PayloadLockedError(ValueError):
    """A payload does not open: its key is not in the ring, or it was changed or moved."""


@dataclass(frozen=True)
class KeyRing:
    """The keys that open payloads: the first one seals, each of them opens what it sealed.

    Attributes:
        keys: id and 32 bytes of each.
    """

    keys: tuple[tuple[str, bytes], ...]

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(key_id for key_id, _ in self.keys)})"


def key_ring(text: str) -> KeyRing | None:
    """Read ``id:base64,id:base64``, the current key first; None if there is no text.

    Raises:
        SettingsError: if a key has no id, not 32 bytes, or an id comes twice.
    """
    parts = [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]
    keys = tuple(_key(number, part) for number, part in enumerate(parts, start=1))
    ids = [key_id for key_id, _ in keys]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise SettingsError(f"{KEYS}: the id {min(twice)} is there twice; an id stays with one key")
    return KeyRing(keys) if keys else None


def _key(number: int, part: str) -> tuple[str, bytes]:
    """Read one key; what it says is never repeated in an error."""
    key_id, colon, text = part.partition(":")
    key_id = key_id.strip()
    way_out = "write id:key, the key being what `openssl rand -base64 32` prints"
    plain = key_id.isascii() and key_id.replace("-", "").replace("_", "").isalnum()
    if not colon or not plain or len(key_id) > _LONGEST_ID:
        most = f"up to {_LONGEST_ID} letters, digits, - and _"
        raise SettingsError(f"{KEYS}: key {number} has no id of {most}; {way_out}")
    try:
        raw = b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise SettingsError(f"{KEYS}: key {key_id} is not base64; {way_out}") from None
    if len(raw) != KEY_BYTES:
        short = f"key {key_id} has {len(raw)} bytes and needs {KEY_BYTES}"
        raise SettingsError(f"{KEYS}: {short}; {way_out}")
    return key_id, raw


class PayloadEncryption(PayloadCodec):
    """Seals payloads with the ring's first key, and opens those of every key of the ring."""

    def __init__(self, ring: KeyRing, namespace: str) -> None:
        """Take the keys, and the namespace whose payloads these are."""
        self._current = ring.keys[0][0]
        self._ciphers = {key_id: AESGCM(raw) for key_id, raw in ring.keys}
        self._bound_to = namespace.encode()

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal payloads; one that is sealed already stays as it is."""
        return [self.seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open payloads; one that was never sealed stays as it is.

        Raises:
            PayloadLockedError: if one does not open.
        """
        return [self.unseal(payload) for payload in payloads]

    def seal(self, payload: Payload, nonce: bytes = b"") -> Payload:
        """Seal one payload; a nonce of one's own is for test vectors only."""
        if _is_sealed(payload):
            return payload
        nonce = nonce or os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._current]
        sealed = cipher.encrypt(nonce, payload.SerializeToString(), self._bound_to)
        return Payload(
            metadata={
                "encoding": ENCODING,
                "encryption-cipher": CIPHER,
                "encryption-key-id": self._current.encode(),
            },
            data=nonce + sealed,
        )

    def unseal(self, payload: Payload) -> Payload:
        """Open one payload."""
        if not _is_sealed(payload):
            return payload
        sealed_by = payload.metadata.get("encryption-key-id", b"")
        key_id = sealed_by.decode(errors="replace")[:_LONGEST_ID]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            way_out = f"put that key back into {KEYS}, behind the current one"
            raise PayloadLockedError(f"a payload was sealed with the key {key_id!r}; {way_out}")
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, self._bound_to))
        except (InvalidTag, ValueError, DecodeError):
            told = f"a payload of the key {key_id!r} was changed, or is of another namespace"
            raise PayloadLockedError(told) from None


def data_converter_for(ring: KeyRing | None, namespace: str) -> DataConverter:
    """Make the converter of an installation: by pydantic, and sealed if there are keys."""
    if ring is None:
        return pydantic_data_converter
    return replace(
        pydantic_data_converter,
        payload_codec=PayloadEncryption(ring, namespace),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def _is_sealed(payload: Payload) -> bool:
    return payload.metadata.get("encoding") == ENCODING
