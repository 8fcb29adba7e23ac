"""Text messages are short and say who, what and how much; machines learn of no debt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from activities.ports.types import LetterError
from adapters.letters.asked import asked_sum
from adapters.letters.formats.sms import (
    LONGEST_SMS,
    MOST_SMS_SEGMENTS,
    NEVER_SPOKEN,
    sms_segments,
    without_accents,
)
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.template_choice import occasion_of
from domain.parties.people import Creditor, Debtor
from starter.letters.samples import SampleLetter, samples
from tests.adapters.letters.reading import LETTERS, locale_of

AGENCY = {
    "en": "collection agency",
    "de": "inkasso",
    "fr": "recouvrement",
    "it": "recupero",
    "ro": "recuperare",
    "sv": "inkasso",
    "es": "cobros",
    "pl": "windykacyj",
    "nl": "incasso",
    "ru": "взысканию",
}
"""Who comes after the last demand, in the words of each language."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


def text(sample: SampleLetter, channel: str) -> str:
    return LETTERS.write(replace(sample.data, channel=channel)).text


@every_language
def test_a_text_message_names_sender_invoice_and_sum_and_fits(language: str) -> None:
    locale = locale_of(language)
    for sample in samples(language):
        words = text(sample, "sms")
        name = sample.data.creditor.name[:17]
        assert words.startswith((name, without_accents(name))), sample.name
        assert len(words) <= LONGEST_SMS
        assert "\n" not in words
        assert words[-1] in ".?!)" or words.split()[-1].startswith("https://"), words
        assert sms_segments(words) <= MOST_SMS_SEGMENTS, (sample.name, words)
        if sample.name.startswith(("thanks", "hardship")):
            assert sample.data.case.invoice.number in words
            continue
        if not sample.data.lines:
            assert sample.data.case.invoice.number in words
        sums = [locale.money(one) for one in asked_sum(sample.data).sums]
        assert all(money.replace("\u00a0", " ") in words for money in sums), sample.name


@every_language
def test_an_answering_machine_learns_who_called_and_nothing_of_a_debt(language: str) -> None:
    for sample in samples(language):
        if occasion_of(sample.data) in NEVER_SPOKEN:
            continue
        words = text(sample, "machine")
        assert sample.data.creditor.name in words
        assert sample.data.creditor.phone in words
        assert sample.data.case.invoice.number not in words
        assert not set("0123456789") & set(words.replace(sample.data.creditor.phone, ""))
        assert sample.data.debtor.name not in words


@every_language
def test_a_person_is_told_what_it_is_about(language: str) -> None:
    for sample in samples(language):
        if sample.name in {"polite-friendly", "formal-final"}:
            words = text(sample, "voice")
            assert sample.data.case.invoice.number in words
            assert sample.data.creditor.phone in words


@pytest.mark.parametrize("channel", ["voice", "machine"])
def test_a_name_that_ends_in_a_dot_ends_its_sentence_with_it(channel: str) -> None:
    polite = next(one for one in samples("es") if one.name == "polite-friendly")

    assert polite.data.creditor.name.endswith("S.L.")
    assert ".." not in text(polite, channel)


@pytest.mark.parametrize("language", ["de", "it", "pl", "ro", "ru"])
def test_a_letter_goes_on_in_lower_case_after_its_salutation_and_speech_does_not(
    language: str,
) -> None:
    thanks = next(one for one in samples(language) if one.name == "thanks")
    written = LETTERS.content(thanks.data).opening[0].text
    said = text(thanks, "voice")

    assert written[0].islower() or language == "de"  # German begins with "Ihre", always so
    assert written[1:15] in said
    assert written not in said or language == "de"


def test_an_agreement_is_never_confirmed_by_voice() -> None:
    """P50."""
    promise = next(one for one in samples("en") if one.name == "agreement-promise")

    with pytest.raises(LetterError, match="in writing"):
        text(promise, "voice")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("a" * 69 + "😀", 2),
    ],
)
def test_parts_are_counted_as_networks_count_them(words: str, parts: int) -> None:
    """GSM 03.38: 160 plain letters, 153 in each part of several; 70 and 67 of all others."""
    assert sms_segments(words) == parts


