"""C10: an invoice of 1,000.00 that falls due in two parts is one case, each part with its ladder.

Unless said otherwise 500.00 are due on Wednesday 4 February and 500.00 on Wednesday 18 March.
"""

# One thing: the life of one invoice in two parts, whatever happens to it.

from __future__ import annotations

from datetime import date

import pytest

from domain.fold.fold import money_adds_up
from domain.history.record import record_of
from domain.ladder.demand import covering_demand
from domain.message_types import ActionType, AgencyNews, MessageType, Outcome, Stage
from domain.money import Money
from tests.stories.story import Story

FAR = {"2026-02-04": "500.00", "2026-03-18": "500.00"}
NEAR = {"2026-02-04": "500.00", "2026-02-25": "500.00"}
"""The second part falls due while the first one is being chased, before its Plan B."""


def in_parts(terms: dict[str, str] | None = None) -> Story:
    return Story(terms=terms or FAR)


def to_pay(world: Story, day: str) -> tuple[int, list[tuple[str, int]]]:
    """What is to be paid on a day, and what is named beside it as not due yet."""
    found = world.state.statement_on(date.fromisoformat(day))
    return found.total.minor, [(str(part.day), part.minor) for part in found.later]


def words(world: Story, since: str = "2026-01-01") -> list[tuple[str, int | None]]:
    """What was asked for, by step."""
    start = world.at(since)
    return [(d.step, d.asked) for d in world.deeds if d.is_message and d.at >= start]


def handed_over(world: Story) -> list[int]:
    return [deed.open for deed in world.deeds if deed.do is ActionType.HAND_OFF]


@pytest.mark.parametrize(
    ("day", "sum_", "later"),
    [
        ("2026-02-03", 50000, [("2026-03-18", 50000)]),
        ("2026-02-04", 50000, [("2026-03-18", 50000)]),
        ("2026-02-05", 50000, [("2026-03-18", 50000)]),
        ("2026-03-17", 50000, [("2026-03-18", 50000)]),
        ("2026-03-18", 50000, [("2026-03-18", 50000)]),  # its last day in time is not over
        ("2026-03-19", 100000, []),
    ],
)
def test_what_is_asked_for_is_what_has_fallen_due(
    day: str, sum_: int, later: list[tuple[str, int]]
) -> None:
    """C10: the day before, the day and the day after each due date; nothing is ever paid."""
    assert to_pay(in_parts(), day) == (sum_, later)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2026-02-04", Stage.BEFORE_DUE),
        ("2026-02-05", Stage.REMINDING),
        ("2026-02-19", Stage.REMINDING),
        ("2026-02-20", Stage.BEFORE_DUE),  # paid on this day: the next part is waited for
        ("2026-03-18", Stage.BEFORE_DUE),
        ("2026-03-19", Stage.REMINDING),
    ],
)
def test_it_is_overdue_only_while_a_part_is(day: str, stage: Stage) -> None:
    """C10: the first part is paid late, on 20 February."""
    world = in_parts()
    if day >= "2026-02-20":
        world.says("2026-02-20 00:00", MessageType.PAYMENT, "500.00")
    world.live(world.at(f"{day} 12:00"))

    assert world.stage is stage


def test_each_part_has_its_own_reminders() -> None:
    """C10: the first part is paid in time, the second one is not."""
    world = in_parts()
    world.says("2026-02-03 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-04-30")

    assert world.diary == [
        "2026-01-08 confirm confirm-receipt",
        "2026-02-02 remind gentle",
        "2026-02-03 reopen next-part",
        "2026-03-16 remind gentle",
        "2026-03-19 remind polite",
        "2026-03-23 remind second",
        "2026-03-26 call_task call",
        "2026-03-26 notify_sales sales",
        "2026-04-02 demand_letter formal",
        "2026-04-02 hold_credit credit-hold",
        "2026-04-17 demand_letter final",
        "2026-04-28 hand_off plan-b",
    ]
    assert {asked for _, asked in words(world)} == {50000}
    assert handed_over(world) == [50000]


