"""Reads a rendered letter as its reader does: labels in the reader's language, figures as sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_group_symbol, parse_decimal

from activities.ports.letter_data import Letter, LetterData
from adapters.letters.text.catalogue import choose_language, translations
from adapters.letters.text.locale import LetterLocale
from adapters.letters.writer import LetterWriter
from domain.money import Money, minor_digits

LETTERS = LetterWriter()
CODE = re.compile(r"\b[A-Z]{3}\b")


@dataclass(frozen=True)
class Read:
    """A letter and the letter_locale it is read in."""

    letter: Letter
    locale: LetterLocale

    @property
    def text(self) -> str:
        """Its plain text."""
        return self.letter.text

    def values(self, label: str) -> list[str]:
        """What stands behind an English label, wherever it stands in this language."""
        here = re.escape(self.locale.gettext(label))
        return re.findall(rf"^\s*{here} ?: (.+)$", self.text, re.MULTILINE)

    def value(self, label: str) -> str:
        """The value of a label, the same wherever it stands."""
        (found,) = set(self.values(label))
        return found

    def money(self, words: str) -> Money:
        """A sum as it is written in this language, below zero where it is taken away."""
        sign = -1 if words.startswith("\N{MINUS SIGN}") else 1
        words = words.removeprefix("\N{MINUS SIGN} ").removeprefix("+ ")
        (currency,) = CODE.findall(words)
        figure = (
            words.replace(currency, "").strip().replace(" ", get_group_symbol(self.locale.locale))
        )
        exact: Decimal = parse_decimal(figure, locale=self.locale.locale, strict=True)
        return Money(sign * int(exact.scaleb(minor_digits(currency))), currency)

    def sums(self, label: str) -> list[Money]:
        """The sums behind a label."""
        return [self.money(words) for words in self.values(label)]

    def day(self, iso: object) -> str:
        """A date as this language writes it in a text."""
        return self.locale.day(str(iso)).replace("\u00a0", " ")


def locale_of(language: str) -> LetterLocale:
    """The letter_locale of a shipped language."""
    return LetterLocale(choose_language(language), translations(language))


def read(data: LetterData) -> Read:
    """Write a letter and read it again."""
    return Read(LETTERS.write(data), locale_of(data.debtor.language))
