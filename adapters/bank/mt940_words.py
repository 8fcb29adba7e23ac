"""Reads what stands in field 86 of MT940: each bank's way of writing payer and purpose.

A dialect is a function that answers None where it does not fit; the first that fits is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

from adapters.bank.bank_fields import is_iban
from domain.bank.recognising import is_reference

_CODED = re.compile(r"\s*+(?:(?:[0-9]{3})?\s*+([?<~^@>|])|[0-9]{3}\s*+([+]))(?=[0-9]{2})")
_SEPA = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT|PURP|MTLG|RREF)(?:[+]|: ?)"
)
_SLASHED = re.compile(
    r"/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|CNTP|MARF|CSID|RTRN|SVCL|ISDT|PREF|PURP|ADDR|"
    r"ULTD|ULTC|OCMT|CHGS|EXCH|CREF|NRTX|RREF|TTIJD|ID|ACCW|UDTR|IBAN)/"
)
_LABELS = {
    "name": (
        *("AUFTRAGGEBER", "ABSENDER", "NAAM", "OD", "NAZWA", "ORDERING PARTY"),
        *("DONNEUR D.ORDRE", "EXP[EÉ]DITEUR", "MITTENTE", "ORDINANTE"),
    ),
    "words": (
        *("MITTEILUNGEN", "MITTEILUNG", "COMMUNICATIONS?", "COMUNICAZION[EI]", "OMSCHRIJVING"),
        *(r"TYT\.", "TYTUL"),
    ),
    "account": ("REK", r"Z RACH\.", "IBAN"),
    "": ("BIC", "(?:BETALINGS)?KENMERK", "TNR", "ID IPH"),
}
_LABEL = "|".join(
    f"(?P<{role}>{'|'.join(labels)})" if role else "|".join(labels)
    for role, labels in _LABELS.items()
)
_LABELLED = re.compile(rf"(?:{_LABEL})\s*:\s*", re.IGNORECASE)
_PARTY = re.compile(r"^/(?:ORDP|BENM)/([0-9A-Z ]{6,34})\n/?([^\n/][^\n]*)", re.MULTILINE)
_IBAN = re.compile(r"\b(?=([A-Z]{2}[0-9]{2}[A-Z0-9 ]{11,40}))")
_LENGTHS = range(15, 35)
_NS = re.compile(r"([0-9]{2})(.*)")
_LEAST_ACCOUNT = 5
_LEAST_WHOLE = 15
_FULL = 27
"""Characters of a field."""
_SEPA_REASONS = range(901, 950)


@dataclass(frozen=True, slots=True, kw_only=True)
class MtWords:
    """What a bank tells of a booking in words.

    Attributes:
        lines: what the payer wrote, as it was cut.
        name: the other party.
        account: its account.
        end_to_end: the payer's own reference.
        references: structured references of the creditor.
        return_code: why it came back, if it did.
    """

    lines: tuple[str, ...] = ()
    name: str = ""
    account: str = ""
    end_to_end: str = ""
    references: tuple[str, ...] = ()
    return_code: str = ""


def read_words(told: str) -> MtWords:
    """Read field 86 by the first dialect that fits."""
    for dialect in (_non_swift, _coded, _slashed, _labelled):
        found = dialect(told)
        if found:
            return found
    return _plain(told)


def _coded(told: str) -> MtWords | None:
    """Germany, Austria, Poland, Hungary: fields of two digits after a sign, such as ``?20``."""
    start = _CODED.match(told)
    if start is None:
        return None
    said = _subfields(told, start[1] or start[2])
    purpose = [said[key] for key in sorted(said) if re.fullmatch("2[0-9]|6[0-3]", key)]
    sepa = _sepa(purpose)
    more, told_account = said.get("33", ""), _account(said)
    if not told_account.strip() and is_iban(more):  # as in Romania
        more, told_account = "", more
    reason = said.get("34", "").strip()
    is_back = reason.isdecimal() and int(reason) in _SEPA_REASONS
    return MtWords(
        lines=(*sepa.get("", ()), *sepa.get("SVWZ", ())),
        name=_one(sepa, "ABWA") or _name(said.get("32", ""), more),
        account="".join((told_account or _one(sepa, "IBAN")).split()),
        end_to_end=_given(_one(sepa, "EREF")),
        return_code=reason if is_back else "",
    )


def _account(said: dict[str, str]) -> str:
    """The other party's account: whole in field 38, as in Poland, or in 31."""
    whole = "".join(said.get("38", "").split())
    return whole if sum(sign.isdigit() for sign in whole) >= _LEAST_WHOLE else said.get("31", "")


def _name(first: str, more: str) -> str:
    """A name in two fields; a first one that is full was cut, maybe within a word."""
    between = "" if len(first) >= _FULL else " "
    return " ".join(f"{first}{between}{more}".split())


def _subfields(told: str, sign: str) -> dict[str, str]:
    """What stands in each field; the sign alone is one that the payer wrote."""
    said: dict[str, str] = {}
    for part in re.split(rf"{re.escape(sign)}(?=[0-7][0-9])", told.replace("\n", ""))[1:]:
        said[part[:2]] = said.get(part[:2], "") + part[2:]
    return said


