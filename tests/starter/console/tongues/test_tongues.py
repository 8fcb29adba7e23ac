"""The console in ten languages: every phrase is there, and a page keeps to one of them."""

import re

import pytest
from babel.messages.catalog import Message
from httpx import get

from adapters.letters.text.catalogue import LANGUAGES, SOURCE
from adapters.letters.text.collect import filled
from starter.console.collect import STILL_ENGLISH, updated_console
from starter.console.shown.tongue import choose_tongue, console_catalogue
from tests.starter.console.factories import Console, Visitor

OTHERS = [language for language in LANGUAGES if language != SOURCE]


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_holds_every_phrase_and_no_other(language: str) -> None:
    """Run `make words` where this fails."""
    kept = {_id(one) for one in console_catalogue(language) if one.id}

    assert kept == {_id(one) for one in updated_console(language) if one.id}


_VALUE, _TAG = re.compile(r"%\(\w+\)[sd]|%%"), re.compile(r"<[^>]*>")


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_translated_or_listed_with_its_values_and_its_markup(language: str) -> None:
    missing, broken = set(), set()
    for one in filter(lambda one: one.id, console_catalogue(language)):
        if not filled(one.string):
            missing.add(_id(one))
        broken |= {form for form in _forms(one) if form and _parts(form) != _parts(_id(one))}

    assert missing <= set(STILL_ENGLISH.read_text(encoding="utf-8").splitlines())
    assert broken == set()


def _parts(text: str) -> list[list[str]]:
    """The values and the markup in a phrase, in any order."""
    return [sorted(_VALUE.findall(text)), sorted(_TAG.findall(text))]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize(
    ("own", "accepted", "chosen"),
    [
        ("", "", "en"),
        ("ru", "de", "ru"),
        ("", "zh-CN, de-CH;q=0.9, en;q=0.8", "de"),
        ("", "tlh", "en"),
        ("", ";;,=,\x00", "en"),
    ],
)
def test_the_language_is_the_persons_own_else_the_browsers(
    own: str, accepted: str, chosen: str
) -> None:
    assert choose_tongue(own, accepted).language == chosen


def test_a_person_chooses_a_language_and_keeps_it(console: Console, ann: Visitor) -> None:
    by_browser = ann.get("/me", headers={"accept-language": "nl"}).text
    done = ann.post("/me/language", language="de")
    kept = ann.get("/me", headers={"accept-language": "nl"}).text
    refused = ann.post("/me/language", language="xx")
    ann.post("/me/language", language="")
    given_back = ann.get("/me", headers={"accept-language": "nl"}).text

    assert done.status_code == 303
    assert refused.status_code == 422
    assert [_language(text) for text in (by_browser, kept, given_back)] == ["nl", "de", "nl"]


def test_whoever_is_not_signed_in_reads_in_the_browsers_language(console: Console) -> None:
    page = get(f"{console.address}/sign-in", headers={"accept-language": "pl"}).text

    assert _language(page) == "pl"


def _language(page: str) -> str:
    found = re.search(r'<html lang="(\w+)">', page)
    assert found
    return found[1]
