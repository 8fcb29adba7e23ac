"""Money on its way covers what was agreed: nothing is missed, over or lapsed while it may come."""

# One thing: the same boundary table for each thing that may be agreed.

import pytest

from domain.agreements.plans import PlanState, plan_state
from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story

CONFIRMED = "2026-02-06 acknowledge agreement-1-confirmed"
MISSED = "2026-03-02 remind instalment-1-1-missed"


def in_thirds() -> Story:
    """EUR 1,000 in three parts; the first of 333.33 is due on Friday, 27 February.

    It is checked on the 28th, spoken about on Monday, 2 March, and its cure ends with the 6th.
    """
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly")
    return world


def offered() -> Story:
    """EUR 700 settle the EUR 1,000, if they come by Friday, 20 February."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "700.00", "2026-02-20")
    return world


def promised_in_part() -> Story:
    """EUR 300 of the EUR 1,000 are promised for Friday, 20 February; the rest goes on."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, "300.00", "2026-02-20", key="p")
    return world


def announced(world: Story, when: str, amount: str, day: str, key: str = "DD-1") -> Story:
    """A debit is on its way: when that was said, its sum, and the day on which it should come."""
    assert world.says(when, MessageType.IN_FLIGHT, amount, day, key=key) == ""
    return world


def lands(world: Story, when: str, amount: str, key: str = "DD-1") -> Story:
    """The debit is here."""
    assert world.says(when, MessageType.PAYMENT, amount, key=f"payment/bank/{key}") == ""
    return world


def how(world: Story) -> PlanState:
    """How the plan stands."""
    return plan_state(world.case, world.case.plans[-1], world.now)


def kept(world: Story) -> PromiseState:
    """How the promise stands."""
    return state_of(world.case, world.case.promises[0], world.now)


@pytest.mark.parametrize(
    ("coming", "said"),
    [("332.83", [MISSED]), ("332.84", []), ("333.33", []), ("", [])],
)
def test_a_part_that_is_on_its_way_is_not_missed(coming: str, said: list[str]) -> None:
    """0.49 may be missing, as of money that is here; without a sum all of it is on its way."""
    world = announced(in_thirds(), "2026-02-25 10:00", coming, "2026-03-05").until("2026-03-04")

    assert world.since("2026-02-07") == said
    assert how(world) is (PlanState.BEHIND if said else PlanState.RUNNING)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-27", [MISSED]),
        ("2026-03-02", ["2026-03-03 remind instalment-1-1-missed"]),
        ("2026-03-03", ["2026-03-04 remind instalment-1-1-missed"]),
    ],
)
def test_a_part_that_did_not_come_is_missed_on_the_day_after_it_was_awaited(
    day: str, said: list[str]
) -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", day).until("2026-03-06")
    assert world.since("2026-02-07") == said

    world.until("2026-03-09")
    assert world.since("2026-03-09") == [
        "2026-03-09 call_task instalment-1-1-call",
        "2026-03-09 hold_credit cash-only",
        "2026-03-09 remind instalment-1-1-over",
    ]


@pytest.mark.parametrize(
    ("day", "over"),
    [("2026-03-06", "2026-03-09"), ("2026-03-09", "2026-03-10"), ("2026-03-10", "2026-03-11")],
)
def test_a_plan_does_not_end_while_the_part_is_on_its_way(day: str, over: str) -> None:
    """Its cure ends on Friday, the 6th; what was awaited longer ends it on the day after."""
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", day).until("2026-03-13")

    said = [line for line in world.since("2026-02-07") if "remind instalment" in line]
    assert said == [f"{over} remind instalment-1-1-over"]
    assert how(world) is PlanState.OVER


@pytest.mark.parametrize(
    ("came", "state"),
    [
        ("2026-03-09 08:00", PlanState.RUNNING),
        ("2026-03-10 23:59", PlanState.RUNNING),
        ("2026-03-11 00:00", PlanState.OVER),
    ],
)
def test_money_that_came_as_announced_is_in_time_though_the_cure_is_over(
    came: str, state: PlanState
) -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-10")
    lands(world, came, "333.33").until("2026-03-20")

    assert how(world) is state
    assert bool(world.since("2026-02-07")) is (state is PlanState.OVER)


