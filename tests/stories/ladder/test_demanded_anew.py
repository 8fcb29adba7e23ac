"""Nothing goes to the agency that was not demanded anew since it last became due (A1).

A silent case would be handed over on 17 March, after its final demand of 6 March. Before that,
something holds it or takes it away for a while, and all deadlines run out meanwhile.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.message_types import ActionType, MessageType
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

Said = tuple[str, MessageType, dict[str, str]]
WEEK = timedelta(days=7)

CAUSES: dict[str, list[Said]] = {
    "a dispute is settled": [
        ("2026-03-10 10:00", MessageType.DISPUTE_OPENED, {}),
        ("2026-03-25 10:00", MessageType.DISPUTE_SETTLED, {"reason": "for_us"}),
    ],
    "a pause is over": [
        ("2026-03-10 10:00", MessageType.PAUSE, {}),
        ("2026-03-25 10:00", MessageType.RESUME, {}),
    ],
    "a promise is broken": [
        ("2026-03-10 10:00", MessageType.PROMISE, {"day": "2026-03-24"}),
    ],
    "a plan is over": [
        ("2026-03-10 10:00", MessageType.PLAN_AGREED, {"day": "2026-03-17", "reason": "2 monthly"}),
    ],
    "an offer lapsed": [
        ("2026-03-10 10:00", MessageType.SETTLEMENT, {"amount": "700.00", "day": "2026-03-24"}),
    ],
    "money went back": [
        ("2026-03-10 10:00", MessageType.PAYMENT, {"amount": "1000.00", "key": "p1"}),
        ("2026-03-25 10:00", MessageType.PAYMENT_REVERSED, {"ref": "p1"}),
    ],
    "a write-off is undone": [
        ("2026-03-10 10:00", MessageType.WRITE_OFF, {}),
        ("2026-03-25 10:00", MessageType.WRITE_OFF_UNDONE, {}),
    ],
    "the invoice became more": [
        ("2026-03-10 10:00", MessageType.INVOICE_CORRECTED, {"amount": "1200.00"}),
    ],
    "the agency gave it back": [
        ("2026-04-10 10:00", MessageType.AGENCY_NEWS, {"reason": "returned"}),
        ("2026-04-13 10:00", MessageType.HANDOFF_APPROVED, {}),
    ],
}


@pytest.mark.parametrize(
    ("cause", "demanded", "deadline", "handed"),
    [
        ("a dispute is settled", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a pause is over", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a promise is broken", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("a plan is over", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("an offer lapsed", "2026-03-25", "2026-04-01", "2026-04-02"),
        # after its days of grace; the deadline is Easter Monday
        ("money went back", "2026-03-30", "2026-04-06", "2026-04-08"),
        ("a write-off is undone", "2026-03-25", "2026-04-01", "2026-04-02"),
        ("the invoice became more", "2026-03-10", "2026-03-17", "2026-03-18"),
        ("the agency gave it back", "2026-04-13", "2026-04-20", "2026-04-21"),
    ],
)
def test_what_is_owed_again_is_demanded_with_a_new_deadline_and_plan_b_waits_for_it(
    cause: str, demanded: str, deadline: str, handed: str
) -> None:
    """On the last day of the new deadline the case is still ours; the day after it is not."""
    world = Story()
    for when, kind, more in CAUSES[cause]:
        assert world.says(when, kind, **more) == ""
    begin = world.now
    world.until(deadline)
    after = [deed for deed in world.deeds if deed.at >= begin]
    (demand,) = [deed for deed in after if deed.deadline]

    assert str(world.calendar.local_date(demand.at)) == demanded
    assert (str(demand.deadline), demand.asked) == (deadline, world.case.open)
    assert ActionType.HAND_OFF not in {deed.do for deed in after}

    world.until(handed)
    gone = world.deeds[-1]
    assert (gone.do, gone.open) == (ActionType.HAND_OFF, demand.asked)
    assert str(world.calendar.local_date(gone.at)) == handed


SHORT = parse_policy("""
name = "two reminders"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "second"
on = "due+6"
do = "remind"
deadline_days = 7
[plan_b]
on = "deadline+1"
do = "hand_off"
""")
"""Asked on the 5th and the 10th; the deadline is the 17th, and the agency has it on the 18th."""


def heard(*said: Said, policy: Policy = SHORT) -> list[str]:
    """What is done from the first word of others on, beside closing and opening again."""
    world = Story(policy=policy)
    for when, kind, more in said:
        assert world.says(when, kind, **more) == "", kind
    world.until("2026-03-31")
    lines = [line for line in world.since(said[0][0][:10]) if " close " not in line]
    return [line for line in lines if " reopen " not in line]


@pytest.mark.parametrize(
    ("written_off", "undone", "demanded", "handed"),
    [
        ("2026-02-16 10:00", "2026-02-17 10:00", "", "2026-02-18"),  # the deadline is respected
        ("2026-02-16 10:00", "2026-02-17 23:59", "", "2026-02-18"),
        ("2026-02-16 10:00", "2026-02-18 00:00", "2026-02-18", "2026-02-26"),
        ("2026-02-16 10:00", "2026-02-20 10:00", "2026-02-20", "2026-03-02"),
    ],
)
def test_a_deadline_that_ran_out_while_it_was_written_off_was_none(
    written_off: str, undone: str, demanded: str, handed: str
) -> None:
    """A12: a slip repeats nothing; but nobody owes by a day on which nothing was owed."""
    done = heard(
        (written_off, MessageType.WRITE_OFF, {}), (undone, MessageType.WRITE_OFF_UNDONE, {})
    )

    asked = [f"{demanded} demand_letter renewed-deadline-1"] if demanded else []
    assert done == [*asked, f"{handed} hand_off plan-b"]


@pytest.mark.parametrize(
    ("claimed", "done"),
    [
        (
            "2026-02-09 10:00",  # the ladder has a word left, which says that nothing has come
            ["2026-02-11 remind second", "2026-02-19 hand_off plan-b"],
        ),
        (
            "2026-02-11 10:00",
            ["2026-02-13 remind renewed-money-not-come-1", "2026-02-23 hand_off plan-b"],
        ),
        (
            "2026-02-17 10:00",
            ["2026-02-19 remind renewed-money-not-come-1", "2026-02-27 hand_off plan-b"],
        ),
    ],
)
def test_whoever_said_that_it_was_paid_hears_that_it_is_not_before_the_agency_does(
    claimed: str, done: list[str]
) -> None:
    """The money is waited for two working days, once; then the customer is asked once more."""
    claim = (claimed, MessageType.CALL_RESULT, {"reason": "paid_claim"})
    assert [line for line in heard(claim) if "ask_person" not in line] == done


BACK = ("2026-02-10 10:00", MessageType.PAYMENT_REVERSED, {"ref": "p"})
REFUND = ("2026-02-10 10:00", MessageType.REFUND, {"amount": "300.00"})
PAID = ("2026-02-04 10:00", MessageType.PAYMENT, {"amount": "1000.00", "key": "p"})


@pytest.mark.parametrize(
    ("back", "after", "first"),
    [
        (BACK, [], "2026-02-13"),
        (BACK, [("2026-02-10 11:00", MessageType.PAUSE, {"day": "2026-02-20"})], "2026-02-23"),
        (BACK, [("2026-02-11 10:00", MessageType.RESUME, {})], "2026-02-13"),
        (REFUND, [("2026-02-16 10:00", MessageType.RESUME, {})], "2026-02-16"),
    ],
)
def test_money_that_went_back_is_told_first_whatever_stood_still_since(
    back: Said, after: list[Said], first: str
) -> None:
    """A2: paid in time and gone again: no word of an oversight, no hold before its deadline."""
    done = heard(PAID, back, *after, policy=standard_policy())
    pressing = [line for line in done if "ask_person" not in line]

    assert pressing[0] == f"{first} remind renewed-money-back-1"
    assert min(line[:10] for line in pressing[1:]) > str(date.fromisoformat(first) + WEEK)


@pytest.mark.parametrize(
    ("went_back", "first"),
    [
        ("2026-02-18 10:00", ["2026-02-23 remind renewed-money-back-1"]),  # before its day
        ("2026-02-20 23:59", ["2026-02-23 remind renewed-money-back-1"]),
        ("2026-02-21 00:00", ["2026-02-24 remind renewed-money-back-1"]),  # kept, and gone since
    ],
)
def test_a_promise_whose_money_went_back_brings_no_call_and_no_hold_before_a_word(
    went_back: str, first: list[str]
) -> None:
    """A2: promised for the 20th and paid early: the first word says what came back."""
    done = heard(
        ("2026-02-06 10:00", MessageType.PROMISE, {"day": "2026-02-20"}),
        ("2026-02-12 10:00", MessageType.PAYMENT, {"amount": "1000.00", "key": "p"}),
        (went_back, MessageType.PAYMENT_REVERSED, {"ref": "p"}),
        policy=standard_policy(),
    )
    since = [line for line in done if line >= went_back]

    assert since[: len(first)] == first
    assert not [line for line in since if "promise-broken" in line]
    week = str(date.fromisoformat(first[0][:10]) + WEEK)
    assert min(line[:10] for line in since[len(first) :]) > week
