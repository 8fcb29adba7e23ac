"""A law is cited in one piece: its numbers never stand alone at the begin of a line."""

from __future__ import annotations

import re

import pytest

from adapters.letters.text.laws import laws, unbroken_law

PHRASES = sorted({phrase for words in laws().values() for phrase in words.values()})
LOOSE = re.compile(r"(?:§|[Aa]rt\.|Abs\.|cpv\.|alin\.|nr\.|pkt|lid|[Aa]rtikel|article|section) \d")


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_number_of_a_law_stands_apart_from_its_word(phrase: str) -> None:
    whole = unbroken_law(phrase)

    assert whole.replace("\u00a0", " ") == phrase
    assert not LOOSE.search(whole)
    assert " r. " not in whole
    assert not re.search(r"\d §", whole)
