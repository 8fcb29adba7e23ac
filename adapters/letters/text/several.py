"""Words what became of invoices since the last letter, and what did not come as agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.agreed import TEMPLATES, template_of
from adapters.letters.letter import Paragraph
from adapters.letters.renewed import untold
from adapters.letters.stated import alone
from adapters.letters.text.template_choice import BEFORE_DUE, TELLS_NO_NEWS
from adapters.letters.text.values import values_of, what_became_of
from adapters.letters.text.wording import Words
from domain.agreements.numbering import asks_for_an_instalment
from domain.message_types import ActionType

_MISSED = TEMPLATES["missed"]


def told_first(
    data: LetterData, letter: str, words: Words, values: Mapping[str, Any]
) -> Iterator[Paragraph]:
    """Say what a letter tells before it asks: who waits for an answer gets no demand alone."""
    if data.lines:
        if data.do != ActionType.CONFIRM and letter not in TELLS_NO_NEWS:
            yield from _told_of_each_invoice(data, words, values)
    elif data.do == ActionType.DEMAND_LETTER or letter == BEFORE_DUE:
        what = untold(data.case)
        if what:
            yield from words.paragraphs(what, "opening", values)


def _told_of_each_invoice(
    data: LetterData, words: Words, values: Mapping[str, Any]
) -> Iterator[Paragraph]:
    """Say how the dispute about each invoice ended, that its money went back, or is missed.

    What the debtor would read in a letter about one invoice stands in one about several, too.
    """
    for line in data.lines:
        what = untold(line.case)
        if what:
            its_own = what_became_of(line.case, data.debtor.zone, words.locale)
            yield from words.paragraphs(what, "opening", {**values, **its_own})
        if asks_for_an_instalment(line.step):
            yield from _of_the_plan(data, line, words)


def _of_the_plan(data: LetterData, line: InvoiceLine, words: Words) -> Iterator[Paragraph]:
    """Say which instalment did not come, and until when the plan can go on."""
    one = alone(data, line)
    occasion = template_of(one)
    its_own = values_of(one, occasion, words.locale)
    yield from words.paragraphs(occasion, "opening", its_own)
    if occasion == _MISSED:
        yield from words.paragraphs(occasion, "follows", its_own)
