"""Shortens letters to text messages and to what is said on the phone."""

from __future__ import annotations

import unicodedata
from typing import Any

from activities.ports.letter_data import CallWords, LetterData
from activities.ports.types import LetterError
from adapters.letters.agreed import AGREEMENT
from adapters.letters.answers.occasions import SHOWS_WHAT_IS_LEFT
from adapters.letters.formats.style import PLAIN, Style
from adapters.letters.paying.ways import link_of
from adapters.letters.text.locale import BLANKS, clean, clip
from adapters.letters.text.template_choice import SEVERAL_AGREEMENTS, sound_of
from adapters.letters.text.values import values_of
from adapters.letters.text.wording import Words
from domain.decision.answering.steps import DISPUTE_DECIDED
from domain.parties.people import Creditor, Debtor

NEVER_SPOKEN = (
    AGREEMENT,
    SEVERAL_AGREEMENTS,
    "agreement_reminder",
    DISPUTE_DECIDED,
    *SHOWS_WHAT_IS_LEFT,
)
"""Letters that nobody is called about (P50)."""

LONGEST_SMS = 320
"""Characters; more looks like spam and costs like it."""

MOST_SMS_SEGMENTS = 4
"""In how many parts it travels at the most, where a shorter one says what is needed."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
"""GSM 03.38: the letters of a text message at 160 a part; any other makes it 70 a part."""

_STROKES = str.maketrans("łŁđĐ", "lLdD")
"""Letters that fall apart into no letter and accent."""

TYPEWRITER = {
    **str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--'),  # noqa: RUF001 - the very signs
    ord("º"): None,
}
"""Signs that cost a text message half of its room and say no more than these, or than nothing."""

_LAST_TONE = "final"

_LENGTHS = ((2, 40, True), (1, 40, True), (0, 40, True), (0, 20, True), (0, 20, False))
"""How much is said, the width of the sender's name, and whether the page's link is there."""


def sms_segments(text: str) -> int:
    """Count the parts in which a text message travels, and is paid for."""
    if set(text) <= BASIC | EXTENDED:
        size = sum(2 if char in EXTENDED else 1 for char in text)
        return 1 if size <= 160 else -(-size // 153)  # noqa: PLR2004 - GSM 03.38
    size = len(text.encode("utf-16-be")) // 2
    return 1 if size <= 70 else -(-size // 67)  # noqa: PLR2004 - UCS-2


def sms_of(data: LetterData, letter: str, words: Words, style: Style = PLAIN) -> str:
    """Choose the longest length that fits; amount, reference and link are never cut.

    A final demand rather loses its accents than what follows, or whom to call.
    """
    text, values = "", _values(data, letter, words)
    name = style.short_name or values["us"]
    values["colon"] = words.locale.colon.rstrip()
    for detail, width, with_page in _LENGTHS:
        more: dict[str, Any] = {"detail": detail, "sender": whole_words(name, width)}
        more["page"] = data.page_link if with_page else ""
        text = words.say("sms", "text", values | more).replace("\n", " ")
        text = text.translate(BLANKS).translate(TYPEWRITER)
        if style.plain_sms or (data.tone == _LAST_TONE and not _fits(text)):
            text = without_accents(text)
        if _fits(text):
            break
    return text[:LONGEST_SMS]


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_SMS and sms_segments(text) <= MOST_SMS_SEGMENTS


def whole_words(name: str, length: int) -> str:
    """Shorten a name between two of its words; one long word alone is cut."""
    if len(name) <= length:
        return name
    kept = name[: length + 1].rpartition(" ")[0].rstrip(" &,.-")
    return kept or clip(name, length)


def without_accents(text: str) -> str:
    """Write Latin letters without what makes a text message cost twice; others stay."""
    parts = (unicodedata.normalize("NFD", char) for char in text.translate(_STROKES))
    return "".join(
        char if char in BASIC or len(apart) == 1 else apart[0]
        for apart, char in zip(parts, text.translate(_STROKES), strict=True)
    )


def spoken(data: LetterData, letter: str, words: Words, *, to_machine: bool) -> str:
    """Word what is said to the customer; a machine, which anybody may hear, learns of no debt.

    Raises:
        LetterError: if it is about something that is said in writing only.
    """
    if letter in NEVER_SPOKEN:
        raise LetterError("agreements and disputes are confirmed in writing, not by voice")
    values = _values(data, letter, words)
    return _aloud(words, "machine" if to_machine else "text", values)


def call_words(creditor: Creditor, debtor: Debtor, words: Words) -> CallWords:
    """Word the opening of a call: who calls, for whom, and nothing of a debt."""
    values = {
        "us": clean(creditor.name or creditor.id, 100),
        "you": clean(debtor.name, 100),
        "phone": clean(creditor.phone, 24),
        "consumer": debtor.consumer is True,
    }
    return CallWords(
        language=words.locale.tag,
        greeting=_aloud(words, "greeting", values),
        machine=_aloud(words, "machine", values),
        again=_aloud(words, "again", values),
        noted=_aloud(words, "noted", values),
    )


def _aloud(words: Words, block: str, values: dict[str, Any]) -> str:
    text = words.say("voice", block, values)
    # "Acme S.L." at the end of a sentence has a dot already.
    return text.replace("\n", " ").replace("..", ".").translate(BLANKS)


def _values(data: LetterData, letter: str, words: Words) -> dict[str, Any]:
    return values_of(data, sound_of(data, letter), words.locale) | {
        "link": clean(link_of(data), 200)
    }
