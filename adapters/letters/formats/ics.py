"""Makes the calendar entries of agreed days."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from activities.ports.letter_data import Attachment, LetterData
from adapters.letters.asked import AskedSum, asked_sum
from adapters.letters.paying.ways import page_link_of, ways_of
from adapters.letters.text.locale import BLANKS, LetterLocale, clean
from domain.agreements.numbering import agreements_ever
from domain.money import Money

_MEDIA_TYPE = "text/calendar"
NAME = "payment.ics"
WITH_DAYS = ("agreement", "agreement_reminder")
"""Letters that go with a calendar entry: those about a day that was agreed on."""


def calendar_file_of(data: LetterData, letter: str, locale: LetterLocale) -> tuple[Attachment, ...]:
    """Make one calendar file of an agreement's days; nothing if the letter is about none."""
    asked = asked_sum(data) if letter in WITH_DAYS else None
    days = _days(asked, whole=letter == "agreement") if asked else ()
    if not days:
        return ()
    calendar = Calendar()
    calendar.add("prodid", "-//Amicable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for number, day, amount in days:
        calendar.add_component(_event(data, day, amount, number, locale))
    return (Attachment(name=NAME, media_type=_MEDIA_TYPE, body=calendar.to_ical()),)


def _days(asked: AskedSum, *, whole: bool) -> tuple[tuple[int, date, Money], ...]:
    """The day and the sum that the letter asks for, and of a plan those that come after it.

    Each is numbered as its instalment is.
    """
    agreed = asked.agreed
    if agreed is None or asked.until is None:
        return ()
    numbered = [(n, part) for n, part in enumerate(agreed.parts, start=1) if part.day > asked.until]
    later = tuple((n, part.day, part.amount) for n, part in numbered) if whole else ()
    own = sum(part.day <= asked.until for part in agreed.parts) or 1
    return ((own, asked.until, asked.sums[0]), *later)


def _event(data: LetterData, day: date, amount: Money, number: int, locale: LetterLocale) -> Event:
    _, case = locale.gettext, data.case
    us, invoice = clean(data.creditor.name or data.creditor.id), clean(case.invoice.number)
    event = Event()
    # The same agreement written about again is the same entry, so it moves and never doubles.
    told = f"{case.invoice.case_id}/{case.episode}/{agreement_number(data)}/{number}"
    event.add("uid", f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@amicable")
    event.add("dtstamp", datetime.combine(date.fromisoformat(data.today), time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    summary = _("%(amount)s to %(creditor)s for invoice %(number)s") % {
        "amount": locale.money(amount),
        "creditor": us,
        "number": invoice,
    }
    event.add("summary", summary.translate(BLANKS))
    event.add("transp", "TRANSPARENT")
    if how := _how(data, locale):
        event.add("description", how.translate(BLANKS))
    if link := page_link_of(data, locale):
        event.add("url", link)
    event.add_component(_reminder(summary))
    return event


def _reminder(summary: str) -> Alarm:
    """Remind at nine of the day before."""
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", summary.translate(BLANKS))
    reminder.add("trigger", timedelta(hours=-15))
    return reminder


def _how(data: LetterData, locale: LetterLocale) -> str:
    """How to pay, so that the entry is all that is needed on its day."""
    ways = ways_of(data, locale)["ways"]
    rows = (f"{row.label}{locale.colon}{row.value}" for way in ways for row in way.rows)
    links = (way.link for way in ways if way.link)
    return "\n".join((*rows, *links))


def agreement_number(data: LetterData) -> int:
    """Count the agreements of the case up to the one that the letter is about."""
    return agreements_ever(data.case)
