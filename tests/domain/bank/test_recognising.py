"""A booking that two files report is one entry, and two bookings that look alike stay two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.bank.recognising import APART, KnownEntries, KnownEntry, is_reference, mark_of, marks_of
from domain.bank.statement import BankEntry, BankRef, StatementKind
from domain.money import Money

DAY = date(2026, 2, 10)
ENTRY = BankEntry(
    account="DE1",
    amount=Money(11900, "EUR"),
    is_credit=True,
    booked=DAY,
    valued=DAY,
    end_to_end="E2E-1",
    lines=("Invoice R-1",),
    payer_account="DE99",
)
BARE = replace(ENTRY, end_to_end="", lines=(), payer_account="")
REPORT = StatementKind.REPORT


def told(entry: BankEntry, **more: Any) -> BankEntry:
    """The same entry, but for what is told otherwise."""
    return replace(entry, **more)


def known(*entries: BankEntry) -> KnownEntries:
    """What was recorded before, under the ids 0, 1, 2 and so on."""
    marks = enumerate(map(marks_of, entries))
    return KnownEntries(KnownEntry(str(number), one) for number, one in marks)


def is_known(before: BankEntry, now: BankEntry) -> bool:
    """Whether a second report is recognised as the first."""
    ((found, is_new),) = known(before).recognise([now])
    assert is_new is (found != "0")
    return not is_new


def ref(sort: str, value: str) -> dict[str, tuple[BankRef, ...]]:
    return {"refs": (BankRef(sort=sort, value=value),)}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"kind": REPORT, "payer_name": "Globex"}, True),
        ({"account": "DE2"}, False),
        ({"amount": Money(11901, "EUR")}, False),
        ({"amount": Money(11900, "USD")}, False),
        ({"is_credit": False}, False),
        ({"end_to_end": "E2E-2"}, False),
        ({"end_to_end": "e2e 1"}, True),  # banks write signs as they like
        ({"end_to_end": "NOTPROVIDED"}, True),  # the words are the same on that day
        ({"lines": ("Invoice", " R1")}, True),
        ({"lines": ("Invoice R-2",), "end_to_end": ""}, False),
        ({"payer_account": "DE98", "end_to_end": ""}, False),
        ({"payer_account": "", "end_to_end": ""}, True),
    ],
)
def test_a_booking_is_known_by_what_no_two_reports_tell_differently(
    change: dict[str, object], *, same: bool
) -> None:
    assert is_known(ENTRY, told(ENTRY, **change)) is same


@pytest.mark.parametrize("days", [-APART.days - 1, -APART.days, 0, APART.days, APART.days + 1])
def test_it_may_be_announced_and_booked_a_week_apart_and_no_more(days: int) -> None:
    """Known by the payer's own reference, whatever the day."""
    later = told(ENTRY, booked=DAY + timedelta(days=days), valued=DAY + timedelta(days=days))

    assert is_known(told(ENTRY, kind=REPORT), later) is (abs(days) <= APART.days)


def test_a_payer_who_gives_each_payment_one_reference_pays_as_often_as_the_bank_books() -> None:
    """A standing order, say, in statements that tell no reference of the bank's."""
    weekly = told(ENTRY, booked=DAY + timedelta(days=5), valued=DAY + timedelta(days=5))

    assert is_known(ENTRY, weekly) is False
    assert is_known(ENTRY, told(weekly, valued=DAY)) is True


@pytest.mark.parametrize(
    ("booked", "valued", "same"),
    [(0, 0, True), (1, 0, True), (0, 1, True), (1, 1, False), (1, -1, False)],
)
def test_without_a_reference_the_words_count_on_the_day_of_booking_or_value(
    booked: int, valued: int, *, same: bool
) -> None:
    spoken = told(ENTRY, end_to_end="")
    days = {"booked": timedelta(days=booked), "valued": timedelta(days=valued)}
    later = told(spoken, **{name: DAY + by for name, by in days.items()})

    assert is_known(spoken, later) is same


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        (REPORT, StatementKind.STATEMENT, True),
        (StatementKind.ADVICE, REPORT, True),
        (REPORT, REPORT, False),
    ],
)
def test_a_report_without_words_is_the_booking_of_another_sort_of_message(
    before: StatementKind, now: StatementKind, *, same: bool
) -> None:
    """An early report may lack the words; two reports of one sort say the same words."""
    assert is_known(told(BARE, kind=before), told(ENTRY, kind=now)) is same