def test_a_plan_goes_on_with_its_next_part_after_money_that_came_as_announced() -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-10")
    lands(world, "2026-03-10 10:00", "333.33").until("2026-03-30")
    assert world.since("2026-02-07") == ["2026-03-30 remind instalment-1-2-missed"]

    world.says("2026-03-31 10:00", MessageType.PAYMENT, "333.33")
    world.says("2026-04-20 10:00", MessageType.PAYMENT, "333.34")
    world.until("2026-05-31")
    assert world.outcome is Outcome.PAID


def test_less_than_was_announced_covers_nothing() -> None:
    """200.00 come of 333.33, after the cure: what had to wait follows on that day."""
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-20")
    lands(world, "2026-03-10 10:00", "200.00").until("2026-03-10")

    assert world.since("2026-02-07")[-1] == "2026-03-10 remind instalment-1-1-over"


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        ("2026-02-27 10:00", [MISSED]),
        ("2026-03-04 10:00", ["2026-03-04 remind instalment-1-1-missed"]),
    ],
)
def test_a_debit_that_fails_lets_the_word_follow_at_once(failed: str, said: list[str]) -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-20")
    assert world.says(failed, MessageType.IN_FLIGHT_FAILED, ref="DD-1") == ""
    world.until("2026-03-06")

    assert world.since("2026-02-07") == said


def test_a_debit_that_fails_after_the_cure_ends_the_plan_on_that_day() -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-20")
    world.says("2026-03-11 10:00", MessageType.IN_FLIGHT_FAILED, ref="DD-1")
    world.until("2026-03-11")

    assert world.since("2026-02-07") == [
        "2026-03-11 call_task instalment-1-1-call",
        "2026-03-11 hold_credit cash-only",
        "2026-03-11 remind instalment-1-1-over",
    ]


@pytest.mark.parametrize(
    ("when", "over"),
    [("2026-02-28 10:00", False), ("2026-03-06 23:59", False), ("2026-03-07 00:00", True)],
)
def test_money_must_be_announced_before_the_cure_is_over(when: str, *, over: bool) -> None:
    """After its check it keeps the plan, and takes back the word that was not said yet."""
    world = announced(in_thirds(), when, "333.33", "2026-03-20").until("2026-03-19")

    said = world.since("2026-02-07")
    assert (MISSED in said) is (when > "2026-03-02")
    assert (how(world) is PlanState.OVER) is over


@pytest.mark.parametrize(
    ("first", "second", "over"),
    [
        ("133.33", "200.00", "2026-03-11"),
        ("133.33", "333.33", "2026-03-19"),
        ("9.00", "9.00", "2026-03-09"),
    ],
)
def test_several_debits_cover_it_together_until_one_of_them_is_missing(
    first: str, second: str, over: str
) -> None:
    world = announced(in_thirds(), "2026-02-25 10:00", first, "2026-03-10", "DD-1")
    announced(world, "2026-02-25 11:00", second, "2026-03-18", "DD-2").until("2026-03-31")

    assert f"{over} remind instalment-1-1-over" in world.diary


@pytest.mark.parametrize(
    ("coming", "day", "lapsed"),
    [
        ("699.50", "2026-02-27", "2026-02-23"),
        ("699.51", "2026-02-27", "2026-03-02"),
        ("700.00", "2026-02-20", "2026-02-23"),
        ("700.00", "2026-02-24", "2026-02-25"),
    ],
)
def test_an_offer_does_not_lapse_while_its_money_is_on_its_way(
    coming: str, day: str, lapsed: str
) -> None:
    world = announced(offered(), "2026-02-18 10:00", coming, day).until("2026-03-06")

    assert world.since("2026-02-06")[:2] == [CONFIRMED, f"{lapsed} remind second"]


