"""Firmer, never angry, never an accusation (P18): the checklist of docs/letters.md, kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from adapters.letters.formats.sms import NEVER_SPOKEN
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.template_choice import occasion_of
from domain.decision.bundling import TONES
from starter.letters.samples import TONED, samples
from tests.adapters.letters.reading import LETTERS

PAGE = (Path(__file__).parents[3] / "docs/letters.md").read_text()
ROW = re.compile(r"^\| ([a-z]{2}) \| (.+) \|$", re.MULTILINE)
BANNED = {language: words.split(", ") for language, words in ROW.findall(PAGE)}
SHOUTING = re.compile(r"\b[^\W\d_a-z]{5,}\b")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def pattern(language: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in BANNED[language])
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def everything_said(language: str) -> list[tuple[str, str]]:
    """Each letter's subject and words in each way it can be said."""
    said = []
    for sample in samples(language):
        written = LETTERS.write(sample.data)
        said.append((sample.name, f"{written.subject}\n{written.text}"))
        short = (
            ("sms",) if occasion_of(sample.data) in NEVER_SPOKEN else ("sms", "voice", "machine")
        )
        for channel in short:
            text = LETTERS.write(replace(sample.data, channel=channel)).text
            said.append((f"{sample.name} {channel}", text))
    return said


def test_the_checklist_has_words_for_every_language() -> None:
    assert set(BANNED) >= set(LANGUAGES)
    assert all(len(words) >= 8 for words in BANNED.values())


@every_language
def test_no_letter_has_a_word_that_accuses_threatens_or_hurries(language: str) -> None:
    """P18."""
    bad = pattern(language)
    found = [(name, bad.findall(text)) for name, text in everything_said(language)]

    assert not [entry for entry in found if entry[1]]


@every_language
def test_no_letter_shouts(language: str) -> None:
    for name, text in everything_said(language):
        assert not set("!¡") & set(text), name
        words = [word for word in SHOUTING.findall(text) if word == word.upper()]
        assert not [word for word in words if word != "IBAN"], name


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "You FAILED to pay!"), ("de", "Sie sind säumig"), ("ru", "передадим в суд")],
)
def test_the_scan_would_find_what_it_looks_for(language: str, text: str) -> None:
    assert pattern(language).search(text)


@every_language
def test_each_tone_has_words_of_its_own(language: str) -> None:
    """Five tones would be four if two of them said the same."""
    letters = {one.name: LETTERS.write(one.data).text for one in samples(language)}

    for tone, next_tone in pairwise(TONES):
        assert letters[f"reminder-{tone}"] != letters[f"reminder-{next_tone}"]
    for occasion in TONED:
        # A formal demand is formal in every tone but the last.
        other = "final" if occasion == "formal" else "firm"
        assert letters[f"{occasion}-warm"] != letters[f"{occasion}-{other}"], occasion


@every_language
def test_only_firm_and_final_letters_speak_of_an_agency_or_of_payment_in_advance(
    language: str,
) -> None:
    told = {one.name: LETTERS.content(one.data).follows for one in samples(language)}
    hard = {told[f"{name}-{tone}"] for name in ("reminder", "several") for tone in TONES[3:]}

    for occasion in ("polite", "second", "reminder", "several"):
        for tone in TONES[:3]:
            assert told[f"{occasion}-{tone}"]
            assert told[f"{occasion}-{tone}"] not in hard
