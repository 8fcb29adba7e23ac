"""Recognises bookings that were reported before: the same money in any file is one entry."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.bank.statement import BankEntry, StatementKind
from domain.money import Money

_SIGNS = re.compile(r"[\W_]+")
_OWN = ("bank", "uetr", "tx")
"""References of one payment; that of a booking may be shared by all payments of it."""

NO_REFERENCE = frozenset(
    {"", "NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NOREF", "NONE", "NIL", "NA", "UNKNOWN"}
)
"""What banks write where the payer gave no reference of its own."""

APART = timedelta(days=7)
"""The same booking may be announced and booked on days that lie so far apart, not more."""

_LONG_ENOUGH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMarks:
    """What an entry is known by, for good: no word of the payer's is read from it.

    Attributes:
        refs: the bank's references, each with its sort before it.
        end_to_end: a hash of the payer's own reference; empty if it gave none.
        words: a hash of what the payer wrote, however it was cut.
        payer: a hash of the payer's account.
    """

    account: str
    amount: Money
    is_credit: bool
    booked: date
    valued: date
    kind: StatementKind
    refs: tuple[str, ...] = ()
    end_to_end: str = ""
    words: str = ""
    payer: str = ""

    @property
    def core(self) -> tuple[Hashable, ...]:
        """What no two reports of one booking tell differently."""
        return (self.account, self.is_credit, self.amount.minor, self.amount.currency)

    @property
    def fingerprint(self) -> str:
        """All of it in one line; two entries of one line are told apart by their count alone."""
        days = (self.booked.isoformat(), self.valued.isoformat())
        told = (*self.core, *days, self.end_to_end, self.words, self.payer, *sorted(self.refs))
        return "|".join(map(str, told))


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that was recorded before, under its id."""

    id: str
    marks: EntryMarks


def marks_of(entry: BankEntry) -> EntryMarks:
    """Take from an entry what it is known by."""
    return EntryMarks(
        account=entry.account,
        amount=entry.amount,
        is_credit=entry.is_credit,
        booked=entry.booked,
        valued=entry.valued,
        kind=entry.kind,
        refs=tuple(map(str, entry.refs)),
        end_to_end=mark_of(entry.end_to_end) if is_reference(entry.end_to_end) else "",
        words=mark_of("".join(entry.lines)) or mark_of("".join(entry.references)),
        payer=mark_of(entry.payer_account),
    )


def mark_of(text: str) -> str:
    """Make the mark of a text: a hash of its letters and digits; empty if it has none."""
    plain = _plain(text)
    return hashlib.sha256(plain.encode()).hexdigest()[:_LONG_ENOUGH] if plain else ""


def is_reference(text: str) -> bool:
    """Tell whether a payer's reference is one, and not the bank's word for none."""
    return _plain(text).strip("0") not in NO_REFERENCE


