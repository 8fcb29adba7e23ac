"""Samples of the last demand in the form that each law asks for, with all of them switched on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from activities.ports.letter_data import CostsForetold, LetterData
from adapters.letters.formats.style import FILE
from adapters.letters.notices import FORMS, Notice, notices
from adapters.letters.writer import LetterWriter
from domain.charges.consumers.laws import consumer_laws
from domain.money import Money
from starter.letters.samples import NOON, SampleLetter, sample_letter

_DEMAND = "formal-final"
_REMINDER = "polite-friendly"
_COSTS = (Money(4000, "EUR"),)
_LEAST_DAYS = 14
"""What the samples leave where a law asks for nothing."""


def notice_samples(language: str) -> Iterator[SampleLetter]:
    """List the last demands of all laws that a language has words for."""
    for notice in notices():
        if language in notice.words:
            for kind in ("business", "consumer") if notice.kind == "any" else (notice.kind,):
                yield _sample(notice, language, kind)


def free_reminder_samples(language: str) -> Iterator[SampleLetter]:
    """List the first reminders that a law wants to be free of charge."""
    for country, law in consumer_laws().items():
        if law.free:
            percent = "10.5" if law.free.interest else ""
            days = law.free.receipt_days
            told = CostsForetold(fees=_COSTS, percent=percent, receipt_days=days)
            yield _free_reminder(language, country, told, law.free.days)


def notice_writer(folder: Path) -> LetterWriter:
    """Make a writer that has every notice switched on, with a made-up page for each form.

    Args:
        folder: an empty one, for the folder of the samples' creditor.
    """
    data = sample_letter("en", _DEMAND).data
    mine = folder / data.creditor.id
    (mine / FORMS).mkdir(parents=True)
    countries = sorted({one.country for one in notices()})
    listed = ", ".join(f'"{one}"' for one in (*countries, "CH enforcement"))
    (mine / FILE).write_text(f"formal_notice = [{listed}]\n", encoding="utf-8")
    page = LetterWriter().write(replace(data, channel="paper", copies=())).attachments[-1].body
    for name in (name for one in notices() for name in one.forms):
        (mine / FORMS / name).write_bytes(page)
    return LetterWriter(folder)


def without_fees(data: LetterData) -> LetterData:
    """Leave out late fees: nobody who owes some can be told that nothing is owed yet."""
    if data.statement is None:
        return data
    lines = tuple(line for line in data.statement.lines if line.name != "fee")
    return replace(data, statement=replace(data.statement, lines=lines))


def _free_reminder(language: str, country: str, costs: CostsForetold, days: int) -> SampleLetter:
    """A consumer's first reminder, which names what being late will cost."""
    data = sample_letter(language, _REMINDER, consumer=True).data
    debtor = replace(data.debtor, country=country)
    until = (NOON.date() + timedelta(days=days)).isoformat()
    about = replace(without_fees(data), debtor=debtor, deadline=until, foretold=costs)
    return SampleLetter(f"free-{country}-consumer", about)


def _sample(notice: Notice, language: str, kind: str) -> SampleLetter:
    data = sample_letter(language, _DEMAND, consumer=kind == "consumer").data
    until = NOON.date() + timedelta(days=max(notice.days, _LEAST_DAYS))
    debtor = replace(data.debtor, country=notice.country, kind=kind)
    about = replace(data, debtor=debtor, deadline=until.isoformat())
    about = without_fees(about) if notice.costs else about
    return SampleLetter(f"notice-{notice.country}-{kind}", about)
