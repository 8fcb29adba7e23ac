"""How a file writes amounts: found out from all of them together, or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError
from domain.money import minor_digits
from starter.importing.exports.currency_signs import without_signs
from starter.importing.files.problems import (
    ReadHint,
    ReadOption,
    UnreadableError,
    refuse_file,
)

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009]")
_CODE = re.compile(r"^([A-Z]{3})(?=[\d\W])|(?<=[\d\W])([A-Z]{3})$")
_PARENTHESES = re.compile(r"^\((.*)\)$")
_SHAPES = {
    ".": re.compile(
        r"^[+-]?(\d+|\d{1,3}(,\d{3})+|\d{1,3}(,\d{2})*,\d{3}|\d{1,3}('\d{3})+)(\.\d+)?$"
    ),
    ",": re.compile(r"^[+-]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}('\d{3})+)(,\d+)?$"),
}
_NO_DECIMALS = re.compile(r"([.,:])\s*[-\u2013\u2014]{1,2}$")
_COLON = re.compile(r":(?=\d\d$)")
_DEBIT_OR_CREDIT = re.compile(r"(?<=[\d.,])\s*(cr|dr)\.?$", re.IGNORECASE)
_BARE_THOUSAND = re.compile(r"^[+-]?\d{1,3}([.,])(\d{3})$")
_THREE = 3


class Decimals(StrEnum):
    """The sign before the decimals."""

    POINT = "."
    COMMA = ","


_OTHER = {
    Decimals.POINT: ReadOption.DECIMAL_COMMA,
    Decimals.COMMA: ReadOption.DECIMAL_POINT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountCell:
    """An amount as it stands in a file, with the currency of its line."""

    line: int
    column: str
    text: str
    currency: str


def amount_style(cells: Iterable[AmountCell], file: str) -> Decimals:
    """Which sign stands before the decimals, by all amounts of a file.

    A number such as 1.234 could be either; one such as 1.234,50 or 19.90 tells for the others.

    Raises:
        FileError: if nothing tells, with the way out.
    """
    given = [cell for cell in cells if cell.text]
    telling = {style for cell in given if (style := _told_by(cell))}
    if len(telling) == 1:
        return telling.pop()
    doubt = next((cell for cell in given if _is_doubtful(cell)), None)
    if doubt is None:
        return Decimals.POINT
    reason = f"{doubt.text!r} could be a thousand times more or less, and no other amount tells"
    if telling:
        reason = f"the amounts are written in two ways, so {doubt.text!r} could be either"
    told = f"{doubt.column}: {reason}; say how amounts are written"
    hints = [ReadHint(ReadOption.DECIMAL_POINT), ReadHint(ReadOption.DECIMAL_COMMA)]
    raise refuse_file(file, told, line=doubt.line, hints=hints)


def plain_text(text: str, style: Decimals, currency: str) -> str:
    """An amount as ``-1234.56``: without thousands, sign of currency or parentheses.

    Raises:
        DomainError: if it is no amount in this way of writing, or in another currency.
    """
    bare = _bare(text, currency)
    if not bare:
        return ""
    if not _SHAPES[style].match(bare):
        like = "1,234.56" if style is Decimals.POINT else "1.234,56"
        other = _OTHER[style]
        told = f"{text!r} is no amount written like {like}; mend it, or say how they are written"
        raise UnreadableError(told, other)
    thousands = "," if style is Decimals.POINT else "."
    return bare.replace(thousands, "").replace("'", "").replace(",", ".")


def _told_by(cell: AmountCell) -> Decimals | None:
    """The way of writing that one amount proves, if it proves any."""
    bare = _bare(cell.text, cell.currency, strict=False)
    fits = [style for style in Decimals if _SHAPES[style].match(bare)]
    return fits[0] if len(fits) == 1 else None


def _is_doubtful(cell: AmountCell) -> bool:
    """Whether both ways of writing fit and mean different sums."""
    found = _BARE_THOUSAND.match(_bare(cell.text, cell.currency, strict=False))
    if found is None:
        return False
    return not (found[1] == Decimals.POINT and _digits(cell.currency) == _THREE)


def _digits(currency: str) -> int | None:
    """How many decimals a currency has; None where it is none: that is said elsewhere."""
    try:
        return minor_digits(currency)
    except DomainError:
        return None


def _bare(text: str, currency: str, *, strict: bool = True) -> str:
    """The digits with their separators: what stands around them is taken off."""
    inner = _PARENTHESES.match(text.strip())
    bare = inner[1] if inner else text.strip()
    side = _DEBIT_OR_CREDIT.search(bare)
    bare = without_signs(_DEBIT_OR_CREDIT.sub("", bare), currency if strict else "")
    bare = _SPACES.sub("", bare).replace("\u2212", "-").replace("\u2019", "'")
    bare = _COLON.sub(",", _NO_DECIMALS.sub(_zeros, bare))
    named = _CODE.search(bare)
    if named:
        code = named[1] or named[2]
        if strict and currency and code != currency:
            raise DomainError(f"{text!r} is in {code}, its line in {currency}", field="currency")
        bare = bare.replace(code, "", 1)
    minus = bare.endswith("-") or bool(side and side[1].lower() == "cr")
    bare = bare.rstrip("-")
    return f"-{bare}" if (minus or inner) and not bare.startswith("-") else bare


def _zeros(found: re.Match[str]) -> str:
    """The decimals of a whole amount: ``100,-`` and ``100:-`` are 100,00, ``100.-`` is 100.00."""
    return f"{',' if found[1] == ':' else found[1]}00"
