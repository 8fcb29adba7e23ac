"""Samples of the last demand in the form that each law asks for, with all of them switched on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from adapters.letters.formats.style import FILE
from adapters.letters.notices import FORMS, Notice, notices
from adapters.letters.writer import LetterWriter
from starter.letters.samples import NOON, SampleLetter, sample_letter

_DEMAND = "formal-final"
_LEAST_DAYS = 14
"""What the samples leave where a law asks for nothing."""


def notice_samples(language: str) -> Iterator[SampleLetter]:
    """List the last demands of all laws that a language has words for."""
    for notice in notices():
        if language in notice.words:
            for kind in ("business", "consumer") if notice.kind == "any" else (notice.kind,):
                yield _sample(notice, language, kind)


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


def _sample(notice: Notice, language: str, kind: str) -> SampleLetter:
    data = sample_letter(language, _DEMAND, consumer=kind == "consumer").data
    until = NOON.date() + timedelta(days=max(notice.days, _LEAST_DAYS))
    debtor = replace(data.debtor, country=notice.country, kind=kind)
    about = replace(data, debtor=debtor, deadline=until.isoformat())
    return SampleLetter(f"notice-{notice.country}-{kind}", about)
