"""An agreed day comes as a calendar entry that any calendar reads (P51)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from activities.ports.letter_data import LetterData
from starter.letters.samples import LATER, SOON, samples
from tests.adapters.letters.reading import LETTERS

NAMED = {one.name: one.data for one in samples("en")}


def entries(data: LetterData) -> list[tuple[date, str, str]]:
    """Day, summary and id of each entry that goes with a letter."""
    files = [one for one in LETTERS.write(data).attachments if one.media_type == "text/calendar"]
    return [
        (event.decoded("dtstart"), str(event["summary"]), str(event["uid"]))
        for file in files
        for event in Calendar.from_ical(file.body).walk("VEVENT")
    ]


def test_a_promise_is_one_whole_day() -> None:
    ((day, words, _),) = entries(NAMED["agreement-promise"])

    assert day == SOON
    assert words == "GBP 1,190.00 to Amber & Oak Supplies Ltd for invoice INV-2026-0042"


def test_each_instalment_is_a_day_of_its_own() -> None:
    found = entries(NAMED["agreement-plan"])

    assert [day for day, _, _ in found] == [SOON, LATER]
    assert [words.split(" to ")[0] for _, words, _ in found] == ["GBP 600.00", "GBP 590.00"]
    assert len({uid for _, _, uid in found}) == 2


def test_the_reminder_of_a_promise_moves_the_entry_and_never_doubles_it() -> None:
    told = NAMED["agreement-promise"]
    again = replace(told, do="remind", step="agreement-1-reminder", today="2026-03-28")

    assert [uid for _, _, uid in entries(told)] == [uid for _, _, uid in entries(again)]


@pytest.mark.parametrize("name", ["polite-friendly", "formal-final", "thanks", "confirm"])
def test_a_letter_about_no_agreed_day_has_none(name: str) -> None:
    assert entries(NAMED[name]) == []


@pytest.mark.parametrize(
    "words", ["a\r\nATTENDEE:mailto:x@evil.example", "a;b,c\\d", "BEGIN:VALARM"]
)
def test_what_is_typed_adds_no_line_to_the_calendar(words: str) -> None:
    data = NAMED["agreement-promise"]
    foul = replace(data, creditor=replace(data.creditor, name=words))
    (file,) = [one for one in LETTERS.write(foul).attachments if one.media_type == "text/calendar"]
    read = Calendar.from_ical(file.body)

    assert [part.name for part in read.walk()] == ["VCALENDAR", "VEVENT", "VALARM"]
    assert "ATTENDEE" not in read.walk("VEVENT")[0]
    assert words.replace("\r\n", "  ") in str(read.walk("VEVENT")[0]["summary"])
