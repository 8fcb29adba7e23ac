"""What settled invoices tell of the next one: made-up customers, and 2,466 published invoices."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from domain.forecast.habits import (
    LATEST_ERRORS,
    LEAST_SETTLED,
    Expectation,
    PaymentHabits,
    SettledInvoice,
    learn_habits,
    relived,
)

DAY = date(2026, 3, 2)


def settled(customer: str, number: int, late: int) -> SettledInvoice:
    """The n-th invoice of a customer, one every second month, thirty days net."""
    issued = DAY + timedelta(days=60 * number)
    due = issued + timedelta(days=30)
    return SettledInvoice(
        customer=customer, issued=issued, due=due, settled=due + timedelta(days=late)
    )


def test_a_customer_with_too_few_settled_invoices_has_no_habit_of_its_own() -> None:
    for number in range(LEAST_SETTLED + 1):
        habit = learn_habits(settled("A", one, 4) for one in range(number)).of("A")
        assert (habit is not None) is (number >= LEAST_SETTLED)
        assert habit is None or habit.own


def test_who_is_new_is_expected_like_all_others_together() -> None:
    habits = learn_habits(
        [settled("A", one, 2) for one in range(3)] + [settled("B", one, 8) for one in range(4)]
    )

    new, own = habits.of("C"), habits.of("A")
    assert new is not None
    assert own is not None
    assert (new.days_late, new.own) == (8, False)
    assert (own.days_late, own.own) == (2, True)


@pytest.mark.parametrize(
    ("late", "middle"), [([1, 2, 9], 2), ([1, 2, 4, 9], 3), ([1, 2, 5, 9], 3), ([-5, -2, 0], -2)]
)
def test_the_middle_of_what_was_is_expected(late: list[int], middle: int) -> None:
    habit = learn_habits(settled("A", number, days) for number, days in enumerate(late)).of("A")

    assert habit is not None
    assert habit.days_late == middle
    assert habit.expected_on(DAY) == DAY + timedelta(days=middle)


def test_the_band_leaves_a_tenth_of_the_errors_on_either_side() -> None:
    habits = PaymentHabits()
    for error in range(-9, 11):  # twenty errors
        habits.learn(settled("A", 0, error), 0, own=True)
    habit = habits.of("A")

    assert habit is not None
    expected = habit.expected_on(DAY)
    assert habit.band(DAY) == (expected + timedelta(days=-8), expected + timedelta(days=8))


def test_only_the_latest_errors_count() -> None:
    habits = PaymentHabits()
    for number in range(LATEST_ERRORS):
        habits.learn(settled("A", number, 50), 0, own=True)
    for number in range(LATEST_ERRORS):
        habits.learn(settled("A", number, 1), 0, own=True)
    habit = habits.of("A")

    assert habit is not None
    assert list(habit.errors) == [1] * LATEST_ERRORS


def test_nothing_is_known_before_the_day_on_which_it_was_settled() -> None:
    """Three invoices settled on the fourth's issue day are not known on its morning."""
    issue = DAY + timedelta(days=100)
    first = [
        SettledInvoice(customer="A", issued=DAY, due=DAY + timedelta(days=30), settled=issue)
        for _ in range(3)
    ]
    next_ones = [
        SettledInvoice(
            customer="A", issued=day, due=day + timedelta(days=30), settled=day + timedelta(days=35)
        )
        for day in (issue, issue + timedelta(days=1))
    ]

    *_, same_day, day_after = relived([*first, *next_ones], PaymentHabits())
    assert same_day == Expectation(invoice=next_ones[0])
    assert day_after.expected == next_ones[1].due + timedelta(days=70)


@pytest.mark.parametrize(
    ("after", "until", "figures"),
    [
        (date(2012, 12, 31), date(2013, 6, 30), (653, "6.51", "10.97")),
        (date(2013, 6, 30), date(2013, 12, 31), (536, "6.17", "11.11")),
    ],
)
def test_published_invoices_are_expected_within_the_targets(
    shared_data: Path, after: date, until: date, figures: tuple[int, str, str]
) -> None:
    """Told on the day of issue: at most 6.6 days off, and 75 to 85 of a hundred in the band."""
    path = shared_data / "receivables" / "ibm_accounts_receivable.csv"
    with path.open(encoding="utf-8") as file:
        known = [_published(row) for row in csv.DictReader(file)]
    some = [one for one in relived(known, PaymentHabits()) if after < one.invoice.issued <= until]

    off = [abs((one.invoice.settled - one.expected).days) for one in some if one.expected]
    of_due_date = sum(abs(one.invoice.days_late) for one in some) / len(some)
    assert (len(off), f"{sum(off) / len(off):.2f}", f"{of_due_date:.2f}") == figures
    assert len(some) == len(off)
    assert 0.75 <= sum(one.was_in_band for one in some) / len(some) <= 0.85


def _published(row: dict[str, str]) -> SettledInvoice:
    issued, due, paid = (
        datetime.strptime(row[name], "%m/%d/%Y").date()  # noqa: DTZ007 - a day, not an instant
        for name in ("InvoiceDate", "DueDate", "SettledDate")
    )
    return SettledInvoice(customer=row["customerID"], issued=issued, due=due, settled=paid)
