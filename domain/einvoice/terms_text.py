"""Reads payment terms in words, only where they are certain: the due date, and early discounts."""

# One thing: from a text to marked places, to clauses, to what they say together.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial

from domain.einvoice.document import EarlyDiscount
from domain.einvoice.month_words import with_plain_days
from domain.einvoice.terms_words import (
    ALREADY_PAID,
    DAYS,
    DISCOUNT,
    DUE_AT_ONCE,
    FROM_RECEIPT,
    MONTH_END,
    NO_REQUEST,
    NOT_CERTAIN,
    SOMETHING_ELSE,
    UNTIL,
    WITHIN,
)
from domain.errors import DomainError

_LONGEST = 2000
_ANY_DAY = date(2026, 1, 1)
_MOST_DAYS = 366
_MONTHS = 12
_LARGEST_PLAIN = 10
"""Percent: more is a discount only where a word says so."""

_NEAR = 5
"""Days by which a date in words may differ from the days beside it: weekends, counting."""

_STRUCTURED = re.compile(r"#skonto#tage=(\d{1,3})#prozent=(\d{1,2}(?:\.\d{1,3})?)#[^\n#]*#?")
_STRUCTURED_OTHER = re.compile(r"#verzug#[^\n]*")
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?) ?(?:%|prozent\b|percent\b|per cent\b|pct\b)")
_DATES = (
    (re.compile(r"(?<![\d.])(\d{4})-(\d{2})-(\d{2})(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)"), (3, 2, 1)),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)"), (3, 2, 1)),
    (re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)"), (3, 2, 1)),
)
_TWO_TEN = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)/(\d{1,2}),? ?(?:net|n) ?/? ?(\d{1,3})\b")
_NUMBER_OF_DAYS = re.compile(rf"(?<![\d.,])(\d{{1,3}})[ -]?{DAYS}")
_NET = re.compile(rf"^(?:net|netto|n)[ /]?(\d{{1,3}})(?: ?{DAYS})?\.?$")
_CLAUSE = re.compile(r"[;\n]|,(?!\d)|\.(?=\s|$)|\b(?:oder|or|ou|oppure|lub|eller|sau|nebo|bzw)\b")
_MARK = re.compile(r"⟦([pnd])(\d+)⟧")
_WITHIN = re.compile(rf"\b{WITHIN}[:.]?(?: (?:von|of|max\.?|les|de|i|los|los próximos))? ?⟦n(\d+)⟧")
_AFTER = re.compile(
    r"⟦n(\d+)⟧\.?(?: (?:net(?:to)?|rein netto|ohne abzug|ab rechnungsdatum|nach rechnungsdatum|"
    r"d\.?f\.?|date (?:de )?facture|data fattura|fecha (?:de )?factura|na factuurdatum|"
    r"fra fakturadato|od (?:daty )?wystawieni\w*|after invoice date|from invoice date|"
    rf"from date of invoice|strictly|réglement|rein|{MONTH_END.pattern}))"
)
_UNTIL = re.compile(rf"\b{UNTIL}[:.]?(?: (?:dem|den|the|le|il|el|o|a))? ?⟦d(\d+)⟧")
_ALONE = re.compile(r"^[\s.:!-]*⟦n(\d+)⟧[\s.:!-]*$")
_LOOSE = re.compile(r"(?<![\w⟦.,/-])\d{1,3}(?![\w⟧.,/-])")


class TermsHint(StrEnum):
    """What the words say besides a day."""

    SAYS_PAID = "says_paid"
    NO_REQUEST = "no_request"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsFound:
    """What payment terms in words say for certain.

    Attributes:
        due: the due date; None if they say none, or several things could be meant.
        discounts: for paying early.
        hints: reasons why nothing may have to be paid.
    """

    due: date | None = None
    discounts: tuple[EarlyDiscount, ...] = ()
    hints: frozenset[TermsHint] = frozenset()


@dataclass(slots=True)
class _Marked:
    """A text whose percentages, days and dates were put aside under marks."""

    words: str
    percents: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    unclear: bool = False


