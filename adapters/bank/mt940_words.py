"""Reads what stands in field 86 of MT940: each bank's way of writing payer and purpose.

A dialect is a function that answers None where it does not fit; the first that fits is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum import iban

from domain.bank.recognising import is_reference

_CODED = re.compile(r"\s*([0-9]{3})?([?<~^@>|])([0-9]{2})")
_SEPA = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT|PURP|MTLG|RREF)(?:[+]|: ?)"
)
_SLASHED = re.compile(
    r"/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|ORDP|BENM|CNTP|MARF|CSID|RTRN|SVCL|ISDT|PREF|PURP|ADDR|"
    r"ULTD|ULTC|OCMT|CHGS|EXCH|CREF|NRTX|RREF|TTIJD|ID|ACCW|UDTR|IBAN)/"
)
_LABELLED = re.compile(
    r"(?P<label>AUFTRAGGEBER|MITTEILUNGEN|NAAM|REK|OD|TYT\.|Z RACH\.|NAZWA|TYTUL)\s*:\s*"
)
_IBAN = re.compile(r"\b(?=([A-Z]{2}[0-9]{2}[A-Z0-9 ]{11,40}))")
_LENGTHS = range(15, 35)
_NS = re.compile(r"([0-9]{2})(.*)")
_LEAST_ACCOUNT = 5
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
    sign, flat = start[2], told.replace("\n", "")
    said: dict[str, str] = {}
    for part in flat.split(sign)[1:]:
        said[part[:2]] = said.get(part[:2], "") + part[2:]
    purpose = [said[key] for key in sorted(said) if re.fullmatch("2[0-9]|6[0-3]", key)]
    sepa = _sepa(purpose)
    name = f"{said.get('32', '')}{said.get('33', '')}".strip()
    reason = said.get("34", "").strip()
    is_back = reason.isdecimal() and int(reason) in _SEPA_REASONS
    return MtWords(
        lines=(*sepa.get("", ()), *sepa.get("SVWZ", ())),
        name=_one(sepa, "ABWA") or name,
        account="".join((said.get("31", "") or _one(sepa, "IBAN")).split()),
        end_to_end=_given(_one(sepa, "EREF")),
        return_code=reason if is_back else "",
    )


def _sepa(purpose: list[str]) -> dict[str, list[str]]:
    """The purpose by its SEPA keys, each in the pieces in which it was cut; first what has none."""
    found: dict[str, list[str]] = {}
    key = ""
    for piece in purpose:
        # Split at the keys: text, key, text, key, text.
        text, *rest = _SEPA.split(piece)
        found.setdefault(key, []).append(text)
        for place in range(0, len(rest), 2):
            key = rest[place]
            found.setdefault(key, []).append(rest[place + 1])
    return {key: [text for text in texts if text] for key, texts in found.items()}


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
    return MtWords(
        lines=(words,) if words and not structured else (),
        name=said.get("NAME", "").strip("/") or (party[2] if len(party) > 2 else ""),  # noqa: PLR2004
        account="".join((said.get("IBAN", "") or party[0]).strip("/").split()),
        end_to_end=_given(said.get("EREF", "").strip("/")),
        references=(structured[1].strip("/"),) if structured else (),
        return_code=said.get("RTRN", "").strip("/"),
    )


def _labelled(told: str) -> MtWords | None:
    """Knab, PostFinance, mBank: words with a colon, such as ``NAAM:`` or ``TYT.:``."""
    flat = told.replace("\n", "")
    marks = list(_LABELLED.finditer(flat))
    if not marks:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(flat)]
    said = {
        mark["label"]: flat[mark.end() : end].strip(" ;/")
        for mark, end in zip(marks, ends, strict=True)
    }
    words = next((said[key] for key in ("MITTEILUNGEN", "TYT.", "TYTUL") if key in said), "")
    before = flat[: marks[0].start()].strip(" ;")
    payer = next((said[key] for key in ("AUFTRAGGEBER", "NAAM", "OD", "NAZWA") if key in said), "")
    account = next((said[key] for key in ("REK", "Z RACH.") if key in said), "")
    return MtWords(
        lines=tuple(filter(None, (words or before,))),
        name=payer.split(";")[0].strip(),
        account="".join(account.split()),
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
    lines = tuple(filter(None, (line.strip() for line in told.split("\n"))))
    return MtWords(lines=lines, account=_iban_in(" ".join(lines)))


def _iban_in(text: str) -> str:
    """The first IBAN of a text, in one piece or in groups, whatever word follows it."""
    for match in _IBAN.finditer(text):
        plain = "".join(match[1].split())
        for end in _LENGTHS:
            if end <= len(plain) and iban.is_valid(plain[:end], check_country=False):
                return plain[:end]
    return ""
