"""An agreed day comes as a calendar entry that any calendar reads (P51)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from activities.ports.letter_data import LetterData
from activities.sending.attaching import method_of
from domain.case.agreement_types import Promise
from domain.case.model import Case
from domain.deed import Deed
from domain.message_types import ActionType, Result
from starter.letters.samples import LATER, NOON, SOON, samples
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


def files(data: LetterData) -> dict[str, Calendar]:
    """The calendars that go with a letter, by what each does."""
    found = (one for one in LETTERS.write(data).attachments if "calendar" in one.media_type)
    read = [(one, Calendar.from_ical(one.body)) for one in found]
    for one, calendar in read:
        assert method_of(one.media_type) == calendar["method"]
    return {str(calendar["method"]): calendar for _, calendar in read}


def events(calendar: Calendar) -> list[tuple[str, int, str]]:
    """Id, sequence and status of each of its entries."""
    found = calendar.walk("VEVENT")
    return [(str(e["uid"]), int(e.decoded("sequence")), str(e.get("status", ""))) for e in found]


def confirmed(data: LetterData, *steps: str) -> Case:
    """The case once the customer was told so."""
    at = NOON - timedelta(days=1)
    told = (
        Deed(step=step, do=ActionType.ACKNOWLEDGE, at=at, result=Result.ACCEPTED) for step in steps
    )
    return replace(data.case, deeds=tuple(told))


def test_a_promise_that_is_taken_back_takes_its_entry_back() -> None:
    """The same id, a higher sequence: a calendar takes away what it had taken in."""
    promise = NAMED["agreement-promise"]
    ((uid, first, _),) = events(files(promise)["PUBLISH"])
    slip = NAMED["agreement_corrected"]
    found = files(slip)

    assert set(found) == {"CANCEL"}
    assert events(found["CANCEL"]) == [(uid, 1, "CANCELLED")]
    assert first == 0
    assert not found["CANCEL"].walk("VALARM")


def test_what_is_confirmed_instead_comes_beside_what_goes() -> None:
    slip = NAMED["agreement_corrected"]
    (gone,) = slip.case.taken_back
    assert isinstance(gone.agreed, Promise)
    meant = replace(gone.agreed, key="q", day=LATER, made_at=NOON + timedelta(minutes=1))
    case = replace(slip.case, promises=(meant,))
    found = files(replace(slip, step="agreement-2-confirmed", case=case))

    ((new, _, _),), ((old, sequence, _),) = events(found["PUBLISH"]), events(found["CANCEL"])
    assert new != old
    assert sequence == 1
    assert found["PUBLISH"].walk("VEVENT")[0].decoded("dtstart") == LATER


def test_each_further_word_about_an_agreement_has_a_higher_sequence() -> None:
    told = NAMED["agreement-plan"]
    later = replace(told, case=confirmed(told, "agreement-1-confirmed"))
    again = replace(later, do="remind", step="instalment-1-1-reminder", today="2026-03-28")

    assert {sequence for _, sequence, _ in events(files(told)["PUBLISH"])} == {0}
    assert {sequence for _, sequence, _ in events(files(again)["PUBLISH"])} == {1}


def test_when_a_plan_is_over_what_was_to_come_of_it_goes() -> None:
    told, over = NAMED["agreement-plan"], NAMED["plan_over"]
    known = [uid for uid, _, _ in events(files(told)["PUBLISH"])]
    case = confirmed(over, "agreement-1-confirmed", "instalment-1-1-missed")
    found = files(replace(over, case=case, today="2026-04-10"))

    assert events(found["CANCEL"]) == [(known[1], 2, "CANCELLED")]
    assert files(over) == {}, "nothing is taken back that nobody was told"


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
