"""A promise of part holds back what it promises; the rest goes on being asked for (P51 to P53).

An invoice of 1000.00, due on Wednesday 4 February 2026. Without a promise the ladder reminds on the
5th and the 9th, calls on the 12th, writes formally on the 16th.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.agreements.text import remark
from domain.case.promised import may_be_asked, still_promised
from domain.message_types import MessageType, Outcome, Stage
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story


def promised(amount: str, day: str = "2026-03-06", policy: Policy | None = None) -> Story:
    """A customer who promises something on 6 February, after the first reminder."""
    world = Story(policy=policy)
    assert world.says("2026-02-06 11:00", MessageType.PROMISE, amount, day) == ""
    return world


def asked(world: Story) -> list[tuple[str, int | None]]:
    """What each message after the promise asked for, in cents."""
    said = [deed for deed in world.deeds if deed.is_message and deed.do != "acknowledge"]
    return [(deed.step, deed.asked) for deed in said if deed.at > world.at("2026-02-06 11:00")]


def test_a_promise_of_one_euro_holds_one_euro_for_a_month() -> None:
    """The other 999.00 are asked for on the days of the ladder; calls and hold come, too."""
    world, plain = promised("1.00").until("2026-03-05"), Story().until("2026-03-05")

    assert world.since("2026-02-07") == plain.since("2026-02-07")
    assert asked(world) == [(step, 99900) for step, _ in asked(plain)]
    assert world.stage is Stage.REMINDING


def test_what_was_promised_is_confirmed_and_the_recorder_hears_of_the_rest() -> None:
    """P50: in writing; and nobody believes that the invoice sleeps until then."""
    world = promised("400.00").until("2026-02-07")
    promise = world.case.running_promise

    assert world.since("2026-02-06")[0] == "2026-02-06 acknowledge agreement-1-confirmed"
    assert promise is not None
    assert (
        remark(promise, "EUR") == "the other 600.00 EUR were not promised and go on being asked for"
    )


def test_on_the_day_after_a_broken_promise_of_part_all_is_asked_for() -> None:
    """P52: the day before it is the rest, on the day itself as well, and from the next one all."""
    world = promised("400.00", "2026-02-25")

    table = {day: world.until(day) and _asks(world, f"{day} 12:00") for day in _AROUND}

    assert table == {"2026-02-24": 60000, "2026-02-25": 60000, "2026-02-26": 100000}
    world.until("2026-02-27")
    assert [line for line in world.since("2026-02-26") if "promise" in line or "call" in line] == [
        "2026-02-26 call_task agreement-1-call",
        "2026-02-26 remind promise-broken-1",
    ]
    assert asked(world)[-1] == ("promise-broken-1", 100000)


_AROUND = ("2026-02-24", "2026-02-25", "2026-02-26")


def _asks(world: Story, when: str) -> int:
    return may_be_asked(world.case, world.at(when))


@pytest.mark.parametrize(
    ("came", "now", "why"),
    [
        ("100.00", 50000, "money goes to what is due first"),
        ("399.00", 20100, "less than the promise"),
        ("400.00", 60000, "the promise is kept: all that is left is due"),
        ("500.00", 50000, "more than was promised, less than the rest"),
    ],
)
def test_what_is_asked_for_after_money_came_before_the_promised_day(
    came: str, now: int, why: str
) -> None:
    """400.00 of 1000.00 are promised for 6 March."""
    world = promised("400.00")
    world.says("2026-02-10 10:00", MessageType.PAYMENT, came)

    assert _asks(world, "2026-02-11 12:00") == now, why


@pytest.mark.parametrize(("came", "left"), [("600.00", 40000), ("700.00", 30000)])
def test_who_pays_what_was_asked_for_hears_nothing_before_the_promised_day(
    came: str, left: int
) -> None:
    """The rest is paid, and the promise runs to its day; a day later what is open is asked for."""
    world = promised("400.00", "2026-02-27")
    world.says("2026-02-08 10:00", MessageType.PAYMENT, came)
    world.until("2026-02-27")

    assert world.since("2026-02-08") == []
    assert asked(world.until("2026-03-03"))[0][1] == left


def test_a_promise_of_part_that_is_kept_leaves_the_rest_where_it_stood() -> None:
    """Nobody hears of a broken promise; the rest has been asked for all along."""
    world = promised("400.00", "2026-02-25")
    world.says("2026-02-12 18:00", MessageType.PAYMENT, "400.00")
    world.until("2026-03-04")
    promise = world.case.running_promise

    assert promise is not None
    assert state_of(world.case, promise, world.now) is PromiseState.KEPT
    assert dict(asked(world))["formal"] == 60000
    assert not [line for line in world.since("2026-02-25") if "promise" in line or "renew" in line]


def test_a_small_promise_keeps_no_plan_b_and_half_of_the_sum_does() -> None:
    """The agency takes over on its day; with half of it promised it waits for the promised day."""
    plain = _handed_over(Story())
    small, half = _late_promise("1.00"), _late_promise("500.00")

    assert (plain, small) == ("2026-03-17", "2026-03-17")
    assert half > "2026-03-27"
    assert _late_promise("499.99") == plain


def _late_promise(amount: str) -> str:
    """The day of the handoff where something is promised on 10 March for the 27th."""
    world = Story()
    world.says("2026-03-10 11:00", MessageType.PROMISE, amount, "2026-03-27")
    return _handed_over(world)


def _handed_over(world: Story) -> str:
    world.until("2026-06-30")
    return next(line.split()[0] for line in world.since("2026-02-01") if "hand_off" in line)


@pytest.mark.parametrize(("amount", "holds"), [("499.99", False), ("500.00", True), ("", True)])
def test_a_policy_may_let_a_large_part_hold_all(amount: str, holds: bool) -> None:
    """``holds_all_from_percent = 50``: half of what is open, and not a cent less."""
    policy = standard_policy()
    half = replace(policy.agreements, holds_all_from_percent=50)
    world = promised(amount, policy=replace(policy, agreements=half)).until("2026-03-05")

    assert (asked(world) == []) is holds
    assert (world.stage is Stage.PROMISED) is holds


def test_a_rest_too_small_to_be_asked_for_waits_for_the_promise() -> None:
    """999.60 of 1000.00: forty cents alone are no demand; fifty are."""
    assert asked(promised("999.60").until("2026-03-05")) == []
    assert asked(promised("999.50").until("2026-03-05"))[0][1] == 50


def test_when_all_came_by_the_promised_day_the_case_is_paid() -> None:
    world = promised("400.00", "2026-02-25")
    world.says("2026-02-09 18:00", MessageType.PAYMENT, "600.00")
    world.says("2026-02-25 18:00", MessageType.PAYMENT, "400.00")

    assert world.until("2026-03-04").outcome is Outcome.PAID


def test_beside_a_dispute_of_part_only_what_is_neither_is_asked_for() -> None:
    """300.00 contested and 400.00 promised leave 300.00."""
    world = promised("400.00")
    world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED, "300.00", reason="goods")
    world.until("2026-02-10")

    assert _asks(world, "2026-02-10 12:00") == 30000
    assert asked(world)[0][1] == 30000


def test_in_hardship_a_promise_of_part_holds_all() -> None:
    """P42: who cannot pay and offers what they can is not pressed for the rest meanwhile."""
    world = Story()
    world.says("2026-02-10", MessageType.DISPUTE_OPENED, reason="hardship")
    world.says("2026-02-12 10:00", MessageType.PROMISE, "100.00", "2026-02-27")

    assert world.until("2026-02-27").since("2026-02-12") == [
        "2026-02-12 acknowledge agreement-1-confirmed"
    ]


@pytest.mark.parametrize(
    ("promised", "paid", "still"),
    [
        ("400.00", "399.00", 40000),
        ("400.00", "400.00", 0),  # as much as was promised keeps the promise
        ("400.00", "599.00", 0),
        ("400.00", "600.00", 40000),  # all that was due beside it, and more than was promised
        ("500.00", "499.00", 50000),
        ("500.00", "500.00", 0),
        ("600.00", "400.00", 60000),
        ("600.00", "599.00", 40100),  # no more than is open
        ("600.00", "600.00", 0),
    ],
)
def test_what_of_a_promise_is_still_to_come(promised: str, paid: str, still: int) -> None:
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, promised, "2026-02-20")
    world.says("2026-02-09", MessageType.PAYMENT, paid)
    assert still_promised(world.case, world.case.promises[0]) == still


@pytest.mark.parametrize(
    ("credited", "state", "spoken"),
    [
        ("399.00", PromiseState.BROKEN, True),
        ("400.00", PromiseState.VOID, False),  # as much as was promised need not be paid
        ("599.00", PromiseState.VOID, False),
        ("600.00", PromiseState.BROKEN, True),  # all that was due beside it: 400.00 still come
        ("999.49", PromiseState.BROKEN, True),
        ("999.51", PromiseState.VOID, False),  # too little is left to be chased
    ],
)
def test_credit_alone_keeps_no_promise_and_letter_and_report_say_the_same(
    credited: str, state: PromiseState, *, spoken: bool
) -> None:
    """A9: 400.00 promised for 25 February, and a credit note before it; no money comes."""
    world = promised("400.00", "2026-02-25")
    world.says("2026-02-10 10:00", MessageType.CREDIT_NOTE, credited)
    world.until("2026-02-27")

    assert state_of(world.case, world.case.promises[0], world.now) is state
    assert any("promise-broken" in line for line in world.diary) is spoken
