"""Gathers what a correction has to say: which letter was wrong, and what of it."""

from __future__ import annotations

from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.text.locale import LetterLocale
from domain.calendar import Calendar
from domain.case.correcting import CORRECTION, wrong_letter
from domain.case.corrections import Correction


def correction_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the values of a correction; empty texts where a letter is none."""
    found = _correction(data)
    if found is None:
        return {"mistake": "", "wrong_day": ""}
    wrong = wrong_letter(data.case, found)
    at = wrong.at if wrong else found.at
    return {
        "mistake": found.mistake.value,
        "wrong_day": locale.day(Calendar(data.debtor.zone).local_date(at)),
    }


def _correction(data: LetterData) -> Correction | None:
    """The correction that a letter's step is about, by its number."""
    head, _, number = data.step.rpartition("-")
    made = data.case.corrections
    if head != CORRECTION or not number.isdecimal() or not 0 < int(number) <= len(made):
        return None
    return made[int(number) - 1]
