"""SendGrid on this machine: it signs what it posts, as its documentation says."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.incoming.sendgrid.signed import SIGNATURE, TIMESTAMP

FORM = "multipart/form-data; boundary=xYzZY"


class Signer:
    """A key pair, and signatures over the timestamp and the very bytes."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        told = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.public = base64.b64encode(told).decode()

    def headers(self, body: bytes, stamp: str = "") -> dict[str, str]:
        """The headers of a request with that body."""
        stamp = stamp or str(int(time.time()))
        signature = self._key.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return {SIGNATURE: base64.b64encode(signature).decode(), TIMESTAMP: stamp}


@dataclass
class Hooks:
    """The gateway, as SendGrid sees it.

    Attributes:
        rung: how often the processor was told that there is work.
    """

    client: httpx.AsyncClient
    signer: Signer
    rung: list[str] = field(default_factory=list)

    async def tell(self, *elements: object) -> int:
        """Post a signed batch; answers the status."""
        return await self.post("events", json.dumps(list(elements)).encode())

    async def post(
        self, what: str, body: bytes, headers: Mapping[str, str] | None = None, kind: str = ""
    ) -> int:
        """Post a body, signed unless headers are given."""
        given = self.signer.headers(body) if headers is None else dict(headers)
        given["Content-Type"] = kind or "application/json"
        answer = await self.client.post(f"/hooks/sendgrid/{what}", content=body, headers=given)
        return answer.status_code

    async def bring(self, raw: bytes, **envelope: object) -> int:
        """Post a mail in a signed form, as Inbound Parse does in raw MIME."""
        fields = {b"email": raw, b"envelope": json.dumps(envelope).encode()}
        pieces = [
            b'--xYzZY\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + told
            for name, told in fields.items()
        ]
        body = b"\r\n".join([*pieces, b"--xYzZY--\r\n"])
        return await self.post("inbound", body, kind=FORM)


def element(event: str, message_id: str, **more: Any) -> dict[str, Any]:
    """One event as SendGrid writes it."""
    told = {"email": "bob@bob.example", "event": event, "timestamp": 1772436600}
    told |= {"sg_event_id": "changes-with-every-retry", "sg_message_id": f"sg.{message_id}"}
    return told | {"am_mid": message_id} | more
