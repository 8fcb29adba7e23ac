"""What a file says is settled is never opened; of the rest only what is open is chased."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.words import nearest_word
from starter.importing.exports.profiles import ANY, Profile, every_profile, plain_word
from starter.importing.files.problems import ReadHint, ReadOption
from starter.importing.files.table import CsvLine

_NOTHING = Decimal(0)


_DAY_BEHIND = re.compile(
    r"[ ,:(-]*\b(?:(?:by|in|on|since|for|seit|am|um|depuis|le|il|el) )?"
    r"(?:\d{1,4} (?:days?|tage?n?|jours?|giorni|d[ií]as?|dagen|dagar|dager|dage)"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?: ago)?\)?$",
    re.IGNORECASE,
)


class Meaning(StrEnum):
    """What a word in a status column means."""

    OPEN = "open"
    PART = "part"
    PAID = "paid"
    VOID = "void"
    WRITTEN_OFF = "written_off"
    CREDITED = "credited"
    DRAFT = "draft"


_WEIGHT = (
    *(Meaning.VOID, Meaning.WRITTEN_OFF, Meaning.CREDITED, Meaning.DRAFT, Meaning.PAID),
    *(Meaning.PART, Meaning.OPEN),
)
"""Of two words the one that is less chased holds."""

_NOT_OPENED = frozenset({Meaning.VOID, Meaning.WRITTEN_OFF, Meaning.CREDITED, Meaning.DRAFT})


class DocumentFate(StrEnum):
    """What becomes of a document."""

    OPENED = "opened"
    LEFT_OUT = "left_out"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a document, and why.

    Attributes:
        paid: plain amount that had been paid before.
        credited: plain amount that had been credited, or let go, before.
        left: plain amount of a credit note that is still to be used.
        meaning: what its status means, where it is left out for that.
    """

    fate: DocumentFate
    why: str = ""
    paid: str = ""
    credited: str = ""
    left: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The words of a program, and those that somebody explained."""

    profile: Profile
    explained: Mapping[str, str]

    def meaning(self, line: CsvLine) -> Meaning:
        """What the status columns of a line say; words that nobody knows go to its problems."""
        found = [
            meaning
            for field in ("status", "payment_status")
            if line.text(field) and (meaning := self._of(line, field))
        ]
        return next((one for one in _WEIGHT if one in found), Meaning.OPEN)

    def kind(self, line: CsvLine) -> str:
        """``invoice``, ``credit_note`` or ``other``; a word that nobody knows is a problem."""
        text = line.text("kind")
        if not text:
            return "invoice"
        known = {**every_profile()[ANY].kinds, **self.profile.kinds}
        found = self._told(text) or known.get(plain_word(text))
        if found is None:
            way_out = "say what it means: invoice, credit_note or other"
            hint = ReadHint(ReadOption.MEANINGS, f"{_typed(text)}=invoice")
            line.complain("kind", f"{text!r} is no kind of document that is known; {way_out}", hint)
        return found or "other"

    def _of(self, line: CsvLine, field: str) -> Meaning | None:
        text = line.text(field)
        known = {**every_profile()[ANY].statuses, **self.profile.statuses}
        found = self._told(text) or known.get(plain_word(text)) or known.get(_without_day(text))
        if found in list(Meaning):
            return Meaning(found)
        near = nearest_word(plain_word(text), known)
        like = f"did you mean {near}? " if near else ""
        way_out = f"say what it means: {', '.join(Meaning)}"
        hint = ReadHint(ReadOption.MEANINGS, f"{_typed(text)}=open")
        line.complain(field, f"{text!r} is no status that is known; {like}{way_out}", hint)
        return None

    def _told(self, text: str) -> str:
        explained = {plain_word(word): meaning for word, meaning in self.explained.items()}
        return explained.get(plain_word(text), "")


def _without_day(text: str) -> str:
    """A status without the day or the days that some programs write behind it.

    ``Overdue by 12 days`` is ``overdue``, ``Paid (05/02/2026)`` is ``paid``; an amount or another
    word behind it may change what it means, and is asked about.
    """
    return plain_word(_DAY_BEHIND.sub("", text.strip()))


def verdict(line: CsvLine, words: StatusWords) -> Verdict:
    """What becomes of a document whose amounts are written plainly."""
    kind, meaning = words.kind(line), words.meaning(line)
    amount, paid, balance = (_decimal(line.text(name)) for name in ("amount", "paid", "balance"))
    if kind == "other":
        return Verdict(fate=DocumentFate.LEFT_OUT, why=f"no invoice ({line.text('kind')!r})")
    if meaning in _NOT_OPENED:
        return _left_out(line, meaning)
    if kind == "credit_note" or _is_negative(amount, balance, paid):
        return _credit(amount, balance, paid, meaning)
    if meaning is Meaning.PAID:
        return _said_to_be_paid(line, balance)
    if meaning is Meaning.PART and balance is None and paid is None:
        way_out = "name the column that says what is open, or what was paid"
        hint = ReadHint(ReadOption.COLUMNS, "balance=HEADER")
        said = f"{line.text('status')!r}, but not how much is open"
        line.complain("status", f"{said}; {way_out}", hint)
    return _of_sums(line, amount, paid, balance)


def _of_sums(
    line: CsvLine, amount: Decimal | None, paid: Decimal | None, balance: Decimal | None
) -> Verdict:
    """By the sums alone: what is open, and how the rest went."""
    if amount is None:  # that it is missing is said where it is read
        return Verdict(fate=DocumentFate.OPENED)
    left = balance if balance is not None else amount - (paid or _NOTHING)
    if left <= 0 or not amount:
        why = f"{left:f} is open: nothing is owed"
        return Verdict(fate=DocumentFate.LEFT_OUT, why=why, meaning=Meaning.PAID)
    gone = amount - left
    if gone < (paid or _NOTHING) or (paid is not None and paid < 0):
        sums = f"{left:f} open and {paid or 0} paid"
        reason = f"{sums} do not make {amount:f}; find out which is right"
        line.complain("balance" if balance is not None else "paid", reason)
    money = paid if paid is not None else gone
    return Verdict(fate=DocumentFate.OPENED, paid=_some(money), credited=_some(gone - money))


def _said_to_be_paid(line: CsvLine, balance: Decimal | None) -> Verdict:
    if balance is not None and balance > 0:
        reason = f"{balance:f} is open, but {_status(line)} says paid; find out which is right"
        line.complain("balance", reason)
    if line.text("settled"):  # history: opened, and paid on that day
        return Verdict(fate=DocumentFate.OPENED)
    return _left_out(line, Meaning.PAID)


def _left_out(line: CsvLine, meaning: Meaning) -> Verdict:
    why = f"{meaning.replace('_', ' ')} ({_status(line)})"
    return Verdict(fate=DocumentFate.LEFT_OUT, why=why, meaning=meaning)


def _credit(
    amount: Decimal | None, balance: Decimal | None, paid: Decimal | None, meaning: Meaning
) -> Verdict:
    """A credit note, with what of it is still to be used."""
    whole = next((abs(one) for one in (amount, balance, paid) if one), _NOTHING)
    left = _NOTHING if meaning is Meaning.PAID else whole if balance is None else abs(balance)
    return Verdict(fate=DocumentFate.CREDIT, left=f"{left:f}")


def _is_negative(amount: Decimal | None, balance: Decimal | None, paid: Decimal | None) -> bool:
    if amount:
        return amount < 0
    return (balance or _NOTHING) < 0 or (amount is None and (paid or _NOTHING) > 0)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _some(sum_: Decimal) -> str:
    return f"{sum_:f}" if sum_ > 0 else ""


def _status(line: CsvLine) -> str:
    """The words of the status columns, as the file has them."""
    said = (line.text(field) for field in ("status", "payment_status"))
    return " / ".join(repr(text) for text in said if text)


def _typed(text: str) -> str:
    """A word as it can be typed again, without what would play tricks."""
    return "".join(sign for sign in text if sign.isprintable() and sign not in '"$`\\')
