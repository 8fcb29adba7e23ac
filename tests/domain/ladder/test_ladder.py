"""The ladder at its thresholds: the day before, the day, the day after."""

from datetime import date, timedelta

import pytest

from domain.ladder.schedule import anchored
from domain.message_types import MessageType
from domain.policy.model import Anchor, Base, Policy
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

DUE = date(2026, 2, 4)


def policy(*steps: str, gap: int = 2, more: str = "", plan_b: str = "") -> Policy:
    """A policy that may write at any hour of any day."""
    head = f'name = "edge"\nminimum_gap_days = {gap}\n{more}\n'
    always = '[calendar]\nwindow = "00:00-24:00"\nworking_days_only = false\n'
    entries = [f"[[step]]\nid = {step}\n" for step in steps]
    return parse_policy("\n".join([head, always, *entries, plan_b]))


def remind(name: str, on: str, more: str = "") -> str:
    return f'"{name}"\non = "{on}"\ndo = "remind"\n{more}'


def diary(world: Story, last: str = "2026-12-31") -> list[str]:
    """Days and steps, without the questions that a standstill brings."""
    lines = [line.split() for line in world.until(last).diary if "ask_person" not in line]
    return [f"{line[0]} {line[2]}" for line in lines]


@pytest.mark.parametrize(
    ("anchor", "day"),
    [
        (Anchor(Base.DUE, 0), "2026-02-04"),
        (Anchor(Base.DUE, 7), "2026-02-11"),
        (Anchor(Base.DUE, -35), "2025-12-31"),
        (Anchor(Base.DUE, 24), "2026-02-28"),
        (Anchor(Base.DUE, 25), "2026-03-01"),
        (Anchor(Base.DUE, 0, end_of_month=True), "2026-02-28"),
        (Anchor(Base.DUE, 24, end_of_month=True), "2026-02-28"),
        (Anchor(Base.DUE, 25, end_of_month=True), "2026-03-31"),
        (Anchor(Base.DUE, 756, end_of_month=True), "2028-03-31"),
        (Anchor(Base.DUE, 730, end_of_month=True), "2028-02-29"),
        (Anchor(Base.DUE, -40, end_of_month=True), "2025-12-31"),
    ],
)
def test_an_anchor_is_counted_in_calendar_days(anchor: Anchor, day: str) -> None:
    assert anchored(anchor, DUE) == date.fromisoformat(day)


@pytest.mark.parametrize("days", [-20, -1, 0, 1, 7, 45])
def test_a_step_falls_on_its_day_and_not_a_day_before(days: int) -> None:
    world = Story(policy=policy(remind("only", f"due{days:+d}")))
    day = DUE + timedelta(days=days)

    assert diary(world, str(day - timedelta(days=1))) == []
    assert diary(world, str(day)) == [f"{day} only"]


@pytest.mark.parametrize(
    ("gap", "second"),
    [(0, "2026-02-05"), (1, "2026-02-06"), (2, "2026-02-07"), (3, "2026-02-08")],
)
def test_a_gap_of_two_means_the_day_and_two_days_later(gap: int, second: str) -> None:
    steps = remind("one", "due+1"), remind("two", "due+1")

    assert diary(Story(policy=policy(*steps, gap=gap))) == ["2026-02-05 one", f"{second} two"]


def test_the_gap_counts_days_and_not_hours() -> None:
    """Written to at 16:59 on Thursday: from Saturday on, that is on Monday at nine."""
    world = Story().until("2026-02-03")
    world.sleep("2026-02-12 16:59")

    assert [line for line in world.until("2026-02-16").diary if "remind" in line][-2:] == [
        "2026-02-12 remind polite",
        "2026-02-16 remind second",
    ]


def test_tasks_keep_no_gap() -> None:
    call = '"call"\non = "due+1"\ndo = "call_task"\n'
    steps = remind("one", "due+1"), call, remind("two", "due+2")

    assert diary(Story(policy=policy(*steps, gap=5))) == [
        "2026-02-05 one",
        "2026-02-05 call",
        "2026-02-10 two",
    ]


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ("2026-02-02", ["2026-02-02 early", "2026-02-04 onday"]),
        ("2026-02-03", ["2026-02-03 early", "2026-02-05 after"]),  # the gap eats the due date
        ("2026-02-04", ["2026-02-04 onday"]),
        ("2026-02-05", ["2026-02-05 after"]),
    ],
)
def test_what_is_dated_before_the_due_date_expires_on_it(opened: str, said: list[str]) -> None:
    steps = remind("early", "due-3"), remind("onday", "due"), remind("after", "due+1")
    lines = diary(Story(policy=policy(*steps), opened=opened))

    assert lines[: len(said)] == said
    assert [line.split()[1] for line in lines].count("after") == 1


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-02-06", True),  # due-1 is Thursday
        ("2026-02-08", False),  # due-1 is Saturday: Monday is too late for a Sunday
        ("2026-02-09", False),  # due-1 is Sunday: it rolls onto the due date
        ("2026-02-10", True),
    ],
)
def test_what_rolls_onto_or_past_the_due_date_expires(due: str, said: bool) -> None:
    step = '\n[[step]]\nid = "day-before"\non = "due-1"\ndo = "remind"\n'
    world = Story(policy=parse_policy(f'name = "roll"{step}'), due=due)

    assert len(diary(world)) == said


