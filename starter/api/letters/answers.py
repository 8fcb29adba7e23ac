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


class LetterThatLeft(Shown):
    """A letter as the customer read it, without the link to the customer's own page.

    `text` is empty where its words are not known, `result` tells whether it surely left.
    """

    id: str
    at: str
    step: str
    channel: str
    to: str
    result: str
    invoices: list[str]
    subject: str
    text: str
    attachments: list[str]
    language: str


class LettersThatLeft(Shown):
    """What the customer was written about an invoice, oldest first."""

    case: str
    items: list[LetterThatLeft]


class LetterTried(Shown):
    """A letter that went to a colleague; the customer heard nothing."""

    to: str
    sent: bool