def test_the_ladder_stands_still_between_the_parts_and_begins_anew_in_a_friendly_way() -> None:
    """C10: the first part is paid after the formal demand; the hold is lifted, nothing is said."""
    world = in_parts()
    world.says("2026-02-20 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-03-19")

    assert world.since("2026-02-19") == [
        "2026-02-19 demand_letter formal",
        "2026-02-19 hold_credit credit-hold",
        "2026-02-20 release_credit release_credit",
        "2026-02-20 reopen next-part",
        "2026-03-16 remind gentle",
        "2026-03-19 remind polite",
    ]
    assert (world.case.due, world.case.episode) == (date(2026, 3, 18), 2)


def test_a_part_that_falls_due_beside_an_unpaid_one_is_asked_for_anew() -> None:
    """C10, A1: nobody is handed over who was not asked for both, with a deadline that passed."""
    world = in_parts(NEAR).until("2026-03-31")

    assert words(world, "2026-02-05") == [
        ("polite", 50000),
        ("second", 50000),
        ("formal", 50000),
        ("renewed-part-due-1", 100000),
        ("final", 100000),
    ]
    handoff = next(deed for deed in world.deeds if deed.do is ActionType.HAND_OFF)
    asked = [d for d in world.deeds if d.is_message and d.asked == handoff.open == 100000]
    assert all(d.deadline and d.deadline < world.calendar.local_date(handoff.at) for d in asked)
    assert covering_demand(world.facts, world.policy, handoff.at) == asked[-1]


def test_the_agency_gets_what_had_fallen_due_and_nothing_more() -> None:
    """C10: handed over on 17 March for the first part, one day before the second one is due."""
    world = in_parts().until("2026-04-30")

    assert handed_over(world) == [50000]
    assert world.since("2026-03-17") == [
        "2026-03-17 hand_off plan-b",
        "2026-03-19 ask_person part-due-2026-03-18",
    ]
    assert to_pay(world, "2026-04-30") == (50000, [("2026-03-18", 50000)])


def test_the_agency_stops_when_its_part_is_paid_and_the_next_part_is_asked_for_by_us() -> None:
    """C10: 500.00 come to the agency in April, when the second part is late as well."""
    world = in_parts()
    world.says("2026-04-01 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-04-02")

    assert world.since("2026-04-01") == [
        "2026-04-01 recall recall",
        "2026-04-01 reopen next-part",
        "2026-04-01 remind polite",
    ]
    assert words(world, "2026-04-01") == [("polite", 50000)]


def test_what_the_agency_gives_back_is_asked_for_with_all_that_has_fallen_due() -> None:
    """C10: the part that fell due meanwhile is in the demand, with a new deadline."""
    world = in_parts()
    world.says("2026-04-10", MessageType.AGENCY_NEWS, reason=AgencyNews.RETURNED)
    world.says("2026-04-13 10:00", MessageType.RESUME)
    world.until("2026-04-13")

    assert words(world, "2026-04-10") == [("renewed-resumed-1", 100000)]


def test_money_pays_the_oldest_part_first() -> None:
    """C10: 300.00 twice: the first part is paid by the second payment, 100.00 go to the second."""
    world = in_parts()
    world.says("2026-02-06 10:00", MessageType.PAYMENT, "300.00")
    assert to_pay(world, "2026-02-06") == (20000, [("2026-03-18", 50000)])

    world.says("2026-02-10 10:00", MessageType.PAYMENT, "300.00")
    assert to_pay(world, "2026-02-10") == (40000, [])
    assert world.case.due == date(2026, 3, 18)
    world.until("2026-03-19")
    assert words(world, "2026-02-11") == [("gentle", 40000), ("polite", 40000)]
    assert money_adds_up(world.case)


