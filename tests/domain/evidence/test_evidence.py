"""Which files may be kept with a case, and under which name."""

import pytest

from domain.errors import RefusedError
from domain.evidence.model import (
    LARGEST,
    LARGEST_COPY,
    LONGEST_NAME,
    as_invoice,
    filed,
    media_type,
    safe_name,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("delivery note.pdf", "delivery note.pdf"),
        ("../../etc/passwd", "passwd"),
        ("D:\\post\\scan.PDF", "scan.PDF"),
        (".bashrc", "bashrc"),
        ("a\r\nb\x00.txt", "a b .txt"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("-rf", "rf"),
        ("...", "file"),
        ("", "file"),
        ("Lieferschein Grün.pdf", "Lieferschein Grün.pdf"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    kept = safe_name("x" * 300 + ".pdf")

    assert len(kept) == LONGEST_NAME
    assert kept.endswith(".pdf")
    assert len(safe_name("y" * 300)) == LONGEST_NAME


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"PK\x03\x04...", "application/zip"),
        ("signed, Grün\r\n".encode(), "text/plain"),
        (b"<script>alert(1)</script>", "application/octet-stream"),
        (b"\xef\xbb\xbf <html>", "application/octet-stream"),
        (b"\x00\x01", "application/octet-stream"),
        (b"text\x1b[2J", "application/octet-stream"),
        (b"\xe4\xf6", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says_not_its_name(body: bytes, kind: str) -> None:
    assert media_type(body) == kind
    assert filed("harmless.txt", body).media_type == kind


def test_ten_megabytes_are_kept_and_a_byte_more_is_refused() -> None:
    assert len(filed("scan.pdf", bytes(LARGEST)).body) == LARGEST
    with pytest.raises(RefusedError, match=r"scan\.pdf is larger than 10 MB"):
        filed("scan.pdf", bytes(LARGEST + 1))


def test_an_empty_file_is_no_evidence() -> None:
    with pytest.raises(RefusedError, match=r"note\.txt is empty"):
        filed("note.txt", b"")


def test_the_copy_of_an_invoice_is_a_pdf() -> None:
    copy = as_invoice(filed("R-1", b"%PDF-1.7"))

    assert (copy.role, copy.media_type) == ("invoice", "application/pdf")
    with pytest.raises(RefusedError, match=r"R-1\.pdf is no PDF; print or export the invoice"):
        as_invoice(filed("R-1.pdf", b"PK\x03\x04"))


def test_the_copy_of_an_invoice_fits_into_a_mail() -> None:
    """5 MB are taken, a byte more is not."""
    whole = b"%PDF-".ljust(LARGEST_COPY, b"x")

    assert len(as_invoice(filed("R-1.pdf", whole)).body) == LARGEST_COPY
    with pytest.raises(RefusedError, match=r"R-1\.pdf is larger than 5 MB, .* lower resolution"):
        as_invoice(filed("R-1.pdf", whole + b"x"))
