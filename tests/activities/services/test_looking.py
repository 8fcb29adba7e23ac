"""What people look up and write down: found by words or amounts, kept without card numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from activities.ports.stores.console.looking import SearchResult
from activities.services.console.looking import LONGEST_NOTE, LONGEST_SEARCH, LookingService
from domain.errors import DomainError


@dataclass
class Kept:
    """Remembers what was looked for and written."""

    sought: list[tuple[str, dict[str, int]]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def currencies(self, creditor: str) -> list[str]:
        """One with cents, one without."""
        return ["EUR", "JPY"]

    def search(self, creditor: str, words: str, minors: dict[str, int]) -> SearchResult:
        """Nothing is found."""
        self.sought.append((words, minors))
        return SearchResult()

    def add_note(self, creditor: str, customer: str, case_id: str, words: str, by: str) -> None:
        """One more."""
        self.notes.append((case_id, words, by))


def service(kept: Kept) -> LookingService:
    return LookingService(cast("Any", kept))


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("", None),
        (" a ", None),
        ("ab", ("ab", {})),
        ("  Globex   AG ", ("Globex AG", {})),
        ("119.00", ("119.00", {"EUR": 11900, "JPY": 119})),
        ("119.50", ("119.50", {"EUR": 11950})),
        ("1,190.50", ("1,190.50", {"EUR": 119050})),
        ("119,5", ("119,5", {"EUR": 11950})),
        ("500", ("500", {"EUR": 50000, "JPY": 500})),
        ("x" * (LONGEST_SEARCH + 1), ("x" * LONGEST_SEARCH, {})),
    ],
)
def test_what_is_looked_for_may_be_an_amount(
    words: str, sought: tuple[str, dict[str, int]] | None
) -> None:
    kept = Kept()
    service(kept).search("acme", words)

    assert kept.sought == ([sought] if sought else [])


@pytest.mark.parametrize("said", ["x", "x" * LONGEST_NOTE])
def test_a_note_is_kept_with_who_wrote_it(said: str) -> None:
    kept = Kept()
    service(kept).add_note("acme", "C-1", f" {said}\n", by="eva", case_id="invoice/acme/R-1")

    assert kept.notes == [("invoice/acme/R-1", said, "eva")]


@pytest.mark.parametrize("said", ["", " \n", "\0", "x" * (LONGEST_NOTE + 1)])
def test_nothing_and_too_much_are_no_note(said: str) -> None:
    kept = Kept()
    with pytest.raises(DomainError, match="write a note of up to 4000 characters"):
        service(kept).add_note("acme", "C-1", said, by="eva")

    assert kept.notes == []


def test_a_card_number_is_never_kept() -> None:
    kept = Kept()
    service(kept).add_note("acme", "C-1", "paid by 4111111111111111", by="eva")

    assert kept.notes == [("", "paid by ************1111", "eva")]
