"""Texts of a creditor by language: the one that was asked for, and never another."""

import pytest

from domain.parties.wordings import in_language, wrong_languages

TERMS = """
[de]
Es gilt deutsches Recht.

[de-CH]
Es gilt schweizerisches Recht.
[en]
English law applies.
"""


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", "Es gilt deutsches Recht."),
        ("de-AT", "Es gilt deutsches Recht."),
        ("de-CH", "Es gilt schweizerisches Recht."),
        ("DE-ch", "Es gilt schweizerisches Recht."),
        ("en-GB", "English law applies."),
        ("fr", ""),
    ],
)
def test_the_own_language_is_chosen_or_the_one_without_its_country(tag: str, words: str) -> None:
    assert in_language(TERMS, tag) == words


@pytest.mark.parametrize("text", ["", "Es gilt deutsches Recht.", "see [de] and more"])
def test_a_text_that_is_not_divided_is_nobodys(text: str) -> None:
    """Whose language it is has to be known otherwise."""
    assert in_language(text, "de") is None


@pytest.mark.parametrize(("tag", "words"), [("de", "Nur eine."), ("en", "")])
def test_a_text_in_one_language_is_for_that_alone(tag: str, words: str) -> None:
    assert in_language("[de]\nNur eine.", tag) == words


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({}, ""),
        ({"de": "gut", "de-CH": "auch"}, ""),
        ({"german": "gut"}, "german is no language"),
        ({"de": 1}, "de must be a text in quotes"),
        ({"en": "good", "de": {"x": "y"}}, "de must be a text in quotes"),
    ],
)
def test_what_is_no_language_or_no_text_is_named(told: dict[str, object], wrong: str) -> None:
    assert wrong_languages(told).startswith(wrong)
    assert bool(wrong_languages(told)) is bool(wrong)
