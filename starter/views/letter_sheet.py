"""Shows a letter before it leaves, for commands and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from activities.services.letters.looking import LetterLook
from domain.contact.letter_changes import KeptChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSheet:
    """What was changed of a letter; ``lapsed`` says why it counts no longer, or is empty."""

    passage: str
    instead: bool
    recipient: str
    by: str
    at: datetime
    lapsed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """A letter to come; ``seen`` goes along with what is changed of it.

    Attributes:
        place: where it takes words of one's own: nowhere, before, instead.
    """

    step: str
    leaves_at: datetime
    channel: str
    recipient: str
    recipients: tuple[str, ...]
    invoices: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...]
    place: str
    seen: str
    change: ChangeSheet | None


def letter_sheet(look: LetterLook) -> LetterSheet:
    """Put a letter to come together."""
    letter = look.letter
    kept, why = look.lapsed or (look.change, None)
    return LetterSheet(
        step=look.step,
        leaves_at=look.at,
        channel=look.channel,
        recipient=look.recipient,
        recipients=tuple(one.point for one in look.recipients),
        invoices=look.numbers,
        subject=letter.subject,
        text=letter.text,
        attachments=tuple(one.name for one in letter.attachments if not one.cid),
        place=look.place.value,
        seen=look.seen,
        change=_change(kept, why.value if why else "") if kept else None,
    )


def _change(kept: KeptChange, lapsed: str) -> ChangeSheet:
    change = kept.change
    return ChangeSheet(
        passage=change.passage,
        instead=change.instead,
        recipient=change.recipient,
        by=kept.by,
        at=kept.at,
        lapsed=lapsed,
    )
