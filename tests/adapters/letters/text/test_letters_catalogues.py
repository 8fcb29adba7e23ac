"""Every phrase of the letters is translated, with all that it has to hold, in every language."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from adapters.letters.text.catalogue import LANGUAGES, SOURCE, catalogue, choose_language
from adapters.letters.text.collect import filled, phrases

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
HOLE = re.compile(r"%\((\w+)\)[sd]")
SALUTATIONS = ("Dear %(name)s,",)
"""Where a language needs no name: it would have to know more about it than is known."""


def first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def forms(message: Message) -> tuple[str, ...]:
    told = message.string or ""
    return tuple(told) if isinstance(told, list | tuple) else (told,)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_exactly_the_phrases_that_letters_use(language: str) -> None:
    """Run `make words` after a change of words, and translate what it names."""
    wanted = {phrase if isinstance(phrase, str) else phrase[0] for phrase in phrases()}

    assert {first(message) for message in messages(language)} == wanted
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_or_only_guessed(language: str) -> None:
    missing = [first(m) for m in messages(language) if not filled(m.string) or m.fuzzy]

    assert not missing
    counts = {len(forms(m)) for m in messages(language) if isinstance(m.id, list | tuple)}
    assert counts == {catalogue(language).num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_value_has_its_place_in_every_form_and_none_is_invented(language: str) -> None:
    for message in messages(language):
        if first(message) in SALUTATIONS:
            continue
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        wanted = set(HOLE.findall(ids[-1]))
        for text in forms(message):
            found = set(HOLE.findall(text))
            # "one day" may be said without its figure; every other value is needed.
            assert found <= wanted, (first(message), text)
            assert wanted - found <= {"n"}, (first(message), text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_ends_like_its_english(language: str) -> None:
    """A question stays a question, a label a label, and a sentence ends."""
    for message in messages(language):
        english = (message.id if isinstance(message.id, list | tuple) else (message.id,))[-1]
        for text in forms(message):
            assert text == text.strip(), text
            if english in (*SALUTATIONS, "Dear customer,", "Dear Sir or Madam,"):
                continue  # Spanish has a colon there
            for mark in ("?", ":"):
                assert english.endswith(mark) is text.replace("\u00a0", "").endswith(mark), text


@pytest.mark.parametrize(
    ("wanted", "accepted", "found"),
    [
        ("de-AT", "", "de_AT"),
        ("de-XX", "", "de"),
        ("", "fr, de", "fr"),
        ("pt-BR", "xx, sv", "sv"),
        ("pt", "", "en"),
        ("nonsense!", "", "en"),
        ("en-US", "de", "en_US"),
    ],
)
def test_a_letter_is_in_the_customers_language_else_in_the_creditors_order(
    monkeypatch: pytest.MonkeyPatch, wanted: str, accepted: str, found: str
) -> None:
    monkeypatch.setattr("adapters.letters.text.catalogue.LANGUAGES", ("en", "de", "fr", "sv"))

    assert str(choose_language(wanted, accepted)) == found
