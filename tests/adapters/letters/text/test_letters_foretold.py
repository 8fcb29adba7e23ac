"""A consumer's first reminder says that it is free, until when, and what will be asked for then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.ports.letter_data import CostsForetold, LetterData
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.locale import BLANKS
from adapters.letters.writer import LetterWriter
from domain.contact.letter_changes import LetterChange
from domain.money import Money
from starter.letters.samples import sample_letter
from tests.adapters.letters.test_letters_tact import pattern

LETTERS = LetterWriter()
DAY = {
    "en": "16 March 2026", "de": "16. März 2026", "fr": "16 mars 2026", "it": "16 marzo 2026",
    "ro": "16 martie 2026", "sv": "16 mars 2026", "es": "16 de marzo de 2026",
    "pl": "16 marca 2026", "nl": "16 maart 2026", "ru": "16 марта 2026",
}  # fmt: skip
RATE = {"en": "10.5 %"} | {one: "10,5 %" for one in LANGUAGES if one != "en"}


def reminder(language: str, *fees: Money, percent: str = "") -> LetterData:
    data = sample_letter(language, "polite-friendly", consumer=True).data
    told = CostsForetold(fees=fees, percent=percent)
    return replace(data, deadline="2026-03-16", foretold=told)


def sentence(data: LetterData) -> str:
    """What is told apart from the same letter without it."""
    told = LETTERS.write(data).text.translate(BLANKS).split("\n\n")
    plain = LETTERS.write(replace(data, foretold=None)).text.translate(BLANKS).split("\n\n")
    (only,) = [part for part in told if part not in plain]
    return " ".join(only.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_day_the_costs_and_the_rate(language: str) -> None:
    both = sentence(reminder(language, Money(6500, "EUR"), percent="10.5"))
    fees = sentence(reminder(language, Money(6500, "EUR")))
    rate = sentence(reminder(language, percent="10.5"))

    assert all(DAY[language] in said for said in (both, fees, rate))
    assert "65" in both
    assert "65" in fees
    assert RATE[language] in both
    assert RATE[language] in rate
    assert "%" not in fees
    assert "EUR" not in rate
    assert not any(pattern(language).search(said) for said in (both, fees, rate))


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_that_count_from_the_receipt_are_told_beside_the_day(language: str) -> None:
    data = reminder(language, Money(6500, "EUR"))
    assert data.foretold
    said = sentence(replace(data, foretold=replace(data.foretold, receipt_days=14)))

    assert "14" in said.replace(DAY[language], "")
    assert DAY[language] in said
    assert "65" in said
    assert not pattern(language).search(said)


def test_words_of_ones_own_do_not_hide_it() -> None:
    data = reminder("nl", Money(6500, "EUR"))
    own = replace(data, change=LetterChange(passage="Dank u voor het gesprek.", instead=True))

    text = LETTERS.write(own).text.translate(BLANKS)

    assert "Dank u voor het gesprek." in text
    assert "Deze herinnering kost u niets." in " ".join(text.split())


def test_several_sums_stand_in_one_sentence() -> None:
    said = sentence(reminder("en", Money(6500, "EUR"), Money(2000, "USD")))

    assert "EUR 65.00 and USD 20.00 of costs" in said


def test_the_day_is_the_letters_own_and_not_that_of_a_missed_instalment() -> None:
    """The last day of a cure comes sooner than the days that cost nothing are over."""
    data = sample_letter("en", "instalment_missed", consumer=True).data
    told = CostsForetold(fees=(Money(6500, "EUR"),))
    text = LETTERS.write(replace(data, deadline="2026-03-16", foretold=told)).text

    assert "not reached us by 16 March 2026" in " ".join(text.translate(BLANKS).split())
