"""A task's title says what may be asked for: neither what is contested nor what is promised."""

import pytest

from domain.briefing.task_titles import task_title
from domain.message_types import MessageType
from tests.stories.story import Story

DAY = "2026-02-06"


def title(world: Story) -> str:
    return task_title(world.state, "call them").removeprefix("R-1, ").removesuffix(": call them")


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "1000.00 EUR open"),  # all of it is promised: nothing is left beside it
        ("1000.00", "1000.00 EUR open"),
        ("400.00", "600.00 EUR open beside 400.00 EUR promised for 2026-02-10"),
    ],
)
def test_what_is_promised_in_part_is_named_beside_the_rest(amount: str, says: str) -> None:
    world = Story()
    world.says(f"{DAY} 11:00", MessageType.PROMISE, amount, "2026-02-10")
    assert title(world) == says


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-02-10 23:59", "600.00 EUR open beside 400.00 EUR promised for 2026-02-10"),
        ("2026-02-11 00:00", "1000.00 EUR open"),
    ],
)
def test_a_promise_is_named_until_its_check(at: str, says: str) -> None:
    world = Story()
    world.says(f"{DAY} 11:00", MessageType.PROMISE, "400.00", "2026-02-10")
    world.says(at, MessageType.NUDGE)
    assert title(world) == says


def test_what_is_contested_is_named_before_what_is_promised() -> None:
    world = Story()
    world.says(f"{DAY} 11:00", MessageType.DISPUTE_OPENED, "300.00", reason="goods")
    assert title(world) == "700.00 EUR open beside 300.00 EUR in dispute"

    world.says(f"{DAY} 12:00", MessageType.PROMISE, "400.00", "2026-02-10")
    assert title(world) == (
        "300.00 EUR open beside 300.00 EUR in dispute and 400.00 EUR promised for 2026-02-10"
    )


def test_of_a_case_that_is_over_no_sum_is_named() -> None:
    world = Story()
    world.says(f"{DAY} 11:00", MessageType.WITHDRAWN)
    assert title(world) == "withdrawn"
