"""The letter on paper: complete, literal, the same every time, and with its copies behind it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from qrbill import QRBill

from adapters.letters.formats.pdf import TEMPLATE, print_letter
from adapters.letters.letter import FiguresRow, FiguresTable, Party, Picture, WayToPay
from tests.adapters.letters.printed import PAYLOAD, SHEET, leaf, pages

FOOT = 105 / 25.4 * 72
"""How high a Swiss payment part stands, in points."""

HOSTILE = ['#read("/etc/passwd")', "$x$", "*bold*", "_so_", "\\", "@preview", "<label>", "#{6*7}"]
HOSTILE += ["`raw`", "// no", "/* no */", "https://x.example", "~", "---", '"q"', "= Title", "- x"]


NO_WORDS = ("language", "accent", "weight", "colon", "place")


def _plain(text: str) -> str:
    return "".join(text.split())


def _words(thing: Any) -> list[str]:
    if isinstance(thing, Picture):
        return [thing.caption]
    if is_dataclass(thing):
        names = [f.name for f in fields(thing) if f.name not in NO_WORDS]
        return [word for name in names for word in _words(getattr(thing, name))]
    if isinstance(thing, tuple):
        return [word for each in thing for word in _words(each)]
    return [thing] if thing else []


def test_every_word_of_a_letter_stands_on_its_paper() -> None:
    text = _plain("".join(pages(print_letter(SHEET).body)))

    assert not [words for words in _words(SHEET) if _plain(words) not in text]


@pytest.mark.parametrize(
    "words",
    [
        *("Știință țară", "Zażółć gęślą jaźń", "Просрочено", "Grüße", "façon", "perché"),
        *("Återbetalning", "Año", "één", "1.049,87 €", "„Zitat“", "« guillemets »", "Ελλάδα"),
    ],
)
def test_every_language_has_its_letters(words: str) -> None:
    text = "".join(pages(print_letter(replace(SHEET, language="ro", greeting=words)).body))

    assert words in text
    assert "\ufffd" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_typed_is_printed_and_never_run(hostile: str) -> None:
    name = Party(name=hostile, lines=(hostile,))
    row = FiguresRow(label=hostile, value=hostile, note=hostile)
    foul = replace(
        SHEET, subject=hostile, sender=name, recipient=name, date=row, greeting=hostile,
        tables=(FiguresTable(title=hostile, rows=(row,)),), terms=(hostile,), signature=(hostile,),
    )  # fmt: skip

    body = print_letter(foul).body

    text = _plain("".join(pages(body)))
    assert text.count(_plain(hostile)) >= 12
    assert "root:" not in text
    assert "42" not in text.replace("Acme42", "")
    meta = PdfReader(BytesIO(body)).metadata
    assert meta is not None
    assert (meta.title, meta.author) == (hostile, hostile)


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "\u200f", "\x00", "\x0b", "\x85", "\ud800"])
def test_unseen_marks_cannot_turn_an_amount_around(mark: str) -> None:
    text = "".join(pages(print_letter(replace(SHEET, greeting=f"EUR {mark}123.45")).body))

    assert "EUR 123.45" in text


def test_a_very_long_word_stays_on_the_page() -> None:
    word = "W" * 400

    body = print_letter(
        replace(SHEET, greeting=word, recipient=Party(name=word), terms=(word,))
    ).body

    longest = max(len(line) for page in pages(body) for line in page.splitlines())
    assert longest < 120
    assert "".join(pages(body)).count("W") >= 1200


@pytest.mark.parametrize("length", [27, 30])
def test_a_reference_is_copied_without_unseen_marks(length: int) -> None:
    row = FiguresRow(label="Reference", value="2" * length)

    (text, *_) = pages(
        print_letter(replace(SHEET, ways=(WayToPay(label="Transfer", rows=(row,)),))).body
    )

    assert row.value in text


def test_the_qr_code_on_paper_is_the_one_of_the_letter() -> None:
    found = [
        zxingcpp.read_barcodes(image.image)
        for page in PdfReader(BytesIO(print_letter(SHEET).body)).pages
        for image in page.images
        if isinstance(image.image, Image.Image)
    ]

    assert [codes[0].text for codes in found if codes] == [PAYLOAD]


def test_the_window_says_where_to_send_the_letter_back() -> None:
    lines = ("ул. Ленина 1", "Москва", "+7 495 000 00 00", "Tel.: (495) 1", "post@acme.example")

    text = _plain(
        pages(print_letter(replace(SHEET, sender=Party(name="Акме", lines=lines))).body)[0]
    )

    assert _plain("Акме · ул. Ленина 1 · Москва") + "Globex" in text


def test_a_logo_takes_the_place_of_the_name_at_the_head() -> None:
    out = BytesIO()
    Image.new("RGB", (3000, 90), "teal").save(out, "jpeg")
    logo = Picture(name="logo", body=out.getvalue(), media_type="image/jpeg", alt="Acme")

    with_logo, without = print_letter(replace(SHEET, logo=logo)).body, print_letter(SHEET).body

    assert pages(with_logo)[0].count("Acme Supplies Ltd") == 2
    assert pages(without)[0].count("Acme Supplies Ltd") == 3


def test_a_picture_that_cannot_be_drawn_is_named_with_the_way_out() -> None:
    broken = Picture(name="logo", body=b"<svg/>")

    with pytest.raises(ValueError, match=r"Second reminder.* cannot be printed.*PNG or JPEG"):
        print_letter(replace(SHEET, logo=broken))


def _bill() -> str:
    out = StringIO()
    creditor = {"name": "Grüße AG", "pcode": "8000", "city": "Zürich", "country": "CH"}
    QRBill(account="CH9300762011623852957", creditor=creditor, amount="10.00").as_svg(out)
    return out.getvalue()


@pytest.mark.parametrize("link", ["letter.typ", "/etc/passwd", "https://x.example/a.png"])
def test_a_payment_part_cannot_fetch_anything(link: str) -> None:
    bill = _bill().replace("</svg>", f'<image href="{link}" width="9" height="9"/></svg>')

    with pytest.raises(ValueError, match="SVG without links"):
        print_letter(replace(SHEET, bill=bill))


@pytest.mark.parametrize("tables", [1, 2, 3, 4])
def test_the_payment_part_is_at_the_foot_of_the_last_page(tables: int) -> None:
    swiss = replace(SHEET, bill=_bill(), codes=(), tables=SHEET.tables * tables)
    *_, page = PdfReader(BytesIO(print_letter(swiss).body)).pages
    words: list[str] = []
    heights: list[float] = []

    def note(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        if text.strip():
            words.append(text.strip())
            heights.append(at[5] * matrix[3] + matrix[5])

    text = page.extract_text(visitor_text=note)

    (number,) = [place for place, word in enumerate(words) if re.fullmatch(r"(\d) / \1", word)]
    assert min(heights[: number + 1]) > FOOT > max(heights[number + 1 :])
    assert text.index(words[number]) < text.index("Payment part")


def test_the_template_fetches_nothing() -> None:
    template = TEMPLATE.read_text()

    assert not [word for word in ("import", "include", "read(", "@", "plugin") if word in template]


@pytest.mark.parametrize("source", ['#import "@preview/cetz:0.3.0"', '#read("/etc/passwd")'])
def test_not_even_a_template_could_leave_its_folder(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.typ"
    other.write_text(source)
    monkeypatch.setattr("adapters.letters.formats.pdf.TEMPLATE", other)

    with pytest.raises(ValueError, match=r"package|not found"):
        print_letter(SHEET)


def test_the_same_letter_is_the_same_bytes() -> None:
    copies = [leaf("A copy")]

    assert print_letter(SHEET).body == print_letter(SHEET).body
    assert print_letter(SHEET, copies).body == print_letter(SHEET, copies).body
    assert b"CreationDate" not in print_letter(SHEET).body


def test_pages_are_numbered_and_copies_are_not() -> None:
    many = replace(SHEET, tables=SHEET.tables * 12)

    *letter, copy = pages(print_letter(many, [leaf("A copy")]).body)

    count = len(letter)
    assert count > 2
    assert [f"{n} / {count}" in page for n, page in enumerate(letter, 1)] == [True] * count
    assert copy == "A copy"


def test_a_reader_of_screens_hears_language_title_and_structure() -> None:
    for body in (print_letter(SHEET).body, print_letter(SHEET, [leaf("A copy")]).body):
        reader = PdfReader(BytesIO(body))
        assert str(reader.root_object["/Lang"]) == "en"
        assert "/StructTreeRoot" in reader.root_object
        assert reader.metadata is not None
        assert reader.metadata.title == SHEET.subject


def test_a_letter_about_five_hundred_invoices_takes_seconds() -> None:
    many = replace(SHEET, tables=SHEET.tables * 500)
    began = perf_counter()

    body = print_letter(many).body

    assert perf_counter() - began < 20
    assert "".join(pages(body)).count("Amount owed") == 500
