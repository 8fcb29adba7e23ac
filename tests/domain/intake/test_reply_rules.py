"""Answers read by rules: sure or silent, in ten languages, each with the words it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from domain.intake.reply_meaning import ReplyMeaning, Says, resting_on
from domain.intake.reply_rules import read_reply
from domain.intake.spoken_days import spoken_day
from domain.money import Money, parse_money

TODAY = date(2026, 12, 2)
SAMPLES = Path(__file__).with_name("reply_samples.txt")


@dataclass(frozen=True)
class Sample:
    """An answer, with what it says."""

    language: str
    said: str
    means: frozenset[str]


def samples() -> list[Sample]:
    """All sample answers of our own."""
    lines = [line for line in SAMPLES.read_text().splitlines() if line and line[0] != "#"]
    parts = [line.split("\t") for line in lines]
    return [
        Sample(language, said, frozenset() if told == "-" else frozenset(told.split("+")))
        for language, told, said in parts
    ]


def words_of(found: tuple[ReplyMeaning, ...]) -> frozenset[str]:
    """What was read, as the samples write it."""
    return frozenset(
        one.meaning.value
        + (f"={one.day}" if one.day else "")
        + (f"@{one.amount.plain}" if one.amount else "")
        for one in found
    )


def test_the_samples_speak_ten_languages_and_of_everything() -> None:
    every = samples()
    languages = Counter(one.language for one in every)

    assert len(every) >= 200
    assert len(languages) == 10
    assert min(languages.values()) >= 20
    for language in languages:
        mine = {
            word.split("=")[0].split("@")[0]
            for one in every
            for word in one.means
            if one.language == language
        }
        assert mine == set(Says)


def test_rules_read_what_is_said_and_are_never_wrong() -> None:
    """Too little costs a person a minute; what is wrong costs a customer."""
    read = [(one, words_of(read_reply(one.said, one.language, "EUR", TODAY))) for one in samples()]
    wrong = [(one.said, set(found)) for one, found in read if found - one.means]
    right = sum(found == one.means for one, found in read)

    assert not wrong
    assert right >= len(read) * 0.97, [one.said for one, found in read if found != one.means]


def test_the_page_tells_what_is_measured_here() -> None:
    read = [(one, words_of(read_reply(one.said, one.language, "EUR", TODAY))) for one in samples()]
    right = sum(found == one.means for one, found in read)
    wrong = sum(bool(found - one.means) for one, found in read)

    line = f"| the rules | {right} | {wrong} | {len(read) - right - wrong} |"
    assert line in (SAMPLES.parents[3] / "docs/incoming.md").read_text()


@pytest.mark.parametrize("said", [
    "We will not pay this.",
    "If you had paid attention, this would not have happened.",
    "We pay when we get paid by our own customers.",
    "Has anybody paid this?",
    "We have paid half and will pay the rest on Friday.",
    "We have paid it. We will pay it on Friday.",
    "Wir haben das nicht überwiesen.",
    "Nous n'avons rien payé.",
    "Nie zapłaciliśmy.",
    "asdf qwer",
    "",
])  # fmt: skip
def test_what_is_in_doubt_is_left_to_a_person(said: str) -> None:
    found = {one.meaning for one in read_reply(said, "en", "EUR", TODAY)}
    assert not found & {Says.PAID, Says.PROMISE}


@pytest.mark.parametrize(
    ("said", "language", "day"),
    [
        ("on 2026-12-09", "en", date(2026, 12, 9)),
        ("on 9 December", "en", date(2026, 12, 9)),
        ("on December 9th", "en", date(2026, 12, 9)),
        ("on 13/12", "en", date(2026, 12, 13)),
        ("on 09/12", "en", None),
        ("on 12/13/2026", "en", date(2026, 12, 13)),
        ("am 9.12.", "de", date(2026, 12, 9)),
        ("am 9.1.", "de", date(2027, 1, 9)),
        ("am 31.2.", "de", None),
        ("am 9.11.", "de", None),
        ("on Friday", "en", date(2026, 12, 4)),
        ("next Friday", "en", None),
        ("on Wednesday", "en", None),
        ("on Thursday or Friday", "en", None),
        ("tomorrow", "en", date(2026, 12, 3)),
        ("10.12 EUR", "de", None),
        ("im Laufe der Woche", "de", None),
    ],
)
def test_a_day_is_read_only_where_it_can_be_no_other(
    said: str, language: str, day: date | None
) -> None:
    assert spoken_day(said, language, TODAY) == day


@pytest.mark.parametrize(
    ("currency", "amount"), [("SEK", "500.00"), ("NOK", "500.00"), ("DKK", "500.00"), ("EUR", None)]
)
def test_crowns_are_those_of_the_invoice(currency: str, amount: str | None) -> None:
    [one] = read_reply("Vi betalar 500 kr på fredag.", "sv", currency, TODAY)
    assert (one.meaning, one.amount and one.amount.plain) == (Says.PROMISE, amount)


SAID = "We pay 50 EUR on Friday. The rest is wrong."


def claimed(quote: str, **more: object) -> ReplyMeaning:
    return ReplyMeaning(meaning=Says.PROMISE, quote=quote, **more)  # type: ignore[arg-type]  # the fields by name


@pytest.mark.parametrize(
    ("one", "day", "amount"),
    [
        (claimed("We pay 50 EUR on Friday", day=date(2026, 12, 4)), date(2026, 12, 4), None),
        (claimed("on Friday", day=date(2026, 12, 1)), None, None),
        (claimed("on Friday", day=date(2028, 12, 1)), None, None),
        (claimed("We pay 50 EUR", amount=parse_money("50.00", "EUR")), None, "50.00"),
        (claimed("We pay 50 EUR", amount=parse_money("500.00", "EUR")), None, None),
        (claimed("on Friday", amount=parse_money("50.00", "EUR")), None, None),
    ],
)
def test_a_claim_keeps_only_what_its_words_can_prove(
    one: ReplyMeaning, day: date | None, amount: str | None
) -> None:
    [kept] = resting_on(SAID, [one], TODAY)
    assert (kept.day, kept.amount and kept.amount.plain) == (day, amount)


@pytest.mark.parametrize("quote", ["", " ", "we pay 50 eur", "We pay 50 EUR on friday", "paid"])
def test_a_claim_whose_quote_nobody_wrote_is_dropped(quote: str) -> None:
    assert resting_on(SAID, [claimed(quote, amount=Money(5000, "EUR"))], TODAY) == ()