class KnownEntries:
    """The entries of a creditor's accounts that are known, to be found again by their marks."""

    def __init__(self, known: Iterable[KnownEntry] = ()) -> None:
        """Take in what was recorded before."""
        self._by: dict[Hashable, list[KnownEntry]] = defaultdict(list)
        self._alike: dict[str, int] = defaultdict(int)
        self._wordless: set[str] = set()
        for one in known:
            self._add(one)
            self._alike[one.marks.fingerprint] += 1

    def recognise(self, entries: Sequence[BankEntry]) -> tuple[tuple[str, bool], ...]:
        """Find each entry of one message among what is known, or make it known under a new id.

        Two entries of one message are never the same. Answers each one's id, and whether it is new.
        """
        told = [marks_of(entry) for entry in entries]
        found = self._known_among(told)
        answers = [(found.get(place) or self._new_id(marks)) for place, marks in enumerate(told)]
        for place, marks in enumerate(told):
            if place not in found:
                self._add(KnownEntry(answers[place], marks))
        return tuple((answer, place not in found) for place, answer in enumerate(answers))

    def says_more(self, entry_id: str, entry: BankEntry) -> bool:
        """Tell whether a later report says what was written, where the earlier one did not."""
        return entry_id in self._wordless and bool(entry.lines or entry.references)

    def _known_among(self, told: Sequence[EntryMarks]) -> dict[int, str]:
        """The ids of those that are known, by their place: by the surest signs first."""
        found: dict[int, str] = {}
        taken, begun = set[str](), dict[Hashable, int]()
        for keys in _KEYS:
            for place, marks in enumerate(told):
                known = None if place in found else self._found(marks, keys(marks), taken, begun)
                if known:
                    taken.add(known)
                    found[place] = known
        return found

    def _found(
        self,
        marks: EntryMarks,
        keys: Iterable[Hashable],
        taken: set[str],
        begun: dict[Hashable, int],
    ) -> str | None:
        for key in keys:
            alike = self._by.get(key, ())
            first = begun.get(key, 0)
            while first < len(alike) and alike[first].id in taken:
                first += 1  # so that thousands of alike payments are not gone through each time
            begun[key] = first
            for known in alike[first:]:
                if known.id not in taken and _may_be_same(marks, known.marks):
                    return known.id
        return None

    def _add(self, known: KnownEntry) -> None:
        if not known.marks.words:
            self._wordless.add(known.id)
        for keys in _KEYS:
            for key in keys(known.marks):
                self._by[key].append(known)

    def _new_id(self, marks: EntryMarks) -> str:
        """An id that follows from what the entry says, and from how many alike came before it."""
        place = self._alike[marks.fingerprint]
        self._alike[marks.fingerprint] += 1
        told = hashlib.sha256(f"{marks.fingerprint}|{place}".encode()).hexdigest()
        return f"{marks.booked:%Y%m%d}-{told[:16]}"


def _by_reference(marks: EntryMarks) -> Iterator[Hashable]:
    for ref in marks.refs:
        if ref.partition(":")[0] in _OWN:
            yield (*marks.core, ref)
        else:
            yield (*marks.core, ref, marks.words)


def _by_end_to_end(marks: EntryMarks) -> Iterator[Hashable]:
    if marks.end_to_end:
        yield (*marks.core, "end-to-end", marks.end_to_end)


def _by_words(marks: EntryMarks) -> Iterator[Hashable]:
    if marks.words:
        for day in sorted({marks.booked, marks.valued}):
            yield (*marks.core, "words", day, marks.words)


def _by_day(marks: EntryMarks) -> Iterator[Hashable]:
    """Only where one of two has no words to compare; the days are all there is."""
    for day in sorted({marks.booked, marks.valued}):
        yield (*marks.core, "day", day)


_KEYS = (_by_reference, _by_end_to_end, _by_words, _by_day)
"""What two reports of one booking may have in common, from the surest to the least."""


def _may_be_same(one: EntryMarks, other: EntryMarks) -> bool:
    """Whether nothing that both tell says that they are two."""
    if abs(one.booked - other.booked) > APART or _are_other_refs(one, other):
        return False
    if one.kind is other.kind and _are_days_apart(one, other):
        return False
    if one.end_to_end and other.end_to_end:
        return one.end_to_end == other.end_to_end
    if one.payer and other.payer and one.payer != other.payer:
        return False
    # An early report may lack the words; two reports of one kind say the same words.
    is_bare = not (one.words and other.words)
    return one.words == other.words or (is_bare and one.kind is not other.kind)


def _are_days_apart(one: EntryMarks, other: EntryMarks) -> bool:
    """Whether days tell two apart: a payer may give each payment the same reference of its own."""
    days = one.booked != other.booked and one.valued != other.valued
    return days and not set(one.refs) & set(other.refs)


def _are_other_refs(one: EntryMarks, other: EntryMarks) -> bool:
    for sort in ("bank:", "uetr:", "entry:", "row:"):
        mine = {ref for ref in one.refs if ref.startswith(sort)}
        theirs = {ref for ref in other.refs if ref.startswith(sort)}
        if mine and theirs and not mine & theirs:
            return True
    return False


def _plain(text: str) -> str:
    """Letters and digits alone: banks cut and join lines where they like."""
    return _SIGNS.sub("", text).upper()
