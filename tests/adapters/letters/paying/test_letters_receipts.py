"""Every message names the customer's page; the one that asks for a receipt has its own button."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from activities.ports.letter_data import Letter, LetterData
from adapters.letters.formats.sms import LONGEST_SMS, MOST_SMS_SEGMENTS, sms_segments
from adapters.letters.paying.codes import link_png
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.writer import LetterWriter
from starter.letters.samples import samples

LINK = "https://pay.example/r/" + "a" * 52
SHORT = "https://pay.example/r/abc"


def data_of(language: str, name: str) -> LetterData:
    return next(sample.data for sample in samples(language) if sample.name == name)


def written(language: str, name: str = "confirm", link: str = LINK) -> Letter:
    return LetterWriter().write(replace(data_of(language, name), page_link=link))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_stands_in_text_and_html_and_knows_the_language(language: str) -> None:
    letter, where = written(language), f"{LINK}?l={language}"

    assert where in letter.text
    assert f'href="{where}"' in letter.html


@pytest.mark.parametrize("name", ["polite-friendly", "formal-final", "several-clear", "thanks"])
def test_every_letter_names_the_page_and_only_one_asks_for_a_receipt(name: str) -> None:
    letter = written("en", name)

    assert f"{LINK}?l=en" in letter.text
    assert f'href="{LINK}?l=en"' in letter.html
    assert "The invoice has arrived" not in letter.text


def test_without_a_page_a_line_in_answer_is_enough() -> None:
    letter = written("en", link="")

    assert "confirm online" not in letter.text + letter.html
    assert "A one-line reply is enough" in letter.text


def test_a_link_that_is_not_https_is_no_button() -> None:
    assert "http://pay.example" not in written("en", link="http://pay.example/r/abc").html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_brings_the_link_whole_and_stays_short(language: str) -> None:
    for sample in samples(language):
        data = replace(sample.data, channel="sms", page_link=LINK)
        text = LetterWriter().write(data).text
        assert len(text) <= LONGEST_SMS
        assert sms_segments(text) <= MOST_SMS_SEGMENTS, text
        assert LINK in text, text


def test_a_calendar_entry_leads_to_the_page() -> None:
    letter = written("en", "agreement-promise", SHORT)
    entry = next(file for file in letter.attachments if file.name == "payment.ics")

    assert f"URL:{SHORT}?l=en".encode() in entry.body.replace(b"\r\n ", b"")


def test_on_paper_a_phone_reads_the_link() -> None:
    data = replace(data_of("de", "polite-friendly"), channel="paper", page_link=LINK)
    content = LetterWriter().content(data)
    read = zxingcpp.read_barcodes(Image.open(BytesIO(content.codes[-1].body)))

    assert [code.text for code in read] == [f"{LINK}?l=de"]
    assert link_png(SHORT) != link_png(LINK)
