"""Finds the form that a country's law asks of a last demand, where the creditor switched it on.

What is not known stays a plain demand: no letter claims an effect in law that nobody vouched for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.asked import asked_sum
from adapters.letters.formats.pdf import can_be_appended
from adapters.letters.formats.style import Style
from adapters.letters.grounds import daily_interest
from adapters.letters.stated import statement_in
from adapters.letters.text.locale import LetterLocale, clean
from domain.charges.consumers.laws import consumer_laws, most_in_all
from domain.money import Money

_LAST = "final"
FORMS = "forms"
"""The folder, in a creditor's own, of official forms that a law wants enclosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The form of a last demand in one country, for one kind of debtor.

    Attributes:
        country: ISO 3166 alpha-2, of the debtor.
        kind: business, consumer, or any.
        source: where it was found, an address or a paragraph.
        basis: ``source`` if it was looked up, else ``general knowledge``.
        days: the least that the deadline must leave.
        costs: whether the sentence names the most that the law lets collection costs be.
        forms: official forms that go along, by the names of their files; never shipped.
        words: subject and sentence by language, the sentence for a consumer where it is
            another one, what is said where interest runs on and where none does, and what
            follows where the creditor switched the country's debt enforcement on.
    """

    country: str
    kind: str
    law: str
    source: str
    basis: str
    checked: date
    days: int = 0
    costs: bool = False
    forms: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The words of a notice in a letter's language, and the official forms that go along."""

    subject: str
    sentence: str
    forms: tuple[Path, ...] = ()


@cache
def notices() -> tuple[Notice, ...]:
    """Read all known notices."""
    text = files("adapters.letters").joinpath("notices.toml").read_text("utf-8")
    return tuple(_notice(entry) for entry in tomllib.loads(text)["notice"])


def notice_of(data: LetterData, style: Style, locale: LetterLocale) -> NoticeText | None:
    """Word the notice of a letter; None leaves the plain demand."""
    if not style.formal_notice or data.tone != _LAST or data.days_late < 1 or data.lines:
        return None
    fitting = (one for one in notices() if _fits(one, data, style))
    for notice in fitting:
        words = notice.words.get(locale.locale.language)
        if words:
            values = _values(notice, data, locale)
            sentence = _sentence(notice, words, data, style)
            forms = tuple(_form(style, name) for name in notice.forms)
            subject = locale.written(words["subject"]) % values
            return NoticeText(subject, locale.written(sentence) % values, forms)
    return None


def missing_forms(style: Style) -> tuple[str, ...]:
    """List the official forms of notices that a creditor asked for by name and does not have."""
    asked = (one for one in notices() if f"{one.country} {one.kind}" in style.formal_notice)
    return tuple(name for one in asked for name in one.forms if not _is_there(style, name))


def _sentence(notice: Notice, words: Mapping[str, str], data: LetterData, style: Style) -> str:
    """The sentence for this debtor, with what depends on the interest and on the creditor."""
    said = words["sentence"]
    if data.debtor.consumer:
        said = words.get("consumer", said)
    runs_on = daily_interest(statement_in(data)).minor > 0
    said = said.replace("%(interest)s", words.get("interest" if runs_on else "no_interest", ""))
    if f"{notice.country} enforcement" in style.formal_notice and "enforcement" in words:
        said = f"{said} {words['enforcement']}"
    return said


def _fits(notice: Notice, data: LetterData, style: Style) -> bool:
    """Whether a notice is for this debtor, is wanted, can be written, and leaves its days."""
    kind = data.debtor.kind
    mine = notice.country == data.debtor.country and notice.kind in ("any", kind)
    wanted = mine and _wanted(notice, kind, style)
    if not wanted or _lacks_costs(notice, data) or _names_costs_anew(notice, data):
        return False
    return not _lacks_forms(notice, data, style) and _days(data) >= notice.days


def _lacks_forms(notice: Notice, data: LetterData, style: Style) -> bool:
    """Whether forms that have to go along are not there, or nobody could send them back."""
    if not notice.forms:
        return False
    return not data.creditor.email or not all(_is_there(style, name) for name in notice.forms)


def _form(style: Style, name: str) -> Path:
    return (style.folder or Path()) / FORMS / name


def _is_there(style: Style, name: str) -> bool:
    """Whether a form lies in the creditor's folder, and is a PDF that can stand behind a letter."""
    path = _form(style, name)
    return style.folder is not None and path.is_file() and can_be_appended(path.read_bytes())


def _lacks_costs(notice: Notice, data: LetterData) -> bool:
    """Whether a notice has to name costs of which its law has no scale in the currency."""
    return notice.costs and not _costs_of(notice, statement_in(data).principal).minor


def _costs_of(notice: Notice, principal: Money) -> Money:
    """The most that its law lets all collection costs be, for the country of the notice."""
    found = most_in_all(consumer_laws()[notice.country], principal) if notice.costs else None
    return found or Money(0, principal.currency)


def _names_costs_anew(notice: Notice, data: LetterData) -> bool:
    """Whether a notice would name costs that the letter names already, or that were added."""
    charged = any(line.name == "fee" for line in statement_in(data).lines)
    return notice.costs and (charged or data.foretold is not None)


def _wanted(notice: Notice, kind: str, style: Style) -> bool:
    if notice.country in style.formal_notice:
        return True
    return bool(kind) and f"{notice.country} {kind}" in style.formal_notice


def _days(data: LetterData) -> int:
    """Days that the letter's deadline leaves; without a deadline it is no notice."""
    if not data.deadline:
        return -1
    return (date.fromisoformat(data.deadline) - date.fromisoformat(data.today)).days


def _values(notice: Notice, data: LetterData, locale: LetterLocale) -> dict[str, str]:
    principal = statement_in(data).principal
    return {
        "number": clean(data.case.invoice.number),
        "owed": locale.listed([locale.money(one) for one in asked_sum(data).sums]),
        "deadline": locale.day(data.deadline),
        "costs": locale.money(_costs_of(notice, principal)),
        "issued": locale.day(data.case.invoice.issued),
        "reply_to": clean(data.creditor.email),
    }


def _notice(entry: Mapping[str, Any]) -> Notice:
    plain = {name: value for name, value in entry.items() if not isinstance(value, dict)}
    return Notice(**plain | {"forms": tuple(plain.get("forms", ()))}, words=dict(_tables(entry)))


def _tables(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    return ((name, value) for name, value in entry.items() if isinstance(value, dict))