@pytest.mark.parametrize(
    ("told", "came", "settled"),
    [
        ("2026-02-18 10:00", "2026-02-23 08:00", True),
        ("2026-02-18 10:00", "2026-02-27 23:59", True),
        ("2026-02-18 10:00", "2026-02-28 00:00", False),
        ("2026-02-20 23:59", "2026-02-24 08:00", True),
        ("2026-02-21 00:00", "2026-02-24 08:00", False),
    ],
)
def test_an_offer_is_paid_by_money_that_came_as_announced_before_its_day_was_over(
    told: str, came: str, *, settled: bool
) -> None:
    world = announced(offered(), told, "700.00", "2026-02-27")
    lands(world, came, "700.00").until("2026-03-02")

    assert (world.outcome is Outcome.PAID) is settled
    assert world.case.written_off == (30000 if settled else 0)


def test_an_offer_lapses_at_once_when_its_debit_fails() -> None:
    world = announced(offered(), "2026-02-18 10:00", "700.00", "2026-03-13")
    world.says("2026-02-25 10:00", MessageType.IN_FLIGHT_FAILED, ref="DD-1")
    world.until("2026-02-25")

    assert world.since("2026-02-06") == [CONFIRMED, "2026-02-25 remind second"]


def about_the_promise(world: Story) -> list[str]:
    """What was said or done about the promise that was not kept."""
    return [line for line in world.since("2026-02-07") if "promise-broken" in line]


@pytest.mark.parametrize(
    ("when", "coming", "broken"),
    [
        ("2026-02-18 10:00", "299.50", "2026-02-23"),
        ("2026-02-18 10:00", "299.51", "2026-02-27"),
        ("2026-02-22 10:00", "300.00", "2026-02-27"),  # the word about it is for Monday, the 23rd
        ("2026-02-23 20:00", "300.00", "2026-02-23"),
    ],
)
def test_a_promise_of_part_is_not_broken_while_its_money_is_on_its_way(
    when: str, coming: str, broken: str
) -> None:
    world = announced(promised_in_part(), when, coming, "2026-02-26").until("2026-03-06")

    assert about_the_promise(world) == [f"{broken} remind promise-broken-1"]


@pytest.mark.parametrize(
    ("came", "state"),
    [
        ("2026-02-25 08:00", PromiseState.KEPT),
        ("2026-02-26 23:59", PromiseState.KEPT),
        ("2026-02-27 00:00", PromiseState.KEPT_LATE),
    ],
)
def test_a_promise_of_part_is_kept_by_money_that_came_as_announced(
    came: str, state: PromiseState
) -> None:
    world = announced(promised_in_part(), "2026-02-18 10:00", "300.00", "2026-02-26")
    lands(world, came, "300.00").until("2026-03-02")

    assert kept(world) is state
    assert bool(about_the_promise(world)) is (state is PromiseState.KEPT_LATE)


def test_the_rest_beside_a_promise_goes_on_being_asked_for() -> None:
    world = announced(promised_in_part(), "2026-02-18 10:00", "300.00", "2026-02-26")
    world.until("2026-02-26")

    asked = [deed.asked for deed in world.deeds if deed.is_message and deed.asked]
    assert asked[-1] == 70000


def test_a_dispute_after_the_day_moves_what_is_still_awaited() -> None:
    """The part was due on the 27th; its debit is awaited to the 10th, contested from the 5th.

    Of the eleven days for which it was awaited six were left, and fourteen were contested.
    """
    world = announced(in_thirds(), "2026-02-25 10:00", "333.33", "2026-03-10")
    world.says("2026-03-05 10:00", MessageType.DISPUTE_OPENED, reason="wrong_goods", key="d")
    world.says("2026-03-19 10:00", MessageType.DISPUTE_SETTLED, ref="d", reason="for_us")
    world.until("2026-03-20")

    assert not [line for line in world.since("2026-03-01") if "instalment" in line]
    assert world.case.plans[-1].parts[0].day.isoformat() == "2026-03-24"
