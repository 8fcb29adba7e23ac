"""Which parts may be the terms of an invoice, and what is said about those that may not (C10)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case.invoice import InvoicePart
from domain.case.terms import MOST_DUE_DATES, checked_terms, resized_terms
from domain.errors import DomainError
from domain.intake.terms import read_parts
from domain.money import Money

DUE, WHOLE = date(2026, 2, 4), Money(10000, "EUR")


def part(due: str, amount: str) -> dict[str, str]:
    return {"due": due, "amount": amount}


GOOD = [part("2026-02-04", "60.00"), part("2026-03-04", "40.00")]


@pytest.mark.parametrize("given", [None, "", [], ()])
def test_nothing_said_is_one_due_date(given: object) -> None:
    """C10: so an invoice that was recorded before stays as it was."""
    assert read_parts(given, DUE, WHOLE) == ()


def test_parts_are_read_in_their_order() -> None:
    """C10."""
    assert read_parts(GOOD, DUE, WHOLE) == (
        InvoicePart(day=DUE, minor=6000),
        InvoicePart(day=date(2026, 3, 4), minor=4000),
    )


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (GOOD[:1], "1 part cannot be terms; write 2 to 36 of them"),
        ([GOOD[0], part("2026-03-04", "39.99")], "make 99.99 EUR, 0.01 EUR less than the invoice"),
        ([GOOD[0], part("2026-03-04", "40.01")], "make 100.01 EUR, 0.01 EUR more than the invoice"),
        ([GOOD[0], part("2026-02-04", "40.00")], "part 2 is due on 2026-02-04, not after part 1"),
        ([GOOD[1], GOOD[0]], "part 2 is due on 2026-02-04, not after part 1 on 2026-03-04"),
        (
            [part("2026-02-05", "60.00"), GOOD[1]],
            "part 1 is due on 2026-02-05, but the invoice on 2026-02-04",
        ),
        ([part("2026-02-04", "0.00"), part("2026-03-04", "100.00")], "part 1 is of nothing"),
        (
            [GOOD[0], part("2036-03-04", "40.00")],
            "the last part is due on 2036-03-04, more than ten years later",
        ),
        ([GOOD[0], {"due": "2026-03-04"}], 'part 2 must be like {"due": "2026-12-31"'),
        ([GOOD[0], {"due": "2026-03-04", "amount": 40.0}], "part 2: write the amount as text"),
        ([GOOD[0], part("soon", "40.00")], "part 2: 'soon' is no date"),
        ([GOOD[0], part("2026-03-04", "forty")], "part 2:"),
        (["half", "half"], "part 1 must be like"),
        ("half in March", "terms are a list of parts"),
        ([GOOD[0]] * (MOST_DUE_DATES + 1), "37 parts are too many; 36 at most"),
    ],
)
def test_wrong_terms_are_refused_with_the_way_out(given: object, complaint: str) -> None:
    """C10: each names the field, what is wrong, and what to write."""
    with pytest.raises(DomainError) as refused:
        read_parts(given, DUE, WHOLE)

    assert complaint in str(refused.value)
    assert refused.value.field == "terms"


def test_thirty_six_parts_are_the_most() -> None:
    """C10: the last number that is allowed."""
    parts = tuple(InvoicePart(day=date(2026 + n // 12, n % 12 + 1, 1), minor=1) for n in range(36))

    assert checked_terms(parts, parts[0].day, Money(36, "EUR")) == parts


@pytest.mark.parametrize(
    ("minor", "left"),
    [(10001, [6000, 4001]), (10000, [6000, 4000]), (9999, [6000, 3999]), (6000, [6000]), (1, [1])],
)
def test_a_corrected_amount_changes_the_last_parts(minor: int, left: list[int]) -> None:
    """C10: nothing falls due earlier than it was agreed."""
    parts = read_parts(GOOD, DUE, WHOLE)

    assert [one.minor for one in resized_terms(parts, minor)] == left
