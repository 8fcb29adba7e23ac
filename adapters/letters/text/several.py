"""Words what became of each of several invoices since the last letter about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.letter import Paragraph
from adapters.letters.renewed import untold
from adapters.letters.text.values import what_became_of
from adapters.letters.text.wording import Words


def told_of_each_invoice(
    data: LetterData, words: Words, values: Mapping[str, Any]
) -> Iterator[Paragraph]:
    """Say how the dispute about each invoice ended, or that its money went back.

    What the debtor would read in a letter about one invoice stands in one about several, too.
    """
    for line in data.lines:
        what = untold(line.case)
        if what:
            its_own = what_became_of(line.case, data.debtor.zone, words.locale)
            yield from words.paragraphs(what, "opening", {**values, **its_own})
