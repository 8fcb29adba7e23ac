"""One invoice that cannot be is asked about, and holds up none of the others (F1)."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.ports.connectors.connector import ConnectedInvoice, PulledInvoices, ThereState
from adapters.config.settings import Settings
from domain.money import Money
from starter.application import Application
from tests.adapters.connectors.test_connector_contract import MemoryBooks, MemoryConnector
from tests.starter.importing.connected.test_connected import DUE, Connected, engine

__all__ = ["engine"]
Change = Callable[[ConnectedInvoice], ConnectedInvoice]
_numbers = itertools.count(1)


class OneMore(MemoryConnector):
    """A billing system that tells one more invoice, before all others."""

    def __init__(self, books: MemoryBooks, change: Change) -> None:
        super().__init__(books)
        self._change = change

    def pull(self, since: str) -> PulledInvoices:
        """The others come after it."""
        pulled = super().pull(since)
        more = replace(pulled.invoices[0], number="R-2", there="R-2", customer="C-2")
        return replace(pulled, invoices=(self._change(more), *pulled.invoices))


def _buyer(**changes: Any) -> Change:
    return lambda one: replace(one, buyer=replace(one.buyer, **changes))


def _with(**changes: Any) -> Change:
    return lambda one: replace(one, **changes)


def _sum(minor: int, currency: str = "EUR") -> Change:
    money = Money(minor, currency)
    return _with(amount=money, open=money, paid=Money(0, currency))


IMPOSSIBLE = {
    "half a character": _buyer(name="cut \ud83d"),
    "NUL in a street": _buyer(street=("a\x00",)),
    "NUL in a number": _with(number="R\x00"),
    "half a character in a draft": _with(number="R\ud83d", state=ThereState.DRAFT),
    "NUL in the customer": _with(customer="C\x00"),
    "a language": _with(language="d\x00"),
    "more than the ledger counts": _sum(10**30),
    "more than any invoice": _sum(10**15 + 1),
    "nothing invoiced": _with(amount=Money(-5, "EUR")),
    "a currency in small letters": _sum(100, "eur"),
    "two currencies": _with(paid=Money(1, "USD")),
    "the end of time": _with(due=date(9999, 12, 31)),
    "past all known holidays": _with(due=date(2051, 1, 1)),
    "the year one": _with(issued=date(1, 1, 1)),
}
FINE = {
    "a credit note": _with(amount=Money(-100, "EUR"), open=Money(-100, "EUR")),
    "the largest": _sum(10**15),
    "the last known year": _with(due=date(2049, 12, 31)),
}


def _pulled(engine: Engine, change: Change) -> tuple[Connected, dict[str, Any]]:
    there = Connected(Application(Settings(), engine), f"impossible-{next(_numbers)}")
    there.books.issue("R-1", due=DUE)
    there.one = replace(there.one, connector=OneMore(there.books, change))
    return there, there.pull()


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_cannot_be_is_asked_about_and_the_others_are_opened(
    engine: Engine,
    what: str,
) -> None:
    there, told = _pulled(engine, IMPOSSIBLE[what])

    assert (told["opened"], len(told["asked"])) == (1, 1)
    assert there.row().open.plain == "100.00"


@pytest.mark.parametrize("what", FINE)
def test_what_is_only_rare_asks_nobody(engine: Engine, what: str) -> None:
    _, told = _pulled(engine, FINE[what])

    assert "asked" not in told
