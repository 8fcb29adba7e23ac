"""A company's paper: addresses, register data, terms in the reader's language, kept for years."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from activities.ports.letter_data import Attachment, LetterData
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.writer import LetterWriter
from starter.letters.people import REGISTER, TERMS
from starter.letters.samples import samples
from tests.adapters.letters.printed import leaf
from tests.adapters.letters.reading import LETTERS, read
from tests.adapters.letters.samples import letter


def formal(language: str) -> LetterData:
    return next(one.data for one in samples(language) if one.name == "formal-final")


def paper(data: LetterData, letters: LetterWriter = LETTERS) -> Attachment:
    files = letters.write(data).attachments
    return next(one for one in files if one.media_type == "application/pdf" and one.body[:5])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_holds_the_address_and_all_that_is_needed_to_pay(language: str) -> None:
    data = formal(language)
    body = paper(replace(data, copies=())).body
    first = "".join(PdfReader(BytesIO(body)).pages[0].extract_text().split())
    content = LETTERS.content(data)

    assert content.glance
    assert content.glance.until
    rows = (*content.glance.sums, content.glance.until, *content.ways[0].rows)
    told = (*content.window, *(row.value for row in rows), REGISTER[language])
    assert [words for words in told if "".join(words.split()) not in first] == []
    assert b"\xe2\x80\x8b" not in body
    assert all(mark in body for mark in (b"pdfaid:part", b"pdfuaid:part")), "PDF/A and PDF/UA"


def test_with_strangers_pages_behind_it_no_standard_is_promised() -> None:
    copy = Attachment(name="a.pdf", media_type="application/pdf", body=leaf("A copy"))
    written = LETTERS.write(replace(formal("en"), copies=(copy,), channel="paper"))

    assert b"pdfaid" not in written.attachments[0].body


def test_a_file_is_named_in_the_letters_language() -> None:
    names = [paper(formal(language)).name for language in ("en", "de", "sv", "ru")]

    assert names == [
        "Demand-INV-2026-0042.pdf",
        "Mahnung-INV-2026-0042.pdf",
        "Betalningskrav-INV-2026-0042.pdf",
        "Trebovanie-INV-2026-0042.pdf",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_stand_in_the_letters_language_and_never_in_another(language: str) -> None:
    """C3: each language its own; without it, what the invoice says."""
    every = "\n".join(f"[{code}]\n{words}" for code, words in TERMS.items() if code != "sv")
    data = formal(language)
    data = replace(data, creditor=replace(data.creditor, terms=every, languages="en"))
    text = read(data).text

    others = [words for code, words in TERMS.items() if code != language]
    assert not [words for words in others if words in text]
    due = LETTERS.content(data).terms
    assert due == ((TERMS[language],) if language != "sv" else due)
    assert due


def test_terms_that_say_no_language_are_in_the_creditors_first() -> None:
    english = letter("polite", creditor=replace(letter().creditor, languages="en, de"))
    german = replace(english, debtor=replace(english.debtor, language="de"))

    assert "Net 30 days." in LETTERS.write(english).text
    assert "Net 30 days." not in LETTERS.write(german).text
    assert "Zahlbar bis zum 3. Februar 2026" in LETTERS.write(german).text


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("DE", ("Globex GmbH", "Ms Braun", "Weg 1", "10115 Berlin", "Germany")),
        ("GB", ("Globex GmbH", "Ms Braun", "Weg 1", "Berlin", "10115")),
        ("US", ("Globex GmbH", "Ms Braun", "Weg 1", "Berlin 10115", "United States")),
    ],
)
def test_an_address_is_written_as_its_country_writes_it(
    country: str, lines: tuple[str, ...]
) -> None:
    data = letter("formal", do="demand_letter")
    you = replace(data.debtor, street="Weg 1", postcode="10115", town="Berlin", country=country)
    us = replace(data.creditor, country="GB")
    data = replace(data, debtor=replace(you, attention="Ms Braun"), creditor=us)

    assert LETTERS.content(data).window == lines
    assert LETTERS.content(replace(data, debtor=replace(you, town=""))).window == ()
