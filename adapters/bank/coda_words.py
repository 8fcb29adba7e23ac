"""Reads what CODA's records tell of a movement: communications, the other party, returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stdnum.be import ogm_vcs

from domain.bank.recognising import is_reference

_ISO_REFERENCE, _DIRECT_DEBIT, _FOREIGN = "100", "127", "105"
_DIGITS = frozenset({"101", "102"})
"""Structured communications of twelve digits, as payers wrote them or as the bank found them."""
_ENDS = frozenset({"001", "009"})
"""Information records: who the other party is, and for whom it pays."""


@dataclass(slots=True)
class CodaWords:
    """What the records of one movement say, gathered one by one."""

    is_structured: bool = False
    told: str = ""
    reference: str = ""
    r_type: str = ""
    reason: str = ""
    account: str = ""
    name: str = ""
    more: list[str] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementWords:
    """What a movement says, as an entry needs it."""

    lines: tuple[str, ...]
    references: tuple[str, ...]
    end_to_end: str
    name: str
    account: str
    is_return: bool
    return_code: str
    returned: tuple[str, ...]


def add_record(words: CodaWords, record: str) -> None:
    """Add what a record of 128 signs says: 2.1 to 2.3, or 3.1 to 3.3."""
    sort = record[:2]
    if sort == "21":
        words.is_structured = record[61] == "1"
        words.told = record[62:115]
    elif sort == "22":
        words.told += record[10:63]
        words.reference = record[63:98].strip()
        words.r_type, words.reason = record[112].strip(), record[113:117].strip()
    elif sort == "23":
        words.told += record[82:125]
        words.account = next(iter(record[10:44].split()), "")
        words.name = record[47:82].strip()
    else:
        _add_information(words, sort, record)


def _add_information(words: CodaWords, sort: str, record: str) -> None:
    """Who the other party is, or text; what goes on after a structured record is an address."""
    if sort == "31" and record[39] == "1":
        if record[40:43] in _ENDS:
            words.ends[record[40:43]] = record[43:113].strip()
    elif sort == "31":
        words.more.append(record[40:113].strip())
    elif words.more:
        words.more.append(record[10 : 115 if sort == "32" else 100].strip())


def movement_words(mine: CodaWords, *others: CodaWords) -> MovementWords:
    """Put together what a movement says; the booking it belongs to fills what it lacks."""
    debit = _direct_debit(mine)
    lines, references = _communication(mine)
    for other in others:
        if not lines and not references:
            lines, references = _communication(other)
    lines = lines or tuple(filter(None, mine.more)) if not references else lines
    r_type = mine.r_type or debit.get("r_type", "")
    name = mine.ends.get("009") or mine.name or mine.ends.get("001", "")
    reference = mine.reference if is_reference(mine.reference) else ""
    named = (reference, debit.get("mandate", ""))
    return MovementWords(
        lines=lines,
        references=references,
        end_to_end=reference,
        name=name or next((one.name for one in others if one.name), ""),
        account=mine.account or next((one.account for one in others if one.account), ""),
        is_return=r_type.strip("0") != "" or debit.get("refused", "").strip("0") != "",
        return_code=mine.reason or debit.get("reason", ""),
        returned=tuple(filter(None, named)),
    )


def _communication(words: CodaWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the payer wrote, and the creditor's reference if it gave one."""
    told = words.told
    if not words.is_structured:
        return _pieces(told), ()
    sort, rest = told[:3], told[3:]
    if sort in _DIGITS and rest[:12].isdecimal():
        return (), (rest[:12],)
    if sort == _ISO_REFERENCE and rest[:25].strip():
        return (), ("".join(rest[:25].split()),)
    if sort == _DIRECT_DEBIT:
        return _pieces(rest[79:141]), ()
    if sort == _FOREIGN and ogm_vcs.is_valid(rest[45:57]):
        return (), (rest[45:57],)
    return (), ()


def _pieces(told: str) -> tuple[str, ...]:
    """The text as the records cut it: 53 signs, 53 and 43."""
    cuts: Sequence[str] = (told[:53], told[53:106], told[106:])
    return tuple(filter(None, (one.strip() for one in cuts)))


def _direct_debit(words: CodaWords) -> dict[str, str]:
    """What a SEPA direct debit says: whether it was paid, its mandate, why it came back."""
    if not words.is_structured or words.told[:3] != _DIRECT_DEBIT:
        return {}
    rest = words.told[3:]
    return {
        "refused": rest[8:9].strip(),
        "mandate": rest[44:79].strip(),
        "r_type": rest[141:142].strip(),
        "reason": rest[142:146].strip(),
    }
