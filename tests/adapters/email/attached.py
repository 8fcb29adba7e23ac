"""Files and pictures that go along with mails, harmless and hostile, as the tests use them."""

from dataclasses import replace
from itertools import count
from typing import Any

from activities.ports.letter_data import Attachment
from tests.adapters.letters.samples import MAIL

PDF = b"%PDF-1.7\r\n" + bytes(range(256)) * 20 + b"\n.\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
COPY = Attachment(name="INV-2026-7.pdf", media_type="application/pdf", body=PDF)
DAYS = Attachment(name="payment.ics", media_type="text/calendar", body=b"BEGIN:VCALENDAR\r\n")
LOGO = Attachment(name="logo.png", media_type="image/png", body=PNG, cid="logo")
CODE = Attachment(name="qr.png", media_type="image/png", body=PNG[::-1], cid="qr")
HTML = '<p>Dear Globex</p><img src="cid:logo"><img src="cid:qr">'

LADEN = replace(MAIL, html=HTML, attachments=(LOGO, COPY, CODE, DAYS))
"""A mail with two pictures in its HTML and two files."""

BREAKS = ("\r\n", "\n", "\r", "\u2028", "\u0085", "\x00", '"', "\\", ";", "<", ">")
HOSTILE = (
    *(f"a{mark}Bcc: spy@evil.example{mark}{mark}.pdf" for mark in BREAKS),
    "../../etc/passwd",
    "C:\\Windows\\win.ini",
    "Rechnung Grün №7.pdf",
    "счёт.pdf",
    "",
    "...",
    "=?utf-8?q?Bcc=3A?=.pdf",
    "x" * 500 + ".pdf",
)


def hostile(place: str, text: str) -> Attachment:
    """A file or picture in whose name, cid or media type somebody wrote what they liked."""
    given: dict[str, Any] = {place: text}
    return replace(LOGO if place == "cid" else COPY, **given)


def of_bytes(*sizes: int) -> tuple[Attachment, ...]:
    """Files of so many bytes each."""
    numbers = count(1)
    return tuple(replace(COPY, name=f"{next(numbers)}.pdf", body=bytes(size)) for size in sizes)