@pytest.mark.parametrize("rest", [1, 40, 49])
def test_a_rest_below_the_tolerance_goes_on_with_the_next_part(rest: int) -> None:
    """C10: for less than 0.50 of the first part nobody is chased, and it is not forgotten."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, Money(50000 - rest, "EUR").plain)
    world.until("2026-03-19")

    assert words(world, "2026-02-05") == [("gentle", 50000 + rest), ("polite", 50000 + rest)]


def test_half_a_euro_of_the_first_part_is_asked_for_by_itself() -> None:
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "499.50")
    world.until("2026-02-06")

    assert words(world, "2026-02-05") == [("polite", 50)]


def test_all_of_it_paid_at_once_closes_the_case() -> None:
    """C10: who pays both parts at the first due date hears of neither again."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.outcome is Outcome.PAID
    assert record_of(world.case, world.calendar).days_late == 0


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2026-02-04", "2026-03-18", 0),
        ("2026-02-07", "2026-03-18", 3),
        ("2026-02-07", "2026-03-19", 4),
        ("2026-03-20", "2026-03-20", 44),  # days on which both were late count once
    ],
)
def test_the_customers_record_counts_the_days_on_which_a_part_was_late(
    first: str, second: str, days: int
) -> None:
    """C10: not those between the two due dates on which nothing was late."""
    world = in_parts()
    world.says(f"{first} 12:00", MessageType.PAYMENT, "500.00")
    world.says(f"{second} 13:00", MessageType.PAYMENT, "500.00")

    assert record_of(world.case, world.calendar).days_late == days


def test_a_payment_that_goes_back_makes_its_part_late_again() -> None:
    """C10: the debit for the first part comes back: it is asked for, the second one is not."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "500.00", key="P-1")
    world.says("2026-02-10 10:00", MessageType.PAYMENT_REVERSED, "500.00", ref="P-1")
    world.until("2026-03-17")

    assert words(world, "2026-02-10")[0] == ("renewed-money-back-1", 50000)
    assert {asked for _, asked in words(world, "2026-02-10")} == {50000}
    assert world.case.due == date(2026, 2, 4)


def test_three_parts_fall_due_one_after_the_other() -> None:
    """C10: each further part interrupts; what is asked for grows with it."""
    terms = {"2026-02-04": "400.00", "2026-02-11": "300.00", "2026-02-18": "300.00"}
    world = in_parts(terms).until("2026-06-30")
    asked = [asked for _, asked in words(world, "2026-02-05")]

    assert asked == sorted(asked, key=lambda sum_: sum_ or 0)
    assert handed_over(world) == [100000]
    assert words(world)[-1][1] == 100000


def test_what_was_planned_before_a_part_falls_due_says_so() -> None:
    """C10: the preview knows that more will be asked for, and says it is not sure yet."""
    world = in_parts(NEAR).until("2026-02-20")
    grows = next(deed for deed in world.foresee() if deed.step.startswith("renewed-part-due"))

    assert (grows.asked, world.calendar.local_date(grows.at)) == (100000, date(2026, 2, 26))
    assert world.next.why_at(world.now).startswith("if nothing more is paid by then")


def test_a_hold_that_is_on_still_is_not_put_on_again() -> None:
    """C10: the second part fell due before the first one was paid, so the hold was never lifted."""
    world = in_parts()
    world.says("2026-04-01 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-05-31")
    holds = [deed for deed in world.deeds if deed.do is ActionType.HOLD_CREDIT]

    assert len(holds) == 1
    assert world.case.credit_held


def test_the_ladder_goes_on_for_a_part_that_one_of_its_steps_has_asked_for() -> None:
    """C10: the final demand was about both; the first part is paid, the second one is not."""
    world = in_parts(NEAR)
    world.says("2026-03-09 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-03-31")

    assert world.since("2026-03-06") == [
        "2026-03-06 demand_letter final",
        "2026-03-17 hand_off plan-b",
    ]
    assert handed_over(world) == [50000]


def test_a_part_that_was_only_named_beside_another_begins_its_own_ladder() -> None:
    """C10: the word of 26 February stands for the mildest one, and its deadline is kept."""
    world = in_parts(NEAR)
    world.says("2026-03-02 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-03-12")

    assert world.since("2026-02-26") == [
        "2026-02-26 remind renewed-part-due-1",
        "2026-03-02 reopen next-part",
        "2026-03-06 remind second",
        "2026-03-09 call_task call",
        "2026-03-09 notify_sales sales",
        "2026-03-12 demand_letter formal",
    ]