def read_terms_text(text: str, issued: date) -> TermsFound:
    """Read payment terms in words, of an invoice of a day."""
    words = unicodedata.normalize("NFKC", text[:_LONGEST]).lower().replace("\u2019", "'")
    words = "\n".join(" ".join(line.split()) for line in words.splitlines())
    words = with_plain_days(words)
    fixed, net = _structured(words)
    words = _STRUCTURED_OTHER.sub("\n", _STRUCTURED.sub("\n", words))
    hints = _hints(words)
    if short := _TWO_TEN.search(words):
        percent, early_days, whole = short.groups()
        found = EarlyDiscount(percent=percent.replace(",", "."), days=int(early_days))
        due = issued + timedelta(days=int(whole)) if int(whole) <= _MOST_DAYS else None
        return TermsFound(due=due, discounts=(*fixed, found), hints=hints)
    marked = _marked(words)
    clauses = [one.strip() for one in _CLAUSE.split(marked.words) if one and one.strip()]
    clauses = [one for one in clauses if not (_MARK.search(one) and SOMETHING_ELSE.search(one))]
    early, rest = _early(clauses, marked)
    due = None if hints else _due(rest, marked, issued)
    if net is not None and not rest and not hints:
        due = issued + timedelta(days=net)
    return TermsFound(due=due, discounts=(*fixed, *early), hints=hints)


def _structured(words: str) -> tuple[tuple[EarlyDiscount, ...], int | None]:
    """Discounts in XRechnung's own lines; one of nothing tells the days without a discount."""
    told = [(int(days), percent) for days, percent in _STRUCTURED.findall(words)]
    early = (EarlyDiscount(percent=one, days=days) for days, one in told if one.strip("0."))
    net = [days for days, one in told if not one.strip("0.") and days <= _MOST_DAYS]
    return tuple(early), net[0] if len(net) == 1 else None


def agreed_terms(text: str) -> str:
    """Check terms that hold for several invoices; empty where none are agreed.

    Raises:
        DomainError: if no due date follows from them for certain.
    """
    if text and read_terms_text(text, _ANY_DAY).due is None:
        way_out = "write them like '30 days' or '14 Tage netto'"
        message = f"{text!r} are no payment terms that are understood; {way_out}"
        raise DomainError(message, field="payment_terms")
    return text


def _hints(words: str) -> frozenset[TermsHint]:
    found = ((ALREADY_PAID, TermsHint.SAYS_PAID), (NO_REQUEST, TermsHint.NO_REQUEST))
    return frozenset(hint for pattern, hint in found if pattern.search(words))


def _marked(words: str) -> _Marked:
    """Put dates, percentages and numbers of days aside, so that signs in them part no clauses."""
    made = _Marked(words=words)
    for pattern, order in _DATES:
        made.words = pattern.sub(partial(_date_mark, order=order, made=made), made.words)
    made.words = _PERCENT.sub(lambda found: _percent_mark(found, made), made.words)
    made.words = _NUMBER_OF_DAYS.sub(lambda found: _days_mark(found, made), made.words)
    return made


def _date_mark(found: re.Match[str], order: tuple[int, int, int], made: _Marked) -> str:
    year, month, day = (int(found[at]) for at in order)
    try:
        made.dates.append(date(year, month, day))
    except ValueError:
        made.unclear = True
        return found[0]
    if "/" in found[0] and day <= _MONTHS and day != month:
        made.unclear = True  # 03/04/2026 is another day for an American
    return f"⟦d{len(made.dates) - 1}⟧"


def _percent_mark(found: re.Match[str], made: _Marked) -> str:
    made.percents.append(found[1].replace(",", "."))
    return f"⟦p{len(made.percents) - 1}⟧"


def _days_mark(found: re.Match[str], made: _Marked) -> str:
    made.days.append(int(found[1]))
    return f"⟦n{len(made.days) - 1}⟧"


