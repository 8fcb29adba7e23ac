"""The print queue: posted letters as one PDF and one JSON each, for whoever prints and posts them.

A print service, or a person with a printer, takes a letter once its JSON is there. So that gets its
name last: after the look at the account was checked and the letter logged as accepted. Until then
it waits under another name, and whoever finds out about a letter gives it the right one.
The JSON says where the letter goes, how many pages it has and what it is known by.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from activities.ports.types import Envelope, Receipt, Sent
from adapters.outbox.outbox import WAITING, Outbox
from domain.parties.people import POST

ENVELOPE_WINDOW = "DIN 5008 form B; DL and C5/6, window on the left"
"""Where the address stands: 20 mm from the left, 45 to 90 mm from the top, and folds marked."""

_PDF = "application/pdf"


class PrintQueue(Outbox):
    """Puts letters where they are printed and posted; a letter counts as sent once it lies there.

    Args:
        folder: where the letters go, a folder for each day.
        price: what posting one letter costs, as it is written into its JSON, such as ``0.95 EUR``.
    """

    name = POST
    suffix = ".pdf"
    listed = ".json"

    def __init__(self, folder: Path, *, price: str = "", forgetful: bool = False) -> None:
        super().__init__(folder, forgetful=forgetful)
        self._price = price

    def _refusal(self, envelope: Envelope) -> Receipt | None:
        if not envelope.to.strip():
            detail = "there is no postal address"
            return Receipt(sent=Sent.REJECTED, detail=detail, bad_point=True)
        if not _letter(envelope):
            return Receipt(sent=Sent.REJECTED, detail="there is no letter on paper to post")
        return None

    def _content(self, envelope: Envelope) -> bytes:
        return _letter(envelope)

    def _write(self, envelope: Envelope, content: bytes) -> None:
        super()._write(envelope, content)
        self._put(envelope, f"{self.listed}{WAITING}", self._about(envelope))

    def _accept(self, envelope: Envelope) -> Receipt:
        return replace(super()._accept(envelope), provider_id=f"post-{envelope.id}")

    def _about(self, envelope: Envelope) -> bytes:
        body = _letter(envelope)
        told = {
            "id": envelope.id,
            "to_name": envelope.to_name,
            "to": envelope.to,
            "from": envelope.sender_name,
            "subject": envelope.subject,
            "sha256": hashlib.sha256(body).hexdigest(),
            "pages": len(PdfReader(BytesIO(body)).pages),
            "paper": "A4",
            "window": ENVELOPE_WINDOW,
            "price": self._price,
            "at": (envelope.at or datetime.now(UTC)).isoformat(),
        }
        return json.dumps(told, indent=2, ensure_ascii=False).encode()


def _letter(envelope: Envelope) -> bytes:
    """The letter itself, which is the first PDF; copies of invoices are bound in."""
    files = (one.body for one in envelope.attachments if one.media_type == _PDF and not one.cid)
    return next(files, b"")