def _sepa(purpose: list[str]) -> dict[str, list[str]]:
    """The purpose by its SEPA keys, each in the pieces in which it was cut; first what has none.

    Keys, too, may be cut in two.
    """
    flat, cuts = "".join(purpose), {0, *accumulate(map(len, purpose))}
    marks = [(0, 0, ""), *((mark.start(), mark.end(), mark[1]) for mark in _SEPA.finditer(flat))]
    found: dict[str, list[str]] = {}
    for place, (_, begin, key) in enumerate(marks):
        end = marks[place + 1][0] if place + 1 < len(marks) else len(flat)
        edges = [begin, *sorted(cut for cut in cuts if begin < cut < end), end]
        texts = (flat[start:stop] for start, stop in pairwise(edges))
        found.setdefault(key, []).extend(text for text in texts if text)
    return found


def _one(found: dict[str, list[str]], key: str) -> str:
    return "".join(found.get(key, ())).strip()


def _given(reference: str) -> str:
    return reference if is_reference(reference) else ""


def _slashed(told: str) -> MtWords | None:
    """The Netherlands, Belgium, Sweden: ``/EREF/…/REMI/…``."""
    flat = told.replace("\n", "")
    marks = list(_SLASHED.finditer(flat))
    if not marks or marks[0].start() > 1:
        return None
    said: dict[str, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(flat)]
    for mark, end in zip(marks, ends, strict=True):
        said.setdefault(mark[1], flat[mark.end() : end].strip())
    party = said.get("CNTP", "").split("/")
    remitted = said.get("REMI", "")
    structured = re.match(r"STRD/(?:CUR|ISO)/(.+)", remitted)
    words = re.sub(r"^(USTD|STRD)//?", "", remitted).rstrip("/")
    lines: tuple[str, ...] = (words,) if words and not structured else ()
    number, name = _party_lines(told)
    return MtWords(
        # Where no word says which part the payer wrote, it may be any.
        lines=lines if "REMI" in said else _lines(told),
        name=said.get("NAME", "").strip("/") or (party[2] if len(party) > 2 else name),  # noqa: PLR2004
        account="".join((said.get("IBAN", "") or party[0] or number).strip("/").split()),
        end_to_end=_given(said.get("EREF", "").strip("/")),
        references=(structured[1].strip("/"),) if structured else (),
        return_code=said.get("RTRN", "").strip("/"),
    )


def _party_lines(told: str) -> tuple[str, str]:
    """The other party's account and name where each has a line, as SWIFT has it."""
    found = _PARTY.search(told)
    return (found[1].strip(), found[2].strip()) if found else ("", "")


def _labelled(told: str) -> MtWords | None:
    """Knab, ABN AMRO, PostFinance, mBank: words with a colon, such as ``NAAM:`` or ``TYT.:``."""
    flat = told.replace("\n", "")
    cuts = {0, *accumulate(map(len, told.split("\n")))}
    marks = [
        mark
        for mark in _LABELLED.finditer(flat)
        if mark.start() in cuts or not flat[mark.start() - 1].isalpha()
    ]
    if not marks:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(flat)]
    said: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        said.setdefault(mark.lastgroup or "", flat[mark.end() : end].strip(" ;/"))
    if not said.keys() & {"name", "words"}:
        return None
    words = said.get("words", "") or flat[: marks[0].start()].strip(" ;")
    return MtWords(
        lines=tuple(filter(None, (words,))),
        name=said.get("name", "").split(";")[0].strip(),
        account="".join(said.get("account", "").split()) or _iban_in(flat),
    )


def _non_swift(told: str) -> MtWords | None:
    """Field NS of older German and Hungarian systems: lines that begin with two digits."""
    if not told.startswith("NS\n"):
        return None
    said = {m[1]: m[2].strip() for m in map(_NS.match, told.split("\n")[1:]) if m}
    lines = (said[key] for key in sorted(said) if key <= "14")
    name = " ".join(filter(None, (said.get("15", ""), said.get("16", ""))))
    account = said.get("17", "")
    has_digits = sum(sign.isdigit() for sign in account) >= _LEAST_ACCOUNT
    told_lines = tuple(filter(None, lines))
    return MtWords(lines=told_lines, name=name, account=account if has_digits else "")


def _plain(told: str) -> MtWords:
    """No dialect that is known: all of it is what the payer wrote, and an IBAN is looked for."""
    lines = _lines(told)
    return MtWords(lines=lines, account=_iban_in(" ".join(lines)))


def _lines(told: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in told.split("\n"))))


def _iban_in(text: str) -> str:
    """The first IBAN of a text, in one piece or in groups, whatever word follows it."""
    for match in _IBAN.finditer(text):
        plain = "".join(match[1].split())
        for end in _LENGTHS:
            if end <= len(plain) and is_iban(plain[:end]):
                return plain[:end]
    return ""