def _early(clauses: list[str], marked: _Marked) -> tuple[tuple[EarlyDiscount, ...], list[str]]:
    """The discounts, and the clauses that speak of something else."""
    left, found, whole = list(clauses), list[EarlyDiscount](), "\n".join(clauses)
    for at, clause in enumerate(clauses):
        percents = [int(n) for sort, n in _MARK.findall(clause) if sort == "p"]
        if len(percents) != 1 or NOT_CERTAIN.search(clause):
            continue
        when = clause if _has_day(clause) else _beside(clauses, at)
        percent = marked.percents[percents[0]]
        if when is None or not _is_discount(percent, clause, when, whole):
            continue
        found += _discount_of(percent, when, marked)
        left = [one for one in left if one not in (clause, when)]
    return tuple(found), left


def _is_discount(percent: str, clause: str, when: str, whole: str) -> bool:
    """Whether a percentage with a day is a discount, rather than a part to be paid."""
    if DISCOUNT.search(f"{clause} {when}"):
        return True
    small = Decimal(percent) <= _LARGEST_PLAIN
    return small and when is clause and not NOT_CERTAIN.search(whole)


def _discount_of(percent: str, when: str, marked: _Marked) -> Iterator[EarlyDiscount]:
    marks = _MARK.findall(when)
    dates = [marked.dates[int(n)] for sort, n in marks if sort == "d"]
    days = [marked.days[int(n)] for sort, n in marks if sort == "n"]
    if len(dates) == 1:
        yield EarlyDiscount(percent=percent, until=dates[0])
    elif len(days) == 1:
        yield EarlyDiscount(percent=percent, days=days[0])


def _has_day(clause: str) -> bool:
    return any(sort in "nd" for sort, _ in _MARK.findall(clause))


def _beside(clauses: list[str], at: int) -> str | None:
    """The clause beside that tells when; the one before, as in `within 14 days, 2 %`."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(clauses) and _has_day(clauses[other]) and "⟦p" not in clauses[other]:
            return clauses[other]
    return None


def _due(clauses: list[str], marked: _Marked, issued: date) -> date | None:
    """The one day that all of it speaks of; None if that is not certain."""
    text = "\n".join(clauses)
    if marked.unclear or NOT_CERTAIN.search(text) or "⟦p" in text:
        return None
    days, dates = _told(clauses)
    told = {n for sort, n in _MARK.findall(text) if sort == "n"}
    told_dates = {n for sort, n in _MARK.findall(text) if sort == "d"}
    if told - days or told_dates - dates or (days and FROM_RECEIPT.search(text)):
        return None  # something else stands there that may be meant
    return _one_day(
        {marked.dates[int(n)] for n in dates}, _from_days(text, days, marked, issued), issued
    )


def _told(clauses: list[str]) -> tuple[set[str], set[str]]:
    """Which numbers of days and which dates are said to be those by which to pay."""
    days, dates = set[str](), set[str]()
    for clause in clauses:
        for pattern in (_WITHIN, _AFTER, _ALONE):
            days |= set(pattern.findall(clause))
        dates |= set(_UNTIL.findall(clause))
    for clause in clauses:  # `30 days net until 4 April`: the date stands by its days
        if any(f"⟦n{n}⟧" in clause for n in days):
            dates |= set(re.findall(r"⟦n\d+⟧ (?:net(?:to)? )?⟦d(\d+)⟧", clause))
    return days, dates


def _from_days(text: str, days: set[str], marked: _Marked, issued: date) -> set[date]:
    counts = {marked.days[int(n)] for n in days}
    if not counts and (short := [m for line in text.splitlines() if (m := _NET.match(line))]):
        counts = {int(one[1]) for one in short}
    if not counts and DUE_AT_ONCE.search(text) and not _LOOSE.search(text):
        counts = {0}
    if any(count > _MOST_DAYS for count in counts):
        return set()
    found = {issued + timedelta(days=count) for count in counts}
    if MONTH_END.search(text) is None:
        return found
    # `45 jours fin de mois le 15`: a day of the month after.
    return set() if _LOOSE.search(text) else {_month_end(day) for day in found}


def _one_day(dates: set[date], counted: set[date], issued: date) -> date | None:
    if len(dates) > 1 or len(counted) > 1:
        return None
    day, other = next(iter(dates), None), next(iter(counted), None)
    if day and other and abs((day - other).days) > _NEAR:
        return None  # a date and its days contradict each other
    due = day or other
    return due if due and due >= issued else None


def _month_end(day: date) -> date:
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)
