"""What the routes of letters to come answer."""

from __future__ import annotations

from starter.api.schemas import Shown


class LetterChanged(Shown):
    """What was changed of a letter; `lapsed` says why it counts no longer, or is empty."""

    passage: str
    instead: bool
    recipient: str
    by: str
    at: str
    lapsed: str


class LetterToCome(Shown):
    """The next letter of an invoice as it will leave.

    `place` says where it takes words of one's own: nowhere, before its own, or instead of its
    first sentences. `seen` goes along with a change: it counts for this very letter.
    """

    step: str
    leaves_at: str
    channel: str
    recipient: str
    recipients: list[str]
    invoices: list[str]
    subject: str
    text: str
    attachments: list[str]
    place: str
    seen: str
    change: LetterChanged | None


class LetterTried(Shown):
    """A letter that went to a colleague; the customer heard nothing."""

    to: str
    sent: bool