@pytest.mark.parametrize(("days", "handed"), [(9, False), (10, False), (11, True)])
def test_plan_b_waits_for_the_end_of_the_deadline(days: int, handed: bool) -> None:
    """Accepted on 5 February with ten days: the 15th is the last, the 16th is the agency's."""
    world = Story(
        policy=policy(
            remind("letter", "due+1", "deadline_days = 10\n"),
            plan_b='[plan_b]\non = "deadline+1"\ndo = "hand_off"',
        )
    )
    world.until(str(date(2026, 2, 5) + timedelta(days=days)))

    assert world.case.with_agency is handed


def test_a_deadline_is_the_day_of_acceptance_plus_n_and_is_not_rolled() -> None:
    """Ten days from Thursday the 5th is a Sunday, and stays one."""
    world = Story(policy=policy(remind("letter", "due+1", "deadline_days = 10\n")))

    assert world.until("2026-02-05").deeds[-1].deadline == date(2026, 2, 15)


def test_who_got_a_deadline_is_left_in_peace_until_it_has_passed() -> None:
    steps = remind("letter", "due+1", "deadline_days = 10\n"), remind("next", "due+2")

    assert diary(Story(policy=policy(*steps))) == ["2026-02-05 letter", "2026-02-16 next"]


def test_a_step_counted_from_the_deadline_follows_it() -> None:
    steps = remind("letter", "due+1", "deadline_days = 10\n"), remind("after", "deadline+3")

    assert diary(Story(policy=policy(*steps))) == ["2026-02-05 letter", "2026-02-18 after"]


def test_a_step_counted_from_the_previous_one_moves_with_it() -> None:
    """Done late, the next is late, too; expired, it counts from the due date."""
    steps = remind("one", "due+1"), remind("two", "previous+5")
    assert diary(Story(policy=policy(*steps)))[1] == "2026-02-10 two"
    assert diary(Story(policy=policy(*steps), opened="2026-02-20"))[1] == "2026-02-25 two"

    expired = remind("early", "due-3"), remind("two", "previous+5")
    assert diary(Story(policy=policy(*expired), opened="2026-02-05")) == ["2026-02-09 two"]


def test_previous_is_the_step_before_of_the_customers_own_class() -> None:
    steps = (
        remind("all", "due+1"),
        remind("risky", "due+9", 'for = ["risky"]\n'),
        remind("next", "previous+5"),
    )

    good = Story(policy=policy(*steps), customer_class="good")
    risky = Story(policy=policy(*steps), customer_class="risky")
    assert diary(good) == ["2026-02-05 all", "2026-02-10 next"]
    assert diary(risky) == ["2026-02-05 all", "2026-02-13 risky", "2026-02-18 next"]


def test_a_step_counted_from_one_that_reached_nobody_still_comes() -> None:
    """Closed as rejected is closed."""
    steps = remind("one", "due+1"), remind("two", "previous+5")

    assert diary(Story(policy=policy(*steps), reach=()))[:2] == ["2026-02-05 one", "2026-02-10 two"]


def test_a_plan_b_on_a_fixed_day_waits_for_no_later_step() -> None:
    steps = remind("one", "due+1"), remind("late", "due+60")
    plan_b = '[plan_b]\non = "due+45"\ndo = "hand_off"'

    assert diary(Story(policy=policy(*steps, plan_b=plan_b))) == [
        "2026-02-05 one",
        "2026-03-13 renewed-deadline-1",
        "2026-03-21 plan-b",
    ]


def test_ties_go_in_the_order_of_the_policy() -> None:
    steps = (
        '"z"\non = "due+1"\ndo = "call_task"\n',
        '"a"\non = "due+1"\ndo = "notify_sales"\n',
        remind("m", "due+1"),
    )

    assert diary(Story(policy=policy(*steps))) == ["2026-02-05 z", "2026-02-05 a", "2026-02-05 m"]


@pytest.mark.parametrize(
    ("resumed", "line"),
    [("2026-02-04", "2026-02-05"), ("2026-02-05", "2026-02-06"), ("2026-02-06", "2026-02-07")],
)
def test_a_pause_until_a_day_includes_it(resumed: str, line: str) -> None:
    world = Story(policy=policy(remind("only", "due+1")))
    world.says("2026-01-10", MessageType.PAUSE, day=resumed)

    assert diary(world) == [f"{line} only"]


@pytest.mark.parametrize(("paid", "chased"), [("9.49", True), ("9.50", True), ("9.51", False)])
def test_less_than_the_tolerance_is_not_chased(paid: str, chased: bool) -> None:
    lenient = policy(remind("only", "due+1"), more='tolerance = { EUR = "0.50" }')
    world = Story(policy=lenient, amount="10.00")
    world.says("2026-01-10", MessageType.PAYMENT, paid)

    assert (diary(world) != []) is chased
