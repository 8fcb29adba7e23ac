"""Checks SendGrid's signature over the very bytes that came, with our webhook's public key."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_public_key

from adapters.config.environment import SettingsError

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
_LONGEST = 256
"""Characters of a signature or timestamp; more is neither."""

Values = Sequence[str]
"""All headers of one name: one and no more is believed."""


class Digest(Protocol):
    """A digest that is computed piece by piece."""

    def update(self, piece: bytes, /) -> None:
        """Take in further bytes."""
        ...

    def digest(self) -> bytes:
        """Compute it."""
        ...


class SignatureCheck:
    """The public keys of one webhook, one of each account; without any nothing is ever believed.

    How old a signature is does not matter: SendGrid tells again for a day, and what was told
    before changes nothing.
    """

    def __init__(self, key: str, name: str) -> None:
        """Take the key as SendGrid shows it; several with commas; ``name`` is their setting.

        Raises:
            SettingsError: if it is no such key.
        """
        self._keys = tuple(_loaded(one, name) for one in key.split(",") if one.strip())

    def __bool__(self) -> bool:
        return bool(self._keys)

    def is_on(self, body: bytes, signatures: Values, timestamps: Values) -> bool:
        """Tell whether these bytes were signed for us; anything strange is a no."""
        digest = sha256(_begin(timestamps))
        digest.update(body)
        return self.is_of(digest.digest(), signatures, timestamps)

    def is_of(self, digest: bytes, signatures: Values, timestamps: Values) -> bool:
        """Tell whether the bytes with this digest were signed for us, without having them."""
        if not stated(signatures, timestamps):
            return False
        try:
            signature = base64.b64decode(signatures[0], validate=True)
        except ValueError:
            return False
        return any(_is_by(key, signature, digest) for key in self._keys)

    def digest_of(self, timestamps: Values) -> Digest:
        """Begin the digest that is signed; the body's bytes go in as they come."""
        return sha256(_begin(timestamps))


def _is_by(key: ec.EllipticCurvePublicKey, signature: bytes, digest: bytes) -> bool:
    try:
        key.verify(signature, digest, ec.ECDSA(Prehashed(hashes.SHA256())))
    except (InvalidSignature, ValueError):
        return False
    return True


def stated(signatures: Values, timestamps: Values) -> bool:
    """Tell whether there is one signature and one timestamp, before anything is read."""
    once = len(signatures) == len(timestamps) == 1
    return once and all(0 < len(told) <= _LONGEST for told in (signatures[0], timestamps[0]))


def _begin(timestamps: Values) -> bytes:
    """What is signed before the body; what no signature can be over stays wrong."""
    return timestamps[0].encode("utf-8", "replace") if timestamps else b""


def _loaded(key: str, name: str) -> ec.EllipticCurvePublicKey:
    try:
        found = load_der_public_key(base64.b64decode("".join(key.split()), validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, ec.EllipticCurvePublicKey):
        raise SettingsError(f"{name}: no public key; copy the verification key from SendGrid")
    return found
