"""What people look up in the console: a customer's timeline, notes, and what a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.money import Money

MOST_FOUND = 20
"""Customers and invoices that a search shows of each: more of the word finds fewer."""


class EntryKind(StrEnum):
    """What an entry of the timeline is about."""

    SAID = "said"
    DONE = "done"
    HEARD = "heard"
    REPLY = "reply"
    PAYMENT = "payment"
    NOTE = "note"
    TASK = "task"
    CREDIT = "credit"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """Something that happened with a customer; ``at`` in UTC.

    Attributes:
        what: a code: the message's type, the step, the result, the event.
        text: why, or the words that were said.
        result: how it ended, as a code; empty if that says nothing.
        day: the date that was spoken of.
        count: how often the same was told, such as how often a mail was opened.
    """

    at: datetime
    kind: EntryKind
    what: str
    case_id: str = ""
    who: str = ""
    text: str = ""
    channel: str = ""
    result: str = ""
    amount: Money | None = None
    day: date | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCustomer:
    """A customer whose name or id holds what was looked for."""

    customer: str
    name: str
    open: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInvoice:
    """An invoice whose number or amount is what was looked for."""

    case_id: str
    customer: str
    name: str
    due: date
    amount: Money
    open: Money
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found, so many of each at most."""

    customers: tuple[FoundCustomer, ...] = ()
    invoices: tuple[FoundInvoice, ...] = ()


class LookingStore(Protocol):
    """The timeline, notes and the search, each of one creditor."""

    def timeline(
        self, creditor: str, customer: str, before: datetime | None, limit: int
    ) -> tuple[TimelineEntry, ...]:
        """Read what happened with a customer, newest first, before an instant."""
        ...

    def add_note(self, creditor: str, customer: str, case_id: str, said: str, by: str) -> None:
        """Keep a note about a customer, or about one invoice of theirs."""
        ...

    def search(self, creditor: str, words: str, minors: Mapping[str, int]) -> SearchResult:
        """Find customers by name or id, invoices by number or by an amount per currency."""
        ...

    def currencies(self, creditor: str) -> tuple[str, ...]:
        """List the currencies of a creditor's invoices."""
        ...
