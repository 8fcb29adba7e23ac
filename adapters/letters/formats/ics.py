"""Makes the calendar entries of agreed days, and takes back those that hold no more.

A file does one thing with all of its entries (RFC 5546): it publishes them, or cancels them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from activities.ports.letter_data import Attachment, LetterData
from adapters.letters.agreed import agreement_meant
from adapters.letters.asked import AskedSum, asked_sum
from adapters.letters.paying.ways import page_link_of, ways_of
from adapters.letters.stated import alone
from adapters.letters.text.locale import BLANKS, LetterLocale, clean
from adapters.letters.text.template_choice import SEVERAL_AGREEMENTS, occasion_of
from domain.agreements.numbering import number_of_agreement
from domain.agreements.reducer import Agreement
from domain.case.agreement_types import Plan
from domain.case.model import Case
from domain.decision.rules_confirming import owed_correction, steps_about
from domain.money import Money

_MEDIA_TYPE = "text/calendar"
_CANCELS = "text/calendar; method=CANCEL"
NAME = "payment.ics"
CANCELLED = "payment-cancelled.ics"
WITH_DAYS = ("agreement", "agreement_reminder")
"""Letters that go with a calendar entry: those about a day that was agreed on."""

_TAKES_BACK = ("agreement", "agreement_corrected")
"""Letters that put right what was confirmed by mistake, alone or with what holds instead."""

_OVER = "plan_over"


def calendar_files_of(
    data: LetterData, letter: str, locale: LetterLocale
) -> tuple[Attachment, ...]:
    """Make the calendar files of an agreement's days; none if the letter is about no such day."""
    published, gone = list[Event](), list[Event]()
    for one in _each(data, letter):
        occasion = occasion_of(one)
        published.extend(_published(one, occasion, locale))
        gone.extend(_cancelled(one, occasion, locale))
    files = [(published, "PUBLISH", NAME, _MEDIA_TYPE), (gone, "CANCEL", CANCELLED, _CANCELS)]
    return tuple(
        Attachment(name=name, media_type=kind, body=_file(method, events))
        for events, method, name, kind in files
        if events
    )


def _each(data: LetterData, letter: str) -> tuple[LetterData, ...]:
    """The letter itself; of one about agreements for several invoices, one for each of them."""
    if letter != SEVERAL_AGREEMENTS:
        return (data,)
    return tuple(alone(data, line) for line in data.lines)


def _file(method: str, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Amicable//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _published(data: LetterData, letter: str, locale: LetterLocale) -> list[Event]:
    agreed = agreement_meant(data)
    if agreed is None or letter not in WITH_DAYS:
        return []
    days = _days(asked_sum(data), whole=letter == "agreement")
    entries = (
        _entry(data, agreed, number, day, _words(data, amount, locale))
        for number, day, amount in days
    )
    return [_detailed(entry, data, locale) for entry in entries]


def _cancelled(data: LetterData, letter: str, locale: LetterLocale) -> Iterator[Event]:
    """The entries that the customer keeps of what was taken back, or of a plan that is over."""
    case, today = data.case, date.fromisoformat(data.today)
    agreed = agreement_meant(data) if letter == _OVER else _mistaken(case, letter)
    if agreed is None or not _tellings(case, agreed):
        return
    currency = case.invoice.amount.currency
    for number, (day, minor) in enumerate(_parts(case, agreed), start=1):
        if day >= today:
            event = _entry(data, agreed, number, day, _words(data, Money(minor, currency), locale))
            event.add("status", "CANCELLED")
            yield event


def _mistaken(case: Case, letter: str) -> Agreement | None:
    owed = owed_correction(case) if letter in _TAKES_BACK else None
    return owed.agreed if owed else None


def _parts(case: Case, agreed: Agreement) -> tuple[tuple[date, int], ...]:
    """Its days, each with its sum in minor units."""
    if isinstance(agreed, Plan):
        return tuple((part.day, part.minor) for part in agreed.parts)
    return ((agreed.day, case.open if agreed.amount is None else agreed.amount),)


def _tellings(case: Case, agreed: Agreement) -> int:
    """How often the customer was told of an agreement's days: each entry follows the last one."""
    begins = steps_about(case, agreed)
    return sum(deed.reached_debtor and deed.step.startswith(begins) for deed in case.deeds)


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


def _words(data: LetterData, amount: Money, locale: LetterLocale) -> str:
    """What an entry is called."""
    words = locale.gettext("%(amount)s to %(creditor)s for invoice %(number)s") % {
        "amount": locale.money(amount),
        "creditor": clean(data.creditor.name or data.creditor.id),
        "number": clean(data.case.invoice.number),
    }
    return words.translate(BLANKS)


def _entry(data: LetterData, agreed: Agreement, number: int, day: date, words: str) -> Event:
    """One whole day; about the same agreement again it is the same entry, which moves or goes."""
    case, event = data.case, Event()
    about = number_of_agreement(case, agreed)
    told = f"{case.invoice.case_id}/{case.episode}/{about}/{number}"
    event.add("uid", f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@amicable")
    event.add("sequence", _tellings(case, agreed))
    event.add("dtstamp", datetime.combine(date.fromisoformat(data.today), time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words)
    return event


def _detailed(event: Event, data: LetterData, locale: LetterLocale) -> Event:
    """Say how to pay, and remind of it."""
    event.add("transp", "TRANSPARENT")
    if how := _how(data, locale):
        event.add("description", how.translate(BLANKS))
    if link := page_link_of(data, locale):
        event.add("url", link)
    event.add_component(_reminder(str(event["summary"])))
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
