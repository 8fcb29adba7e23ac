"""Copies of invoices behind a letter: whole pages, nothing that acts, and never an obstacle."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import cast

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject

from activities.ports.letter_data import Attachment
from adapters.letters.formats.pdf import can_be_appended, print_letter
from adapters.letters.writer import LetterWriter
from starter.letters.samples import samples
from tests.adapters.letters.printed import SHEET, leaf, pages


def _locked() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(leaf("Secret")))
    writer.encrypt("word", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "broken", [b"", b"%PDF-1.7\n", b"no pdf", leaf("x")[:400], leaf("x")[400:], _locked()]
)
def test_a_copy_that_cannot_be_read_is_left_out(broken: bytes) -> None:
    whole = print_letter(SHEET, [leaf("One"), broken, leaf("Two")])

    assert whole.appended == 2
    assert pages(whole.body)[-2:] == ["One", "Two"]
    assert not can_be_appended(broken)
    assert can_be_appended(leaf("One"))
    assert print_letter(SHEET, [broken]).body == print_letter(SHEET).body


def test_a_letter_on_paper_speaks_only_of_copies_that_stand_behind_it() -> None:
    good, locked = (
        Attachment(name=f"{name}.pdf", media_type="application/pdf", body=body)
        for name, body in (("good", leaf("The invoice")), ("locked", _locked()))
    )
    told = replace(next(samples("en")).data, channel="paper", copies=(locked,))

    alone = LetterWriter().write(told)
    both = LetterWriter().write(replace(told, copies=(locked, good)))

    assert "attached" not in alone.text
    assert locked not in (*alone.attachments, *both.attachments)
    assert "A copy of the invoice is attached." in both.text
    letter = next(one for one in both.attachments if one.name.startswith(("Demand-", "Letter-")))
    assert pages(letter.body)[-1] == "The invoice"


def test_a_copy_leaves_its_scripts_links_and_files_behind() -> None:
    writer = PdfWriter(clone_from=BytesIO(leaf("The invoice")))
    writer.add_open_action(JavaScript("app.alert('hello')"))
    writer.add_attachment("evil.exe", b"MZ")
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://x.example"))
    writer.add_annotation(0, FreeText(text="Paid by hand", rect=(9, 9, 99, 99)))
    writer.add_outline_item(title="Jump", page_number=0)
    out = BytesIO()
    writer.write(out)

    body = print_letter(SHEET, [out.getvalue()]).body

    last = PdfReader(BytesIO(body)).pages[-1]
    assert last.extract_text() == "The invoice"
    (note,) = cast("ArrayObject", last["/Annots"])
    assert note.get_object()["/Subtype"] == "/FreeText"
    for trace in (b"app.alert", b"/JavaScript", b"evil.exe", b"x.example", b"/OpenAction", b"Jump"):
        assert trace not in body
