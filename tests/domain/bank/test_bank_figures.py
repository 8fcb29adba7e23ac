"""Figures by which money in the bank is recognised: one less, the figure, one more."""

from datetime import timedelta

import pytest

from domain.bank.matching import match_entry
from domain.bank.open_items import OpenItem, OpenItems, covering_sets
from domain.bank.remittance import read_advice
from domain.bank.statement import BankEntry
from domain.ids import CaseId
from domain.money import Money
from tests.domain.bank.test_recognising import DAY, ENTRY, REPORT, is_known, told


def _item(number: str, minor: int, reference: str = "") -> OpenItem:
    return OpenItem(
        case=str(CaseId("acme", number)),
        number=number,
        customer="C-1",
        open=Money(minor, "EUR"),
        reference=reference,
        is_checked=bool(reference),
    )


def _paid(minor: int, words: str) -> BankEntry:
    amount = Money(minor, "EUR")
    return BankEntry(
        account="DE1", amount=amount, is_credit=True, booked=DAY, valued=DAY, lines=(words,)
    )


@pytest.mark.parametrize(("days", "same"), [(6, True), (7, True), (8, False), (-7, True)])
def test_a_booking_is_announced_up_to_seven_days_apart(days: int, *, same: bool) -> None:
    later = told(ENTRY, booked=DAY + timedelta(days=days), valued=DAY + timedelta(days=days))
    assert is_known(told(ENTRY, kind=REPORT), later) is same


@pytest.mark.parametrize(("number", "certain"), [("12345", False), ("123456", True)])
def test_a_number_of_digits_alone_is_certain_from_six_on(number: str, *, certain: bool) -> None:
    found = match_entry(_paid(100, f"paid {number}"), OpenItems([_item(number, 100)]))
    assert (found.certain is not None) is certain


@pytest.mark.parametrize(("digits", "certain"), [(11, False), (12, True), (13, True)])
def test_a_reference_of_digits_alone_is_certain_from_twelve_on(
    digits: int, *, certain: bool
) -> None:
    reference = "1234567890123"[:digits]
    item = _item("A-1", 100, reference=reference)
    found = match_entry(_paid(40, f"paid {reference}"), OpenItems([item]))
    assert (found.certain is not None) is certain


@pytest.mark.parametrize(("count", "sets"), [(5, 1), (6, 1), (7, 0)])
def test_a_sum_is_looked_for_among_six_invoices_at_most(count: int, sets: int) -> None:
    items = [_item(f"A-{number}", 100 * 2**number) for number in range(9)]
    wanted = sum(item.open.minor for item in items[:count])
    assert len(covering_sets(items, Money(wanted, "EUR"), DAY)) == sets


@pytest.mark.parametrize(("between", "found"), [(0, True), (1, True), (2, False)])
def test_a_sum_stands_two_lines_after_its_number_at_most(between: int, *, found: bool) -> None:
    items = (_item("2026-0007", 11900), _item("2026-0008", 5000))
    rows = ["2026-0007", *["thank you"] * between, "119.00", "2026-0008 50.00"]
    read = read_advice(("\n".join(rows),), items)
    numbers = [line.number for line in read.lines] if read else []
    assert ("2026-0007" in numbers) is found
