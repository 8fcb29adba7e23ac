"""How charts say their words: in English in a terminal, in the reader's language on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.money import Money


def _plain_code(code: object) -> str:
    return str(getattr(code, "value", code)).replace("_", " ")


def _plain_many(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


def _plain_money(money: Money) -> str:
    return f"{money.decimal:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """What a chart asks for its words.

    Attributes:
        gettext: a phrase in the reader's language; ngettext: one about a number of things.
        said: how a code of the ledger, such as a step or a channel, is said.
        money: how an amount is written; its currency stands above it.
        of_one: whether all of it is one creditor's, whose name need not be said.
    """

    gettext: Callable[[str], str] = str
    ngettext: Callable[[str, str, int], str] = _plain_many
    said: Callable[[object], str] = _plain_code
    money: Callable[[Money], str] = _plain_money
    of_one: bool = False

    def all_said(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Say each of several codes."""
        return tuple(map(self.said, codes))


TERMINAL_WORDS = ChartWords()
"""The words of a terminal."""
