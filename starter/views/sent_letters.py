"""Shows the letters of a case as they left, for commands, programs and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from activities.ports.letters.sent import SentLetter
from domain.ids import CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetterSheet:
    """A letter as the customer read it.

    Attributes:
        invoices: the numbers of all that it speaks of.
        text: its words; empty where they are not known.
    """

    id: str
    at: datetime
    step: str
    channel: str
    to: str
    result: str
    invoices: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...]
    language: str


def sent_letter_sheet(letter: SentLetter) -> SentLetterSheet:
    """Put a letter that left together."""
    return SentLetterSheet(
        id=letter.message,
        at=letter.at,
        step=letter.step,
        channel=letter.channel,
        to=letter.recipient,
        result=letter.result,
        invoices=tuple(CaseId.parse(one).number for one in letter.cases),
        subject=letter.subject,
        text=letter.text,
        attachments=letter.files,
        language=letter.language,
    )
