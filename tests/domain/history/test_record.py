"""What a case shows about its customer, before an instant: to the very instant."""

from datetime import datetime, timedelta

import pytest

from domain.history.record import CustomerRecord, record_of
from domain.message_types import MessageType
from tests.stories.story import Story

A_MOMENT = timedelta(microseconds=1)


def before(world: Story, instant: datetime) -> CustomerRecord:
    return record_of(world.case, world.calendar, instant)


def test_a_case_was_settled_before_an_instant_only_if_the_money_was_there_by_then() -> None:
    world = Story()
    world.says("2026-02-10 12:00", MessageType.PAYMENT, "1000.00")
    paid = record_of(world.case, world.calendar).settled_at

    assert paid
    assert before(world, paid) == before(world, paid - A_MOMENT)
    assert before(world, paid).settled_at is None
    assert before(world, paid).days_late == 0
    assert before(world, paid + A_MOMENT).settled_at == paid
    assert before(world, paid + A_MOMENT).days_late == 6


@pytest.mark.parametrize(("at", "disputes"), [("11:59", 0), ("12:00", 0), ("12:01", 1)])
def test_a_dispute_counts_once_it_was_opened(at: str, disputes: int) -> None:
    world = Story()
    world.says("2026-02-05 12:00", MessageType.DISPUTE_OPENED, reason="quality")
    assert before(world, world.at(f"2026-02-05 {at}")).disputes == disputes
    assert record_of(world.case, world.calendar).disputes == 1


def test_a_handoff_and_a_broken_promise_count_once_they_are_done() -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, day="2026-02-10")
    world.until("2026-06-30")
    gone = next(deed.at for deed in world.deeds if deed.step == "plan-b")
    broken = next(deed.at for deed in world.deeds if deed.step == "promise-broken-1")

    assert not before(world, gone).handed_off
    assert before(world, gone + A_MOMENT).handed_off
    assert before(world, broken).broken_promises == 0
    assert before(world, broken + A_MOMENT).broken_promises == 1


@pytest.mark.parametrize(
    ("opened", "settled", "late"),
    [
        ("2026-02-03", "2026-02-10", 4),  # before the due date: the 5th to the 10th do not count
        ("2026-02-04", "2026-02-10", 4),
        ("2026-02-05", "2026-02-10", 5),  # the day on which it is said is a late one still
        ("2026-02-06", "2026-02-10", 6),
        ("2026-02-09", "2026-02-10", 9),  # the day after it, on which it is settled, does not count
        ("2026-02-10", "2026-02-10", 10),
    ],
)
def test_days_on_which_all_was_contested_make_nobody_late(
    opened: str, settled: str, late: int
) -> None:
    """A9: due on 4 February, paid on the 14th."""
    world = Story()
    world.says(f"{opened} 10:00", MessageType.DISPUTE_OPENED)
    world.says(f"{settled} 11:00", MessageType.DISPUTE_SETTLED)
    world.says("2026-02-14 12:00", MessageType.PAYMENT, "1000.00")

    assert record_of(world.case, world.calendar).days_late == late


@pytest.mark.parametrize(
    ("contested", "late"),
    [
        (("500.00",), 4),  # all that half the money had left
        (("499.51",), 4),
        (("499.50",), 10),  # 0.50 was uncontested, and is chased
        (("300.00", "200.00"), 4),  # two disputes together
        (("300.00",), 10),
    ],
)
def test_days_on_which_all_that_was_left_was_contested_make_nobody_late(
    contested: tuple[str, ...], late: int
) -> None:
    """A9: half was paid in time, the rest on the 14th; contested from the 4th to the 10th."""
    world = Story()
    world.says("2026-02-03 09:00", MessageType.PAYMENT, "500.00")
    for amount in contested:
        world.says("2026-02-04 10:00", MessageType.DISPUTE_OPENED, amount, reason="price")
    world.says("2026-02-10 11:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.says("2026-02-14 12:00", MessageType.PAYMENT, "500.00")

    assert record_of(world.case, world.calendar).days_late == late
