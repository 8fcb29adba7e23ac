"""The letter that asks whether the invoice has arrived offers a page to say so (P02)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.ports.letter_data import Letter
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.writer import LetterWriter
from starter.letters.samples import samples

LINK = "https://pay.example/r/abc"


def written(language: str, name: str = "confirm", link: str = LINK) -> Letter:
    data = next(sample.data for sample in samples(language) if sample.name == name)
    return LetterWriter().write(replace(data, receipt_link=link))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_stands_in_text_and_html_and_knows_the_language(language: str) -> None:
    letter, where = written(language), f"{LINK}?l={language}"

    assert where in letter.text
    assert f'href="{where}"' in letter.html


@pytest.mark.parametrize("name", ["polite-friendly", "formal-final", "several-clear", "thanks"])
def test_no_other_letter_asks_for_it(name: str) -> None:
    letter = written("en", name)

    assert LINK not in letter.text + letter.html


def test_without_a_page_a_line_in_answer_is_enough() -> None:
    letter = written("en", link="")

    assert "confirm online" not in letter.text + letter.html
    assert "A one-line reply is enough" in letter.text


def test_a_link_that_is_not_https_is_no_button() -> None:
    assert "http://pay.example" not in written("en", link="http://pay.example/r/abc").html