def test_two_reports_without_any_words_are_one_booking() -> None:
    assert is_known(BARE, BARE)


@pytest.mark.parametrize(
    ("sort", "before", "now", "same"),
    [
        ("bank", "B-1", "B-1", True),
        ("bank", "B-1", "B-2", False),
        ("uetr", "U-1", "U-1", True),
        ("uetr", "U-1", "U-2", False),
        ("entry", "X", "X", True),
        ("entry", "X", "Y", False),
        ("tx", "T-1", "T-2", True),  # of the way through the banks each may know its own
    ],
)
def test_what_the_bank_calls_otherwise_is_another_booking(
    sort: str, before: str, now: str, *, same: bool
) -> None:
    assert is_known(told(ENTRY, **ref(sort, before)), told(ENTRY, **ref(sort, now))) is same


@pytest.mark.parametrize(("sort", "same"), [("bank", True), ("uetr", True), ("entry", False)])
def test_by_its_own_reference_a_payment_is_known_whatever_words_stand_beside_it(
    sort: str, *, same: bool
) -> None:
    """That of a booking may be shared by all payments of it: there the words count as well."""
    early = told(BARE, kind=REPORT, valued=DAY - timedelta(days=3), **ref(sort, "1"))
    late = told(ENTRY, booked=DAY + timedelta(days=2), **ref(sort, "1"))
    late = told(late, valued=late.booked)

    assert is_known(early, late) is same


def test_two_entries_of_one_message_are_never_the_same() -> None:
    entries = known()
    found_ids = entries.recognise([ENTRY, ENTRY, ENTRY])

    assert [is_new for _, is_new in found_ids] == [True] * 3
    assert len({found for found, _ in found_ids}) == 3
    assert entries.recognise([ENTRY] * 4)[:3] == tuple((found, False) for found, _ in found_ids)


def test_the_surest_sign_chooses_first_whatever_the_order() -> None:
    """The second has the bank's reference of the first that is known: that one is its own."""
    with_ref = told(ENTRY, **ref("bank", "B-1"))
    answers = known(with_ref, ENTRY).recognise([ENTRY, with_ref])

    assert answers == (("1", False), ("0", False))


def test_an_id_follows_from_what_is_said_and_from_how_many_alike_came_before() -> None:
    (first, _), (second, _) = known().recognise([ENTRY, ENTRY])

    assert first.startswith("20260210-")
    assert first != second
    assert known().recognise([ENTRY]) == ((first, True),)
    assert known(ENTRY).recognise([ENTRY, ENTRY])[1] == (second, True)


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [(BARE, ENTRY, True), (BARE, BARE, False), (ENTRY, ENTRY, False)],
)
def test_words_that_come_later_are_more_than_was_known(
    before: BankEntry, now: BankEntry, *, more: bool
) -> None:
    entries = known(before)
    assert entries.says_more("0", now) is more
    assert entries.says_more("0", told(BARE, references=("RF18",))) is (before is BARE)
    assert not entries.says_more("1", now)


@pytest.mark.parametrize(
    "text", ["", "NOTPROVIDED", "not provided", "N/A", "Non-Ref", "unknown", "0000", "none"]
)
def test_the_banks_word_for_none_is_no_reference(text: str) -> None:
    assert not is_reference(text)
    assert marks_of(told(ENTRY, end_to_end=text)).end_to_end == ""


def test_a_mark_is_a_hash_of_letters_and_digits_alone() -> None:
    assert mark_of("Invoice R-1") == mark_of("INVOICE r1") != mark_of("Invoice R-2")
    assert len(mark_of("x")) == 24
    assert (mark_of(""), mark_of(" -/ ")) == ("", "")
