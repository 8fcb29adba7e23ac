"""What money in the bank may be meant for: open items with the references their letters print."""

from __future__ import annotations

from typing import Any, cast

import pytest

from activities.services.bank.items import items_of
from domain.bank.open_items import OpenItem
from domain.money import Money


class Kept:
    """A ledger with one open item."""

    def __init__(self, scheme: str, reference: str, doubtful: frozenset[str]) -> None:
        self.scheme, self.doubtful = scheme, doubtful
        self.item = OpenItem(
            case="invoice/acme/A-1",
            number="A-1",
            customer="C-1",
            open=Money(100, "EUR"),
            reference=reference,
        )

    def references(self, creditor: str) -> tuple[str, frozenset[str]]:
        """The scheme, and the cases whose reference another one has."""
        return self.scheme, self.doubtful

    def items(self, creditor: str) -> list[OpenItem]:
        """The item."""
        return [self.item]

    def names(self, creditor: str) -> list[object]:
        """Nobody is named."""
        return []

    payers = advices = names


def made(number: str, scheme: str, printed: str, *, is_taken: bool) -> tuple[str, bool]:
    """The reference that letters would print."""
    return (printed or f"{scheme}{number}{'x' if is_taken else ''}").upper(), bool(scheme)


@pytest.mark.parametrize(
    ("scheme", "own", "taken", "printed", "checked"),
    [
        ("", "", False, "", False),  # no letter prints any
        ("", "k-7", False, "K-7", False),
        ("RF", "", False, "RFA-1", True),
        ("RF", "", True, "RFA-1X", True),
        ("RF", "k-7", True, "K-7", True),
    ],
)
def test_an_item_is_found_by_what_its_letters_print(
    scheme: str, own: str, printed: str, *, taken: bool, checked: bool
) -> None:
    kept = Kept(scheme, own, frozenset({"invoice/acme/A-1"} if taken else ()))
    (item,) = items_of(cast("Any", kept), made, "acme").of("C-1", "EUR")

    assert (item.reference, item.is_checked) == (printed, checked)
