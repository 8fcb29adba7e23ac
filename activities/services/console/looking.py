"""The service for what people look up: timeline and search; and the notes they write."""

from __future__ import annotations

from datetime import datetime

from activities.ports.stores.console.looking import LookingStore, SearchResult, TimelineEntry
from domain.card_numbers import without_card_numbers
from domain.errors import DomainError
from domain.money import parse_money

SHORTEST_SEARCH = 2
LONGEST_SEARCH = 100
LONGEST_NOTE = 4000


class LookingService:
    """Shows what happened with customers, finds them, and keeps notes about them."""

    def __init__(self, store: LookingStore) -> None:
        self._store = store

    def timeline(
        self, creditor: str, customer: str, *, before: datetime | None = None, limit: int = 40
    ) -> tuple[TimelineEntry, ...]:
        """Show what happened with a customer, newest first, before an instant."""
        return self._store.timeline(creditor, customer, before, limit)

    def search(self, creditor: str, words: str) -> SearchResult:
        """Find customers by a part of the name, invoices by a part of the number or an amount.

        What is shorter than two characters finds nothing.
        """
        sought = " ".join(words.split())[:LONGEST_SEARCH].replace("\0", "")
        if len(sought) < SHORTEST_SEARCH:
            return SearchResult()
        return self._store.search(creditor, sought, self._minors(creditor, sought))

    def _minors(self, creditor: str, sought: str) -> dict[str, int]:
        """What was looked for as an amount, in each currency in which it can be one."""
        plain = sought.replace(",", "") if "." in sought else sought.replace(",", ".")
        found = {}
        for currency in self._store.currencies(creditor):
            try:
                found[currency] = parse_money(plain, currency).minor
            except DomainError:
                continue
        return found

    def add_note(
        self, creditor: str, customer: str, said: str, *, by: str, case_id: str = ""
    ) -> None:
        """Keep a note about a customer, or about one invoice of theirs.

        Raises:
            DomainError: if nothing was written, or too much.
        """
        words = without_card_numbers(said.strip().replace("\0", ""))
        if not words or len(words) > LONGEST_NOTE:
            raise DomainError(f"write a note of up to {LONGEST_NOTE} characters", field="said")
        self._store.add_note(creditor, customer, case_id, words, by)
