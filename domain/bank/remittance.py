"""Reads remittance advices: which of a customer's invoices a text lists, and with which sums."""

# One thing: from a text to the lines of an advice, and from an advice to what it means for money.

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.bank.numbers_in_text import candidates_in, is_telling, number_key
from domain.bank.open_items import OpenItem
from domain.money import Money, minor_digits

LONGEST_ADVICE = 60_000
"""Characters of a text that are read: an advice of a thousand lines is far below that."""

LARGEST_ADVICE = 2_000_000
"""Bytes of a file whose text is looked at while somebody waits for a page."""

MOST_ADVISED = 500

_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<whole>\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)"
    r"(?P<cents>[.,]\d{2,3})?(?![.,/-]?\d)"
)
_CELLS = re.compile(r"[;\t|\"]")
_NEVER = date.max
_AFTER = 2
"""A broken table names the sum so many lines after the number, at most."""


class AdviceFit(StrEnum):
    """How the sum of a line agrees with what is owed."""

    WHOLE = "whole"
    PART = "part"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceLine:
    """One invoice in an advice.

    Attributes:
        paid: what the customer says is paid of it.
        open: what of the invoice itself is owed.
    """

    case: str
    number: str
    paid: Money
    open: Money
    fit: AdviceFit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAdvice:
    """What a text says was paid, all in one currency.

    Attributes:
        agrees: whether the text names the sum of its lines as well: then no line is missing.
    """

    lines: tuple[AdviceLine, ...]
    agrees: bool

    @property
    def total(self) -> Money:
        """The sum of its lines."""
        currency = self.lines[0].paid.currency
        return Money(sum(line.paid.minor for line in self.lines), currency)


CLAIMS = "remittance/"
"""How the keys begin under which cases hear that an advice lists them."""


def claim_key(advice: str) -> str:
    """Name the claim that follows from an advice, in each of its cases."""
    return f"{CLAIMS}{advice}"


def read_advice(texts: Iterable[str], items: Sequence[OpenItem]) -> ReadAdvice | None:
    """Read the advice that lists the most of a customer's open items; None if none lists any.

    Args:
        texts: the mail and each file that came with it, as text.
        items: the open items of the customer whose mail it is.
    """
    by_number = _by_number(items)
    found = [read for text in texts if (read := _read(text[:LONGEST_ADVICE], by_number))]
    return max(found, key=lambda one: (len(one.lines), one.agrees), default=None)


_ByNumber = Mapping[str, Sequence[OpenItem]]
"""Items by their numbers without signs: no row of a text is held against all of them."""


def _by_number(items: Iterable[OpenItem]) -> _ByNumber:
    found = defaultdict[str, list[OpenItem]](list)
    for one in items:
        if is_telling(one.number):
            found[number_key(one.number)].append(one)
    return found


def _read(text: str, items: _ByNumber) -> ReadAdvice | None:
    rows = text.splitlines()
    told = dict[str, AdviceLine]()
    listed = [_item_in(row, items) for row in rows]
    for at, item in enumerate(listed):
        if item is None or item.case in told or len(told) >= MOST_ADVISED:
            continue
        paid = _paid(_sums_near(rows, listed, at), item)
        if paid:
            told[item.case] = _line(item, paid)
    lines = _of_one_currency(told.values())
    return ReadAdvice(lines=lines, agrees=_names_total(rows, listed, lines)) if lines else None


def _item_in(row: str, items: _ByNumber) -> OpenItem | None:
    """The one open item whose number stands in a row; a row that names several is no line."""
    written = [number for number in candidates_in((row,)) if number in items]
    longest = max(map(len, written), default=0)
    best = [one for number in written if len(number) == longest for one in items[number]]
    return best[0] if len(best) == 1 else None


def _sums_near(rows: Sequence[str], listed: Sequence[OpenItem | None], at: int) -> list[str]:
    """The row without its number, and where that holds no sum, the rows up to the next number."""
    item = listed[at]
    bare = _without(rows[at], item.number) if item else rows[at]
    near = [bare]
    if item and not _sums_in(bare, item.open.currency):
        for later in range(at + 1, min(at + 1 + _AFTER, len(rows))):
            if listed[later]:
                break
            near.append(rows[later])
    return near


def _without(row: str, number: str) -> str:
    signs = (re.escape(sign) for sign in number_key(number))
    return re.sub(r"[\W_]*".join(signs), " ", row, count=1, flags=re.IGNORECASE)


def _paid(rows: Iterable[str], item: OpenItem) -> Money | None:
    """The sum of a line: what is owed where that stands there, else its last sum with decimals."""
    currency = item.open.currency
    sums = [minor for row in rows for minor in _sums_in(row, currency)]
    owed = [minor for minor in item.owed_on(item.discount_until or _NEVER) if minor in sums]
    minor = owed[0] if owed else (sums[-1] if sums else 0)
    return Money(minor, currency) if minor > 0 else None


def _sums_in(row: str, currency: str) -> list[int]:
    """The sums that stand in a row, minor units; a figure without its decimals is none."""
    cells = [cell for cell in _CELLS.split(row) if cell]
    found = [minor for cell in cells for minor in _sums_of(cell, currency)]
    if found:
        return found
    # A table may part its columns by commas, too.
    return [minor for cell in row.split(",") for minor in _sums_of(cell, currency)]


def _sums_of(cell: str, currency: str) -> Iterator[int]:
    digits = minor_digits(currency)
    for found in _AMOUNT.finditer(cell):
        cents = (found["cents"] or "")[1:]
        if len(cents) == digits:
            whole = "".join(sign for sign in found["whole"] if sign.isdigit())
            yield int(f"{whole[:15]}{cents}")


def _line(item: OpenItem, paid: Money) -> AdviceLine:
    days = item.discount_until or _NEVER
    if paid.minor in item.owed_on(days):
        fit = AdviceFit.WHOLE
    else:
        fit = AdviceFit.PART if paid.minor < item.open.minor else AdviceFit.MORE
    return AdviceLine(case=item.case, number=item.number, paid=paid, open=item.open, fit=fit)


def _of_one_currency(lines: Collection[AdviceLine]) -> tuple[AdviceLine, ...]:
    """The lines of the currency that most of them are in."""
    currencies = [line.paid.currency for line in lines]
    most = max(dict.fromkeys(currencies), key=currencies.count, default="")
    return tuple(line for line in lines if line.paid.currency == most)


def _names_total(
    rows: Sequence[str], listed: Sequence[OpenItem | None], lines: tuple[AdviceLine, ...]
) -> bool:
    """Whether a row that names no invoice holds the sum of all lines."""
    if not lines:
        return False
    total = Money(sum(line.paid.minor for line in lines), lines[0].paid.currency)
    others = (row for row, item in zip(rows, listed, strict=True) if item is None)
    named = {minor for row in others for minor in _sums_in(row, total.currency)}
    return total.minor in named or (len(lines) == 1 and not named)
