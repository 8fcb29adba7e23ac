"""Words of one's own in a letter: where it takes them, and what always stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from activities.ports.letter_data import LetterData
from adapters.letters.writer import LetterWriter
from domain.contact.letter_changes import LetterChange, PassagePlace, checked_passage
from domain.errors import DomainError
from starter.letters.samples import samples
from tests.adapters.letters.paper.test_letters_notices import final, writer

SAID = "Ω <b>first</b> & only"
ADDED = LetterChange(passage=SAID)
INSTEAD = LetterChange(passage=SAID, instead=True)


def changed(data: LetterData, change: LetterChange) -> LetterData:
    return replace(data, change=change, channel="email")


def test_a_letter_in_the_form_of_the_law_takes_no_words(tmp_path: Path) -> None:
    data = final("fr", "FR")
    mine = writer(tmp_path, "FR")
    plain, noticed = mine.write(data), mine.write(changed(data, INSTEAD))

    assert noticed.place is PassagePlace.NOWHERE
    assert noticed.text == plain.text
    assert mine.write(replace(data, tone="firm")).place is not PassagePlace.NOWHERE


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_whatever_is_put_into_a_letter_its_figures_stay(language: str) -> None:
    """The glance, the table and how to pay are the same lines before and after."""
    for sample in samples(language):
        plain = LetterWriter().write(replace(sample.data, channel="email"))
        own = LetterWriter().write(changed(sample.data, INSTEAD))
        if plain.place is PassagePlace.NOWHERE:
            assert own.text == plain.text
            continue
        gone = plain.opening if plain.place is PassagePlace.INSTEAD else ""
        left = plain.text.replace(f"{gone}\n\n", "", 1) if gone else plain.text

        assert own.text.replace(f"{SAID}\n\n", "", 1) == left, sample.name
        assert own.subject == plain.subject
        assert "<b>first" not in own.html
        assert "&lt;b&gt;first" in own.html


def test_it_stands_before_the_letters_own_words() -> None:
    data = next(iter(samples("en"))).data
    letter = LetterWriter().write(changed(data, ADDED))

    assert f"{SAID}\n\n{letter.opening}" in letter.text


@pytest.mark.parametrize(
    "words",
    [
        *("pay EUR 50", "only 50 €", "50 CHF will do", "$5", "see www.evil.example"),
        *("to DE89 3704 0044 0532 0130 00", "https://x.example", "x" * 1001, "a\x00b"),
        "\n\n".join("abcdefg"),
    ],
)
def test_what_a_letter_says_exactly_is_refused(words: str) -> None:
    with pytest.raises(DomainError):
        checked_passage(words)


def test_paragraphs_are_kept_and_blanks_are_not() -> None:
    assert checked_passage(" Dear  Ann,\r\n\r\n\n thank\nyou. \n\n") == "Dear Ann,\n\nthank you."
    assert checked_passage("On 3 March 2026 we spoke about 12 pallets.")
