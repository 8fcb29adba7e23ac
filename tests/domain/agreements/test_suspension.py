"""Agreements whose day fell into a pause or a dispute: when they wait, and when they come again."""

import pytest

from domain.agreements.plans import PlanState, plan_state
from domain.case.agreement_types import Promise
from domain.message_types import MessageType
from tests.stories.story import Story

PAUSE, RESUME = MessageType.PAUSE, MessageType.RESUME


def promised(day: str = "2026-02-12") -> Story:
    """EUR 400 promised on Friday, 6 February; it is looked at when its day is over."""
    world = Story()
    assert world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", day) == ""
    return world


def promise(world: Story) -> Promise:
    (one,) = world.case.promises
    return one


def told(world: Story, when: str, kind: MessageType, day: str = "") -> None:
    assert world.says(when, kind, day=day) == ""


@pytest.mark.parametrize(
    ("ended", "day"),
    [
        ("2026-02-12 23:59", "2026-02-12"),  # over before the check: nothing has changed
        ("2026-02-13 00:00", "2026-02-20"),  # at the check: a new day, and a week to pay
        ("2026-02-18 09:00", "2026-02-25"),
    ],
)
def test_a_promise_gets_a_new_day_if_the_pause_lasted_over_its_check(ended: str, day: str) -> None:
    world = promised()
    assert promise(world).plan_b.check_at == world.at("2026-02-13")
    told(world, "2026-02-09", PAUSE)
    assert promise(world).suspended
    told(world, ended, RESUME)

    assert str(promise(world).day) == day
    assert not promise(world).suspended
    assert (promise(world).moved_at is None) is (day == "2026-02-12")


def test_as_many_days_are_left_after_a_long_pause_as_before_it() -> None:
    world = promised("2026-02-27")
    told(world, "2026-02-09", PAUSE)  # 18 days before
    told(world, "2026-03-03", RESUME)
    assert str(promise(world).day) == "2026-03-21"


@pytest.mark.parametrize(
    ("begun", "waits"), [("2026-02-12 23:59", True), ("2026-02-13 00:00", False)]
)
def test_a_pause_that_begins_at_the_check_is_too_late(begun: str, waits: bool) -> None:
    world = promised()
    told(world, begun, PAUSE)
    assert promise(world).suspended is waits


@pytest.mark.parametrize(
    ("begun", "days"),
    [
        ("2026-02-27 23:59", ["2026-04-01", "2026-04-29", "2026-05-30"]),
        ("2026-02-28 00:00", ["2026-02-27", "2026-04-28", "2026-05-29"]),
    ],
)
def test_a_pause_that_begins_at_an_instalments_check_moves_the_next(
    begun: str, days: list[str]
) -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly")
    told(world, begun, PAUSE)
    told(world, "2026-04-01", RESUME)
    assert [str(part.day) for part in world.case.plans[0].parts] == days


def test_a_pause_of_before_the_promise_does_not_touch_it() -> None:
    world = Story()
    told(world, "2026-02-05", PAUSE)
    assert world.says("2026-02-06", MessageType.PROMISE, "400.00", "2026-02-12") == ""
    told(world, "2026-02-20", RESUME)

    assert str(promise(world).day) == "2026-02-12"


def test_each_pause_ends_when_it_ended_however_many_follow() -> None:
    world = promised("2026-02-27")
    for begin, end in (("2026-02-09", "2026-02-10"), ("2026-02-12", "2026-02-13")):
        told(world, begin, PAUSE)
        told(world, end, RESUME)
    told(world, "2026-03-05", PAUSE)
    told(world, "2026-03-09", RESUME)

    assert [str(world.calendar.local_date(end)) for _, _, end in world.case.pauses if end] == [
        "2026-02-10",
        "2026-02-13",
        "2026-03-09",
    ]
    assert str(promise(world).day) == "2026-02-27"
    assert not promise(world).suspended


def test_a_pause_until_a_day_ends_with_it_or_as_soon_as_somebody_says_so() -> None:
    world = promised()
    told(world, "2026-02-09", PAUSE, "2026-02-20")
    assert str(promise(world).day) == "2026-02-28"  # a week after the day on which it is over
    told(world, "2026-02-11", RESUME)
    assert str(promise(world).day) == "2026-02-12"


