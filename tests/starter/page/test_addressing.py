"""The page addresses its reader as the letter did that brought the reader there."""

from __future__ import annotations

import re

import pytest

from adapters.letters.text.catalogue import CONSUMER, LANGUAGES, SOURCE, translations
from starter.page.words import page_catalogue, page_locale

ASKED = "What would you like to do?"
SEVERAL = {"it": r"\b(Voi|Vi|Vostr\w+)\b", "sv": r"\b([Nn]i|[Ee]r|[Ee]rt|[Ee]ra)\b"}
ONE = {"it": r"\b(Lei|Su[oaie])\b", "sv": r"\b([Dd]u|[Dd]ig|[Dd]in|[Dd]itt|[Dd]ina)\b"}
ALSO = ("Dear Sir or Madam,", "Scan to open your page")


@pytest.mark.parametrize(
    ("language", "business", "consumer"),
    [
        ("it", "Che cosa desiderate fare?", "Che cosa desidera fare?"),
        ("sv", "Vad vill ni göra?", "Vad vill du göra?"),
        ("de", "Was möchten Sie tun?", "Was möchten Sie tun?"),
    ],
)
def test_a_company_and_a_consumer_are_asked_as_letters_ask_them(
    language: str, business: str, consumer: str
) -> None:
    assert page_locale(language).gettext(ASKED) == business
    assert page_locale(language, consumer=True).gettext(ASKED) == consumer


@pytest.mark.parametrize("language", sorted(SEVERAL))
def test_no_phrase_of_the_page_speaks_to_several_and_to_one(language: str) -> None:
    """Whoever adds a phrase finds here that it needs a second translation."""
    known = page_catalogue(language)
    for phrase in known:
        said = str(phrase.string)
        if phrase.context == CONSUMER:
            assert not re.search(SEVERAL[language], said), said
            continue
        assert not re.search(ONE[language], said), said
        if phrase.id and re.search(SEVERAL[language], said):
            first = phrase.id if isinstance(phrase.id, str) else phrase.id[0]
            assert known.get(first, context=CONSUMER), first


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != SOURCE])
def test_what_the_page_takes_from_the_letters_is_said_to_a_consumer_as_there(language: str) -> None:
    for phrase in ALSO:
        said = page_locale(language, consumer=True).gettext(phrase)
        assert said == translations(language, consumer=True).gettext(phrase)
        assert page_locale(language).gettext(phrase) == translations(language).gettext(phrase)
