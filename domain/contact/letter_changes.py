"""What a person may change of a letter to come, and when the change counts no longer.

Sums, deadline, references and what the law words are not among it: a change puts words of its own
before the letter's, or instead of its first sentences, and sends the letter to another contact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from babel.core import get_global

from domain.errors import DomainError
from domain.message_types import MessageType

LONGEST_PASSAGE = 1000
"""Characters of what is put into a letter: more is a letter of its own."""

MOST_PARAGRAPHS = 6

BESIDE_THE_POINT = frozenset({MessageType.SEND_NOW, MessageType.NUDGE})
"""Messages after which a changed letter still says what was meant: they only say when it goes."""

_PARAGRAPHS = re.compile(r"\n\s*\n")
_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
_ACCOUNT = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,}")
_CODES = "|".join(sorted(get_global("all_currencies")))
_SUM = re.compile(rf"(?:[€$£¥]|\b(?:{_CODES}))\s?[0-9]|[0-9]\s?(?:[€$£¥]|(?:{_CODES})\b)")


class PassagePlace(StrEnum):
    """Where a letter takes words of one's own.

    Attributes:
        NOWHERE: as it is, such as in the form that a law asks for, or in a text message.
        BEFORE: before its own words.
        INSTEAD: before them, or instead of its first sentences, which say nothing that counts.
    """

    NOWHERE = "nowhere"
    BEFORE = "before"
    INSTEAD = "instead"


class ChangeLapse(StrEnum):
    """Why a change counts no longer; pinned, for ledgers hold these words."""

    STEP = "step"
    INVOICES = "invoices"
    SUM = "sum"
    NEWS = "news"
    LANGUAGE = "language"
    CHANNEL = "channel"
    RECIPIENT = "recipient"
    PLACE = "place"


class ChangeEnd(StrEnum):
    """How a change ended; pinned, for ledgers hold these words.

    Attributes:
        USED: the letter left with it.
        LAPSED: the letter left without it, for it counted no longer.
        REPLACED: another change took its place.
        UNDONE: a person took it back.
    """

    USED = "used"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPart:
    """One invoice in a letter.

    Attributes:
        asked: minor units of the principal that it may be asked for.
        heard: how many messages were heard about it that may change what a letter should say.
    """

    case: str
    step: str
    episode: int
    asked: int
    heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGround:
    """What a letter rests on: a change counts for a letter on this ground, and for no other.

    Attributes:
        parts: its invoices, by case id.
        language: the customer's, and those that the creditor falls back on (IETF tags).
    """

    parts: tuple[LetterPart, ...]
    channel: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChange:
    """What is changed of a letter.

    Attributes:
        passage: words of one's own, plain text; empty if nothing is said otherwise.
        instead: whether they stand instead of the letter's first sentences.
        recipient: another address of the customer; empty for the one that it would go to.
    """

    passage: str = ""
    instead: bool = False
    recipient: str = ""


NOTHING_CHANGED = LetterChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """A change of a letter, as the ledger keeps it.

    Attributes:
        case: the invoice from which the letter was looked at.
        by: who made it; at: when (UTC).
    """

    id: str
    case: str
    change: LetterChange
    ground: LetterGround
    by: str
    at: datetime


def why_lapsed(then: LetterGround, now: LetterGround | None) -> ChangeLapse | None:
    """Find what has changed of a letter since it was looked at; None if nothing has.

    ``now`` is the ground of the letter that leaves; None if none is to come.
    """
    if now is None:
        return ChangeLapse.STEP
    if {part.case for part in then.parts} != {part.case for part in now.parts}:
        return ChangeLapse.INVOICES
    compared = (
        (ChangeLapse.STEP, _column(then, "step"), _column(now, "step")),
        (ChangeLapse.STEP, _column(then, "episode"), _column(now, "episode")),
        (ChangeLapse.SUM, _column(then, "asked"), _column(now, "asked")),
        (ChangeLapse.NEWS, _column(then, "heard"), _column(now, "heard")),
        (ChangeLapse.CHANNEL, then.channel, now.channel),
        (ChangeLapse.LANGUAGE, then.language, now.language),
    )
    return next((lapse for lapse, before, after in compared if before != after), None)


def _column(ground: LetterGround, name: str) -> list[object]:
    return [getattr(part, name) for part in ground.parts]


def checked_passage(text: str) -> str:
    """Normalise words for a letter: paragraphs with an empty line between them.

    Raises:
        DomainError: if they are too many, or hold a sum, an account or a link.
    """
    parts = [" ".join(part.split()) for part in _PARAGRAPHS.split(text.replace("\r\n", "\n"))]
    kept = [part for part in parts if part]
    passage = "\n\n".join(kept)
    if len(passage) > LONGEST_PASSAGE or len(kept) > MOST_PARAGRAPHS:
        limit = f"{LONGEST_PASSAGE} characters in {MOST_PARAGRAPHS} paragraphs"
        raise DomainError(f"write at most {limit}", field="passage")
    if not all(part.isprintable() for part in kept):
        raise DomainError("these words hold characters that no letter can show", field="passage")
    for found, what in ((_SUM, "sums"), (_ACCOUNT, "accounts"), (_LINK, "links")):
        if found.search(passage):
            told = f"no {what}, please: the letter itself names them, and they are exact there"
            raise DomainError(told, field="passage")
    return passage


def paragraphs_of(passage: str) -> tuple[str, ...]:
    """List the paragraphs of words that were checked."""
    return tuple(filter(None, passage.split("\n\n")))
