"""Which files of an answer are kept: by what they hold, how large they are, and how many (P03)."""

import pytest

from domain.evidence.model import LARGEST
from domain.evidence.received import MOST_FILES, FileFate, received_files

PDF_FILE = b"%PDF-1.7 a delivery note"
DOCX = b"PK\x03\x04" + b"\x14\x00" * 13 + b"[Content_Types].xml" + b"\x00" * 9
ODT = b"PK\x03\x04" + b"\x14\x00" * 13 + b"mimetypeapplication/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("body", "fate"),
    [
        (PDF_FILE, FileFate.KEPT),
        (b"\x89PNG\r\n\x1a\n...", FileFate.KEPT),
        (b"\xff\xd8\xff\xe0...", FileFate.KEPT),
        ("Signed on Monday, Müller".encode(), FileFate.KEPT),
        (DOCX, FileFate.KEPT),
        (ODT, FileFate.KEPT),
        (b"PK\x03\x04" + b"\x14\x00" * 13 + b"setup.exe", FileFate.UNKNOWN_KIND),
        (b"MZ\x90\x00\x03", FileFate.UNKNOWN_KIND),
        (b"<html><script>", FileFate.UNKNOWN_KIND),
        (b"", FileFate.EMPTY),
    ],
)
def test_a_file_is_judged_by_its_content_and_never_by_its_name(body: bytes, fate: FileFate) -> None:
    (one,) = received_files([("delivery-note.pdf", body)])
    assert (one.fate, one.size) == (fate, len(body))
    assert one.body == (body if fate is FileFate.KEPT else b"")


@pytest.mark.parametrize(
    ("size", "fate"),
    [
        (LARGEST - 1, FileFate.KEPT),
        (LARGEST, FileFate.KEPT),
        (LARGEST + 1, FileFate.TOO_LARGE),
    ],
)
def test_ten_megabytes_are_kept_and_one_byte_more_is_not(size: int, fate: FileFate) -> None:
    (one,) = received_files([("scan.pdf", PDF_FILE.ljust(size, b" "))])
    assert (one.fate, one.size) == (fate, size)


def test_ten_files_are_kept_and_the_eleventh_is_named() -> None:
    """What is not kept for another reason takes nobody's place."""
    files = [("virus.exe", b"MZ\x90"), *((f"{n}.pdf", PDF_FILE + b"%d" % n) for n in range(11))]
    found = received_files(files)

    assert [one.fate for one in found[1:]] == [FileFate.KEPT] * MOST_FILES + [FileFate.TOO_MANY]
    assert found[-1].name == "10.pdf"


def test_the_same_content_twice_is_one_and_names_lead_nowhere() -> None:
    found = received_files([("../../etc/passwd.pdf", PDF_FILE), ("again.pdf", PDF_FILE)])
    assert [one.name for one in found] == ["passwd.pdf"]