@every_language
@pytest.mark.parametrize("kind", ["business", "consumer", ""])
def test_whoever_takes_a_call_hears_who_calls_and_nothing_of_a_debt(
    language: str, kind: str
) -> None:
    """P40, P50: a stranger, a colleague or a machine may be listening."""
    for sample in samples(language):
        debtor = replace(sample.data.debtor, kind=kind)
        call = LETTERS.call_words(sample.data.creditor, debtor)
        said = f"{call.greeting} {call.machine} {call.again}"
        assert sample.data.creditor.name.rstrip(".") in call.greeting
        assert debtor.name.rstrip(".") in call.greeting
        assert "1" in call.greeting
        assert sample.data.creditor.phone in call.machine
        assert sample.data.case.invoice.number not in said
        figures = said.replace(sample.data.creditor.phone, "").replace(debtor.name, "")
        assert set("0123456789") & set(figures) == {"1", "2", "3", "4"}
        assert call.language.startswith(language)


def test_a_consumer_is_asked_by_name_and_a_company_for_who_looks_after_invoices() -> None:
    data = next(samples("en")).data
    ann = replace(data.debtor, name="Ann Lee", kind="consumer")

    assert "If you are Ann Lee, please press 1." in _greeting(ann, data.creditor)
    assert "responsible for invoices" in _greeting(replace(ann, kind="business"), data.creditor)
    nameless = _greeting(replace(ann, name=""), data.creditor)
    assert nameless.endswith("If you are responsible for invoices, please press 1.")
    assert "a matter for" not in nameless


def _greeting(debtor: Debtor, creditor: Creditor) -> str:
    return LETTERS.call_words(creditor, debtor).greeting


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_text_message_says_what_follows_and_whom_to_call(language: str) -> None:
    """Section E of what was read: accents halve the room, and must not cost the consequence."""
    data = next(one.data for one in samples(language) if one.name == "formal-final")
    text = LETTERS.write(replace(data, channel="sms")).text

    assert data.creditor.phone in text
    assert text.startswith((data.creditor.name, without_accents(data.creditor.name)))
    assert text.count(". ") >= 2
    page = "https://amicable.example/r/Zx81_0aB-cdefghijklmnopq"
    linked = LETTERS.write(replace(data, channel="sms", page_link=page)).text
    assert page in linked
    assert AGENCY[language] in linked.casefold(), linked


@every_language
@pytest.mark.parametrize("consumer", [False, True])
@pytest.mark.parametrize("name", ["polite-final", "formal-final", "several-final"])
def test_no_last_text_message_hides_what_follows(language: str, name: str, consumer: bool) -> None:
    """Whatever has to go for want of room, the consequence and whom to call stay."""
    data = next(one.data for one in samples(language, consumer=consumer) if one.name == name)
    long = replace(data.creditor, name=f"{data.creditor.name} & {LONG_NAMES[language]}")
    for us in (data.creditor, long):
        words = LETTERS.write(replace(data, creditor=us, channel="sms")).text
        assert AGENCY[language] in words.casefold(), words
        assert us.phone in words
        assert sms_segments(words) <= MOST_SMS_SEGMENTS, words


LONG_NAMES = {
    "en": "Brothers Trading Company of Yorkshire",
    "de": "Söhne Großhandelsgesellschaft für Möbel",
    "fr": "Frères, société générale de mobilier",
    "it": "Fratelli, società generale per i mobili",
    "ro": "Fiii, societate generală de tâmplărie și mobilă",
    "sv": "Söner, allmänna snickeriaktiebolaget i Göteborg",
    "es": "Hermanos, compañía general de ebanistería",
    "pl": "Synowie, ogólnopolska spółka stolarska",
    "nl": "Zonen, algemene handelsmaatschappij in meubelen",
    "ru": "Сыновья, общество с ограниченной ответственностью",  # noqa: RUF001 - Russian
}


@every_language
def test_a_link_ends_a_text_message_so_that_nothing_is_taken_for_a_part_of_it(
    language: str,
) -> None:
    page = "https://amicable.example/r/Zx81_0aB-cdefghijklmnopq"
    for sample in samples(language):
        for link in ("", page):
            words = text(SampleLetter(sample.name, replace(sample.data, page_link=link)), "sms")
            assert words.count("https://") <= 1
            assert "https://" not in words or words.rpartition(" ")[2].startswith("https://"), words
