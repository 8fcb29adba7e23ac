"""Finds what a creditor's own words leave out: the invoice, the sum, the day or the link."""

from __future__ import annotations

from dataclasses import dataclass, replace

from activities.ports.letter_data import LetterData
from adapters.letters.formats.sms import without_accents
from adapters.letters.text.catalogue import choose_language, translations
from adapters.letters.text.locale import BLANKS, LetterLocale
from adapters.letters.text.template_choice import occasion_of, sound_of
from adapters.letters.text.values import values_of
from adapters.letters.writer import LetterWriter
from starter.letters.samples import SampleLetter

_CALLED = {"sms": "text message", "voice": "call"}
_PAGE = "https://amicable.example/r/a-page-of-the-customer"


@dataclass(frozen=True, slots=True)
class LetterProblem:
    """A fault that keeps a letter from being written.

    Attributes:
        line: from 1; 0 if the whole file is meant.
    """

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}" if place else self.reason


def as_told(sample: SampleLetter, channel: str) -> LetterData:
    """Take a sample as a channel says it; a text message has room for a link, so it gets one."""
    return replace(sample.data, channel=channel, page_link=_PAGE if channel == "sms" else "")


def unsaid(sample: SampleLetter, channel: str, text: str) -> dict[str, LetterProblem]:
    """Find what a text message or a call must say, and does not: what our own words would."""
    if channel not in _CALLED:
        return {}
    said, ours = _bare(text), _bare(LetterWriter().write(as_told(sample, channel)).text)
    left_out = (
        what
        for what, value in _told(sample).items()
        if value and _bare(value) in ours and _bare(value) not in said
    )
    file = f"words/{channel}.txt"
    occasion = sample.name.partition("-")[0]
    found = (
        LetterProblem(file, 0, f"the {_CALLED[channel]} of {occasion} leaves out {what}")
        for what in left_out
    )
    return {str(problem): problem for problem in found}


def _told(sample: SampleLetter) -> dict[str, str]:
    """The figures of a letter, as it writes them."""
    data = sample.data
    language = choose_language(data.debtor.language)
    locale = LetterLocale(language, translations(language.language))
    values = values_of(data, sound_of(data, occasion_of(data)), locale)
    return {
        "the invoice's number": values["number"],
        "the sum": values["owed"],
        "the day": values["deadline"] or str(values["agreed_day"]),
        "the link": _PAGE,
    }


def _bare(text: str) -> str:
    """Without accents and hard blanks, for a text message may lose them."""
    return without_accents(text.translate(BLANKS))


def unnamed(sample: SampleLetter, subject: str) -> dict[str, LetterProblem]:
    """Find a subject that does not name the invoice: nobody finds the mail again."""
    if sample.data.lines or sample.data.case.invoice.number in subject:
        return {}
    name = sample.name.partition("-")[0]
    problem = LetterProblem(f"words/{name}.txt", 0, "the subject leaves out the invoice's number")
    return {str(problem): problem}