@pytest.mark.parametrize(
    ("resumed", "days"),
    [
        ("2026-02-27 23:59", ["2026-02-27", "2026-03-27", "2026-04-27"]),
        ("2026-02-28 00:00", ["2026-03-17", "2026-04-14", "2026-05-15"]),
    ],
)
def test_instalments_come_as_many_days_later_as_a_pause_over_their_day_lasted(
    resumed: str, days: list[str]
) -> None:
    world = Story()
    assert not world.says(
        "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly"
    )
    told(world, "2026-02-10", PAUSE)
    told(world, resumed, RESUME)

    assert [str(part.day) for part in world.case.plans[0].parts] == days


def test_a_plan_is_behind_from_the_check_of_its_part_and_over_from_its_cure() -> None:
    world = Story()
    assert not world.says(
        "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly"
    )
    plan = world.case.plans[0]

    def state(at: str) -> PlanState:
        return plan_state(world.case, plan, world.at(at))

    assert plan.checks[0] == world.at("2026-02-28")
    assert state("2026-02-27 23:59") is PlanState.RUNNING
    assert state("2026-02-28 00:00") is PlanState.BEHIND
    assert plan.cures[0] == world.at("2026-03-07")
    assert state("2026-03-06 23:59") is PlanState.BEHIND
    assert state("2026-03-07 00:00") is PlanState.OVER


def test_a_pause_over_a_later_instalment_leaves_the_first_look_where_it_was() -> None:
    """The first of three came in time; over the day of the second one the case was paused."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly")
    first_look = world.case.plans[0].plan_b.check_at
    world.says("2026-02-27", MessageType.PAYMENT, "333.34")
    told(world, "2026-03-20", PAUSE)
    told(world, "2026-03-30", RESUME)
    (plan,) = world.case.plans

    assert [str(part.day) for part in plan.parts] == ["2026-02-27", "2026-04-06", "2026-05-07"]
    assert plan.plan_b.check_at == plan.checks[0] == first_look


def test_a_plan_that_a_pause_has_moved_is_confirmed_with_its_new_first_day() -> None:
    """Both letters have names of their own: the second is no repetition of the first."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly")
    told(world, "2026-02-10", PAUSE)
    told(world, "2026-03-02", RESUME)
    world.until("2026-03-03")

    assert [line for line in world.diary if "acknowledge" in line] == [
        "2026-02-06 acknowledge agreement-1-confirmed",
        "2026-03-02 acknowledge agreement-1-moved-2026-03-19",
    ]


@pytest.mark.parametrize(
    ("paid", "pauses", "letters"),
    [
        (  # the first instalment came in time: each pause lay on a later one
            "2026-02-12",
            [("2026-02-18", "2026-02-25"), ("2026-02-26", "2026-03-04")],
            ["2026-02-25 …2026-02-13", "2026-03-04 …2026-03-12"],
        ),
        (  # it came after a pause of its own
            "2026-02-17",
            [("2026-02-12", "2026-02-16"), ("2026-02-18", "2026-03-04")],
            ["2026-02-16 …2026-02-17", "2026-03-04 …2026-03-17"],
        ),
    ],
)
def test_a_plan_that_was_moved_twice_is_confirmed_twice(
    paid: str, pauses: list[tuple[str, str]], letters: list[str]
) -> None:
    """P50: with the new first day, else with the new last one, by which the letters differ."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-02-13", reason="3 weekly")
    said = [
        (day, kind) for pause in pauses for day, kind in zip(pause, (PAUSE, RESUME), strict=True)
    ]
    for day, kind in sorted([*said, (paid, MessageType.PAYMENT)]):
        money = "333.34" if kind is MessageType.PAYMENT else ""
        assert world.says(f"{day} 10:00", kind, money) == ""
    world.until("2026-03-05")

    moved = [line.replace(" acknowledge agreement-1-moved-", " …") for line in world.diary]
    assert [line for line in moved if "…" in line] == letters
