"""Answers ask for nothing anew, and a consumer is greeted as one person (P18, P42)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.letters.text.catalogue import LANGUAGES, SOURCE
from starter.letters.samples import SampleLetter, samples
from tests.adapters.letters.reading import LETTERS, locale_of

every_language = pytest.mark.parametrize("language", LANGUAGES)


def named(language: str, *beginnings: str) -> list[SampleLetter]:
    return [one for one in samples(language) if one.name.startswith(beginnings)]


@every_language
def test_an_answer_sets_no_deadline_and_threatens_with_nothing(language: str) -> None:
    locale = locale_of(language)
    for sample in named(language, "correction", "part_payment", "hardship", "agency_recalled"):
        content = LETTERS.content(sample.data)
        assert content.follows == (), sample.name
        if content.glance and content.glance.until:
            assert content.glance.until.label == locale.gettext("Due date"), sample.name
            assert content.glance.sums[0].label == locale.gettext("Amount owed"), sample.name


@every_language
def test_who_cannot_pay_reads_an_offer_that_adds_up_and_no_way_to_pay(language: str) -> None:
    (offer,) = named(language, "hardship_answered-offer")
    content, locale = LETTERS.content(offer.data), locale_of(language)
    items = [item for part in content.opening for item in part.items]

    assert content.glance is None
    assert content.terms == ()
    assert len(items) == 3
    sums = ("396.66", "396.66", "396.68")
    minors = [int(one.replace(".", "")) for one in sums]
    currency = offer.data.case.invoice.amount.currency
    for item, minor in zip(items, minors, strict=True):
        assert locale.money(type(offer.data.case.invoice.amount)(minor, currency)) in item
    assert sum(minors) == offer.data.case.open


@every_language
def test_a_correction_names_the_day_of_the_letter_that_was_wrong(language: str) -> None:
    for sample in named(language, "correction"):
        content = LETTERS.content(sample.data)
        day = locale_of(language).day("2026-02-24")
        assert day in content.opening[0].text, sample.name
        assert day.replace("\u00a0", " ") in content.subject, sample.name


@every_language
def test_a_consumer_is_greeted_as_one_person(language: str) -> None:
    data = named(language, "polite-friendly")[0].data
    consumer = LETTERS.content(replace(data, debtor=replace(data.debtor, kind="consumer")))
    nameless = replace(data, debtor=replace(data.debtor, kind="consumer", name=""))
    wanted = locale_of(language).gettext("Dear Sir or Madam,")

    assert LETTERS.content(nameless).greeting == wanted
    assert (consumer.greeting == wanted) is (language != SOURCE)


@every_language
def test_a_dispute_that_was_received_names_who_looks_after_it_and_until_when(
    language: str,
) -> None:
    found = named(language, "dispute_received")
    assert found
    for sample in found:
        content, locale = LETTERS.content(sample.data), locale_of(language)
        text = " ".join(part.text for part in content.opening)
        who = locale.gettext("%(who)s looks after it.") % {"who": sample.data.creditor.contact}
        assert who in text, sample.name
        deadline = sample.data.case.disputes[-1].deadline
        assert deadline is None or locale.day(deadline) in text, sample.name
