"""Mails with pictures and files: whole when read again, and safe whatever they are called."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from activities.ports.types import Envelope
from activities.sending.attaching import (
    LARGEST_TOTAL,
    MOST_TAKEN,
    fits,
    named_by,
    plain_cid,
    plain_kind,
    plain_name,
)
from adapters.email.sendgrid_mail import sendgrid_body
from adapters.messages.mime import mail_of
from tests.adapters.email.attached import (
    CODE,
    COPY,
    DAYS,
    HOSTILE,
    LADEN,
    LOGO,
    PDF,
    hostile,
    of_bytes,
)
from tests.adapters.letters.samples import MAIL

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def again(envelope: Envelope) -> EmailMessage:
    """A mail as the recipient's program reads it."""
    raw = mail_of(envelope).as_bytes(policy=email.policy.SMTP)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert not [part.defects for part in mail.walk() if part.defects]
    return mail


def shape(part: Any) -> Any:
    """The types of a mail's parts, one within the other."""
    inner = [shape(one) for one in part.iter_parts()] if part.is_multipart() else []
    return (part.get_content_type(), *inner) if inner else part.get_content_type()


def test_pictures_stand_with_the_html_and_files_beside_the_letter() -> None:
    mail = again(LADEN)

    pictured = ("multipart/related", "text/html", "image/png", "image/png")
    letter = ("multipart/alternative", "text/plain", pictured)
    assert shape(mail) == ("multipart/mixed", letter, "application/pdf", "text/calendar")


@pytest.mark.parametrize(
    ("media_type", "method"),
    [
        ("text/calendar", "PUBLISH"),
        ("text/calendar; method=CANCEL", "CANCEL"),
        ("text/calendar;METHOD=Cancel", "CANCEL"),
        ("text/calendar; method=REQUEST", "PUBLISH"),
    ],
)
def test_a_calendar_says_in_its_part_what_it_does(media_type: str, method: str) -> None:
    mail = again(replace(LADEN, attachments=(replace(DAYS, media_type=media_type),)))
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]

    assert part.get_param("method") == method
    assert part.get_content_charset() == "utf-8"


def test_files_and_pictures_arrive_byte_by_byte() -> None:
    parts = [part for part in again(LADEN).walk() if part.get_filename()]
    told = {str(part.get_filename()): part for part in parts}

    assert {name: part.get_payload(decode=True) for name, part in told.items()} == {
        one.name: one.body for one in (LOGO, CODE, COPY, DAYS)
    }
    assert [told[one.name]["Content-ID"] for one in (LOGO, CODE)] == ["<logo>", "<qr>"]
    assert {name: part.get_content_disposition() for name, part in told.items()} == {
        "logo.png": "inline",
        "qr.png": "inline",
        "INV-2026-7.pdf": "attachment",
        "payment.ics": "attachment",
    }


def test_no_encoded_line_is_longer_than_mail_allows() -> None:
    """RFC 2045: 76 characters."""
    raw = mail_of(replace(LADEN, text="Dear Globex")).as_bytes(policy=email.policy.SMTP)

    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    encoded = raw.split(b'filename="INV-2026-7.pdf"')[1].split(b"\r\n\r\n")[1]
    assert max(len(line) for line in encoded.split(b"\r\n")) == 76
    assert base64.b64decode(encoded) == PDF


def test_without_attachments_a_mail_is_what_it_always_was() -> None:
    assert shape(again(MAIL)) == "text/plain"
    both = ("multipart/alternative", "text/plain", "text/html")
    assert shape(again(replace(MAIL, html="<p>Dear Globex</p>"))) == both
    assert "attachments" not in sendgrid_body(MAIL)


def test_without_html_a_picture_goes_along_as_a_file() -> None:
    bare = replace(MAIL, attachments=(LOGO,))

    assert shape(again(bare)) == ("multipart/mixed", "text/plain", "image/png")
    (told,) = sendgrid_body(bare)["attachments"]
    assert told["disposition"] == "attachment"
    assert "content_id" not in told


def test_sendgrid_is_told_the_same() -> None:
    told = sendgrid_body(LADEN)["attachments"]

    assert [base64.b64decode(one.pop("content")) for one in told] == [
        one.body for one in LADEN.attachments
    ]
    inline = {"type": "image/png", "disposition": "inline"}
    assert told == [
        {**inline, "filename": "logo.png", "content_id": "logo"},
        {"type": "application/pdf", "filename": "INV-2026-7.pdf", "disposition": "attachment"},
        {**inline, "filename": "qr.png", "content_id": "qr"},
        {"type": "text/calendar", "filename": "payment.ics", "disposition": "attachment"},
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["name", "cid", "media_type"])
def test_no_name_breaks_out_of_its_header(place: str, text: str) -> None:
    foul = replace(LADEN, attachments=(hostile(place, text),))
    mail, (told,) = again(foul), sendgrid_body(foul)["attachments"]

    assert mail["Bcc"] is None
    names = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert all(part["Bcc"] is None for part in mail.walk())
    assert names == [told["filename"]]
    for given in (told["filename"], told.get("content_id", "x"), *told["type"].split("/")):
        assert PLAIN.fullmatch(given), given


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("INV-2026-7.pdf", "INV-2026-7.pdf"),
        ("Rechnung Grün.pdf", "Rechnung-Grun.pdf"),
        ("счёт.pdf", "file.pdf"),
        ("../../etc/passwd", "passwd"),
        ("D:\\post\\scan.PDF", "scan.PDF"),
        ("a\r\nBcc: x.pdf", "a-Bcc-x.pdf"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_a_name_is_plain_and_keeps_its_ending(given: str, kept: str) -> None:
    assert plain_name(given) == kept
    assert plain_name(kept) == kept
    assert plain_cid("logo") == "logo"


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("INV-2026-7", "INV-2026-7"),
        ("2026/07\\1", "2026-07-1"),
        ("Grün 7", "Grun-7"),
        ("счёт", "invoice"),
        ("", "invoice"),
        ("7" * 300, "7" * 69),
    ],
)
def test_a_letter_is_named_by_its_number_however_long(number: str, name: str) -> None:
    named = named_by(number, "-letter")
    assert named == f"{name}-letter.pdf"
    assert plain_name(named) == named


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Application/PDF", "application/pdf"),
        ("text/calendar; method=PUBLISH", "text/calendar"),
        ("multipart/mixed", "application/octet-stream"),
        ("message/rfc822", "application/octet-stream"),
        ("pdf", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_media_type_is_one_that_there_can_be(given: str, kept: str) -> None:
    assert plain_kind(given) == kept


def test_ten_megabytes_fit_and_a_byte_more_does_not() -> None:
    half = LARGEST_TOTAL // 2

    assert fits(())
    assert fits(of_bytes(half, half))
    assert not fits(of_bytes(half, half, 1))
    assert MOST_TAKEN * 4 / 3 < 30_000_000 * 0.97
