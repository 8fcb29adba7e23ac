"""What is attached to a mail is found, whatever mail programs make of it (P03)."""

from email.message import EmailMessage

import pytest

from adapters.incoming.email.mail_files import files_in
from adapters.incoming.email.mail_parts import LARGEST_MAIL, parsed
from domain.evidence.received import FileFate, ReceivedFile

NOTE = b"%PDF-1.7 signed for by nobody"
LOGO = b"\x89PNG\r\n\x1a\n a logo"


def _answer() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "bob@bob.example", "billing@acme.example"
    mail.set_content("We never got these goods, see the delivery note.")
    return mail


def _files(mail: EmailMessage) -> tuple[ReceivedFile, ...]:
    raw = mail.as_bytes()
    return files_in(parsed(raw), raw)


def test_what_is_attached_is_found_and_the_logo_of_a_signature_is_not() -> None:
    mail = _answer()
    mail.add_alternative("<p>See the note.</p><img src='cid:logo'>", subtype="html")
    page = next(part for part in mail.walk() if part.get_content_type() == "text/html")
    assert isinstance(page, EmailMessage)
    page.add_related(LOGO, "image", "png", cid="<logo>", filename="logo.png")
    mail.add_attachment(NOTE, maintype="application", subtype="octet-stream", filename="note.pdf")

    (one,) = _files(mail)
    assert (one.name, one.media_type, one.body) == ("note.pdf", "application/pdf", NOTE)


def test_a_photo_in_the_text_of_a_phone_s_mail_and_a_forwarded_mail_s_file_count() -> None:
    inner = _answer()
    inner.add_attachment(NOTE, maintype="application", subtype="pdf", filename="inner.pdf")
    mail = _answer()
    mail.add_attachment(
        LOGO, maintype="image", subtype="png", filename="IMG_1.png", disposition="inline"
    )
    mail.add_attachment(inner)

    assert [one.name for one in _files(mail)] == ["IMG_1.png", "mail.eml", "inner.pdf"]


@pytest.mark.parametrize(
    ("body", "fate"),
    [(b"card 4111 1111 1111 1111", FileFate.CARD_NUMBER), (b"room 4111 1111", FileFate.KEPT)],
)
def test_a_text_with_the_number_of_a_card_is_named_and_not_kept(
    body: bytes, fate: FileFate
) -> None:
    mail = _answer()
    mail.add_attachment(body, maintype="text", subtype="plain", filename="paid.txt")
    (one,) = _files(mail)
    assert (one.fate, one.body) == (fate, body if fate is FileFate.KEPT else b"")


@pytest.mark.parametrize(
    ("short", "fate"), [(1, FileFate.KEPT), (0, FileFate.TOO_LARGE), (-1, FileFate.TOO_LARGE)]
)
def test_the_last_file_of_a_mail_that_was_cut_off_is_none(short: int, fate: FileFate) -> None:
    """A mailbox hands over 15 MB of a mail: from there on nobody knows whether it is whole."""
    mail = _answer()
    mail.add_attachment(NOTE, maintype="application", subtype="pdf", filename="note.pdf")
    raw = mail.as_bytes()
    (one,) = files_in(parsed(raw), raw.ljust(LARGEST_MAIL - short, b"\n"))
    assert (one.name, one.fate) == ("note.pdf", fate)


def test_a_mail_without_files_has_none_and_broken_ones_do_no_harm() -> None:
    assert _files(_answer()) == ()
    raw = (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Disposition: attachment'
    )
    raw += b"; filename*=utf-9''%ff\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--b--"
    assert len(files_in(parsed(raw), raw)) == 1


@pytest.mark.parametrize(
    ("kind", "body", "fate"),
    [
        ("application/pdf", NOTE, FileFate.KEPT),
        ("image/jpeg", b"\xff\xd8\xff\xe0 a photo", FileFate.KEPT),
        ("image/heic", b"\0\0\0\x18ftypheic\0\0\0\0", FileFate.KEPT),
        ("image/webp", b"RIFF\x10\0\0\0WEBPVP8 ", FileFate.KEPT),
        ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFate.KEPT),
        ("application/zip", b"PK\x03\x04" + bytes(26) + b"word/numbering.xml", FileFate.KEPT),
        ("application/zip", b"PK\x03\x04" + bytes(26) + b"setup.exe", FileFate.UNKNOWN_KIND),
        ("application/ms-tnef", b"\x78\x9f\x3e\x22 rich text", FileFate.UNKNOWN_KIND),
        ("audio/amr", b"#!AMR\n\x00\x01", FileFate.UNKNOWN_KIND),
    ],
)
def test_what_is_no_text_is_a_file_though_nobody_named_it(
    kind: str, body: bytes, fate: FileFate
) -> None:
    """Scanners and phones write neither a name nor a disposition; it is kept, or named."""
    mail = _answer()
    mail.add_attachment(body, *kind.split("/"))
    (part,) = mail.iter_attachments()
    del part["Content-Disposition"]
    (one,) = _files(mail)
    assert (one.name, one.fate) == ("file", fate)


def test_a_mail_that_is_attached_to_an_answer_is_kept_as_it_is() -> None:
    """The old agreement, forwarded as a file."""
    agreed = EmailMessage()
    agreed["Subject"] = "as agreed on 3 March 2026"
    agreed.set_content("You may pay in April.")
    mail = _answer()
    mail.add_attachment(agreed, filename="agreed.eml")
    (one,) = _files(mail)
    assert (one.name, one.fate) == ("agreed.eml", FileFate.KEPT)
    assert b"You may pay in April." in one.body


def test_the_signature_of_a_signed_mail_is_no_file() -> None:
    mail = _answer()
    mail.add_attachment(b"0\x80 signed", maintype="application", subtype="pgp-signature")
    (part,) = mail.iter_attachments()
    del part["Content-Disposition"]
    assert _files(mail) == ()
