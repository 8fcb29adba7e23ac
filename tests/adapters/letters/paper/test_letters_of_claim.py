"""A letter of claim for consumers in England: with its official forms, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from activities.ports.letter_data import Attachment
from adapters.letters.formats.style import style_in
from adapters.letters.notices import missing_forms
from adapters.letters.writer import LetterWriter
from starter.letters.checking import problems_in
from tests.adapters.letters.paper.test_letters_notices import enclose, final, writer

GB_FORMS = ("gb-information-sheet.pdf", "gb-reply-form.pdf", "gb-financial-statement.pdf")


def test_a_letter_of_claim_in_england_goes_with_all_official_forms_or_is_a_plain_demand(
    tmp_path: Path,
) -> None:
    """The protocol's forms are official texts: never shipped, and never left out."""
    data, letters = final("en", "GB", "consumer"), writer(tmp_path, "GB")
    for name in GB_FORMS:
        assert letters.write(data).text == LetterWriter().write(data).text, name
        enclose(tmp_path, name)
    claim = letters.write(data)

    assert claim.subject == "Letter of claim: invoice INV-2026-0042"
    assert "Please send the reply form to billing@sample.example by 11 April 2026" in claim.text
    assert [one.name for one in claim.attachments if one.name in GB_FORMS] == list(GB_FORMS)
    unanswerable = replace(data, creditor=replace(data.creditor, email=""))
    assert "Letter of claim" not in letters.write(unanswerable).subject
    (tmp_path / "sample" / "forms" / GB_FORMS[1]).write_bytes(b"no pdf")
    assert "Letter of claim" not in letters.write(data).subject


def test_official_forms_are_pages_behind_the_letter_on_paper(tmp_path: Path) -> None:
    data = replace(final("en", "GB", "consumer"), channel="paper", copies=())
    plain = pages(LetterWriter().write(data).attachments)
    enclose(tmp_path, *GB_FORMS)

    assert pages(writer(tmp_path, "GB consumer").write(data).attachments) == plain + 3


def pages(attachments: Sequence[Attachment]) -> int:
    (letter,) = [one for one in attachments if one.name.startswith(("Demand", "Letter"))]
    return len(PdfReader(BytesIO(letter.body)).pages)


def test_a_letter_of_claim_says_whether_interest_runs_on(tmp_path: Path) -> None:
    enclose(tmp_path, *GB_FORMS)
    data, letters = final("en", "GB", "consumer"), writer(tmp_path, "GB")

    assert "Interest goes on being added; how much a day" in letters.write(data).text
    free = letters.write(replace(data, statement=None)).text
    assert "No interest is being added." in free
    assert "for each further day" not in free


@pytest.mark.parametrize(
    ("language", "follows"),
    [("de", "Betreibung"), ("fr", "poursuite"), ("it", "esecuzione"), ("en", "Betreibung")],
)
def test_swiss_enforcement_is_named_only_where_the_creditor_would_start_it(
    tmp_path: Path, language: str, follows: str
) -> None:
    data = final(language, "CH", "business")

    assert follows not in writer(tmp_path, "CH").write(data).text
    assert follows in writer(tmp_path, "CH", "CH enforcement").write(data).text
    assert follows not in writer(tmp_path, "CH enforcement").write(data).text


def test_the_check_of_own_letters_names_each_official_form_that_is_missing(tmp_path: Path) -> None:
    writer(tmp_path, "GB consumer")
    enclose(tmp_path, GB_FORMS[0])
    found = [str(one) for one in problems_in(tmp_path / "sample")]

    assert [one.partition(":")[0] for one in found] == [f"forms/{one}" for one in GB_FORMS[1:]]
    assert "until then the last demand stays a plain one" in found[0]
    enclose(tmp_path, *GB_FORMS)
    assert not list(missing_forms(style_in(tmp_path / "sample")))


def test_a_notice_is_written_as_its_language_and_region_write(tmp_path: Path) -> None:
    """The day is the 11th: Italian says "entro l'11 aprile", and so do our own sentences."""
    text = writer(tmp_path, "CH", "CH enforcement").write(final("it", "CH", "business")).text

    assert "entro l’11 aprile" in text  # noqa: RUF001 - the very sign
    assert "entro il 11" not in text
