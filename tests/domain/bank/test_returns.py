"""Which payment a return takes back: the day before its limits, the day, the day after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.bank.recognising import KnownEntry, marks_of
from domain.bank.returns import returned_entry
from tests.domain.bank.test_recognising import DAY, ENTRY

BACK = replace(ENTRY, is_credit=False, is_return=True)


def found(*, days: int, named: bool) -> str | None:
    """The payment that a return means which was booked so many days later."""
    known = KnownEntry("1", marks_of(ENTRY))
    told = BACK if named else replace(BACK, end_to_end="")
    return returned_entry(replace(told, booked=DAY + timedelta(days=days)), [known])


@pytest.mark.parametrize(
    ("days", "meant"), [(-1, None), (0, "1"), (399, "1"), (400, "1"), (401, None)]
)
def test_a_payment_that_is_named_may_come_back_for_thirteen_months(
    days: int, meant: str | None
) -> None:
    """PSD2, Art. 71: 2026-11-30, no test held the last day."""
    assert found(days=days, named=True) == meant


@pytest.mark.parametrize(("days", "meant"), [(69, "1"), (70, "1"), (71, None)])
def test_what_names_nothing_is_looked_for_in_the_weeks_before(days: int, meant: str | None) -> None:
    assert found(days=days, named=False) == meant
