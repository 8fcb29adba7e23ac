"""STOP in every language and spelling is a stop; in doubt it is one, too, and a person reads it."""

from __future__ import annotations

import pytest

from activities.ports.incoming import ReplyKind
from adapters.incoming.stop_words import START, STOP, StopWish, wish_of
from adapters.letters.text.catalogue import LANGUAGES

US_LIST = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "stopall")
FORMS = ("{}", " {}. ", "«{}»!!", "{} please", "bitte {}", "{}\n")


def test_every_shipped_language_has_words_of_its_own() -> None:
    assert set(STOP) == set(START) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_listed_word_stops_in_any_case_and_with_any_marks(language: str) -> None:
    """The list of the US rule, and the words of ten languages."""
    for word in (*US_LIST, *STOP[language].split()):
        for spelt in (word, word.upper(), word.title()):
            for form in FORMS:
                assert wish_of(form.format(spelt)) == StopWish(ReplyKind.STOP), form.format(spelt)


@pytest.mark.parametrize(
    "text",
    ["STOP PLEASE", "S.T.O.P.", "s t o p", "Opt-Out", "STOP ALL", "stop \U0001f6d1", "Arret"],
)
def test_other_spellings_stop_as_well(text: str) -> None:
    assert wish_of(text).sort is ReplyKind.STOP


@pytest.mark.parametrize(
    "text",
    [
        "please do not text me any more",
        "no more messages, thanks",
        "bitte keine SMS mehr",
        "Schreiben Sie mir nicht mehr per SMS",
        "ne m'envoyez plus de SMS",
        "non voglio più ricevere messaggi",
        "nu mai vreau mesaje",
        "skicka inga fler sms",
        "no quiero más mensajes",
        "nie chcę więcej SMS-ów",
        "stuur geen berichten meer",
        "не пишите мне больше",
        "Can I stop by tomorrow?",
    ],
)
def test_who_says_it_in_a_sentence_is_left_alone_and_a_person_reads_it(text: str) -> None:
    """In doubt it is a stop: a text too few costs less than one too many."""
    assert wish_of(text) == StopWish(ReplyKind.STOP, plain=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "yes",
        "I will pay at the end of the month",
        "End of month",
        "We paid on Monday",
        "wird morgen bezahlt",
        "Ich kann diese Woche nicht zahlen",
        "paiement fait hier",
        "gata, am plătit",
        "fine, thanks",
        "cancel invoice 12",
        "stay",
        "please stay in touch",
        "оплатим завтра",
    ],
)
def test_an_ordinary_answer_is_a_reply(text: str) -> None:
    assert wish_of(text) == StopWish(ReplyKind.REPLY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_start_is_plain_or_it_is_none(language: str) -> None:
    for word in START[language].split():
        assert wish_of(f"{word.upper()}!") == StopWish(ReplyKind.START)
        assert wish_of(f"when will you {word} the delivery").sort is not ReplyKind.START


@pytest.mark.parametrize(
    ("text", "told", "sort"),
    [
        ("ALTO YA", "STOP", ReplyKind.STOP),
        ("whatever", "STOP", ReplyKind.STOP),
        ("YES", "START", ReplyKind.START),
        ("STOP", "START", ReplyKind.STOP),
        ("help", "HELP", ReplyKind.REPLY),
    ],
)
def test_twilios_own_verdict_counts_but_never_against_a_stop(
    text: str, told: str, sort: ReplyKind
) -> None:
    assert wish_of(text, told).sort is sort
