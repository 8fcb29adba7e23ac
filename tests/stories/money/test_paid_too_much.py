"""Money that comes twice says nothing about when the invoice was paid (P31)."""

import pytest

from domain.calendar import Calendar
from domain.history.record import record_of
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story


def _days_late(world: Story) -> int:
    return record_of(world.case, Calendar("Europe/Berlin")).days_late


@pytest.mark.parametrize(
    ("paid", "late"),
    [("2026-02-03", 0), ("2026-02-04", 0), ("2026-02-05", 1), ("2026-02-10", 6)],
)
def test_an_overpayment_weeks_later_leaves_the_days_late_as_they_were(paid: str, late: int) -> None:
    """Due on 4 February 2026: the day before, the day, the day after; paid again on 20 March."""
    world = Story().until("2026-02-02")
    world.says(f"{paid} 12:00", MessageType.PAYMENT, amount="1000.00")
    assert _days_late(world) == late
    world.until("2026-03-20")
    world.says("2026-03-20 12:00", MessageType.PAYMENT, amount="1000.00")

    assert _days_late(world) == late
    assert (world.outcome, world.case.surplus) == (Outcome.PAID, 100000)


def test_giving_the_surplus_back_does_not_change_them_either() -> None:
    world = Story().until("2026-02-02")
    world.says("2026-02-10 12:00", MessageType.PAYMENT, amount="1000.00")
    world.says("2026-03-20 12:00", MessageType.PAYMENT, amount="250.00")
    world.says("2026-03-27 12:00", MessageType.REFUND, amount="250.00")

    assert (_days_late(world), world.case.surplus, world.outcome) == (6, 0, Outcome.PAID)


def test_money_that_was_taken_back_and_came_again_is_as_late_as_the_second_time() -> None:
    """Returned on the 12th and paid again on the 20th: sixteen days, whatever comes after."""
    world = Story().until("2026-02-02")
    world.says("2026-02-10 12:00", MessageType.PAYMENT, amount="1000.00")
    world.says("2026-02-12 12:00", MessageType.PAYMENT_REVERSED, amount="1000.00")
    world.says("2026-02-20 12:00", MessageType.PAYMENT, amount="1000.00")
    world.says("2026-03-20 12:00", MessageType.PAYMENT, amount="1000.00")

    assert _days_late(world) == 16
