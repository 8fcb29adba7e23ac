"""Where two messages meet under policies that end with a lawyer: every pair, at each step."""

from dataclasses import replace
from itertools import product

import pytest

from domain.deed import PLAN_B
from domain.ladder.demand import asked_for
from domain.message_types import ActionType, MessageType
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from tests.properties.homes import STANDARD
from tests.properties.households import Street, Watched
from tests.properties.meeting.every_check import keeps_every_promise
from tests.properties.meeting.pairs import HOURS_AFTER_A_STEP, Pair, play, silent

LAWYER_LAST = replace(
    STANDARD,
    name="a lawyer last",
    plan_b=replace(STANDARD.plan_b, do=ActionType.LAWYER_LETTER, agency="kanzlei"),
)
LAWYER_FIRST = parse_policy(
    """
name = "a lawyer before the agency"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
deadline_days = 5
[[step]]
id = "final"
on = "deadline+1"
do = "demand_letter"
deadline_days = 7
[[step]]
id = "lawyer"
on = "deadline+1"
do = "lawyer_letter"
[plan_b]
on = "previous+14"
do = "hand_off"
"""
)


PLACES = ((LAWYER_LAST, "final"), (LAWYER_FIRST, "lawyer"))
"""Each policy, and the step after which the two messages fall: before the lawyer, and after."""


def no_lawyer_writes_unasked(street: Street, life: Watched) -> None:
    """Only about money that was asked for, its deadline passed, and nothing holds the case."""
    for seen in life.seen_deeds:
        if seen.deed.do is not ActionType.LAWYER_LETTER:
            continue
        case, day = seen.case, life.state.calendar.local_date(seen.deed.at)
        assert case.undisputed > 0, "a lawyer writes about what is contested or paid"
        assert not case.with_agency, "the agency has the case"
        assert case.last_message is not None, "a lawyer writes to somebody who was never asked"
        assert not (seen.deed.step == PLAN_B and case.contested), "a part of it is contested"
        asked = asked_for(case.last_message) + case.slack
        assert asked >= case.undisputed, "a lawyer writes about more than was asked for"
        deadline = case.last_message.deadline
        assert deadline is None or deadline < day, "a lawyer writes before the deadline"


def places(policy: Policy, step: str) -> int:
    """Find the hour at which the two messages fall: the day after a step of a silent life."""
    street = Street(silent(policy))
    (life,) = street.lives
    (said,) = (deed for deed in life.deeds if deed.step == step)
    return int((said.at - street.start).total_seconds()) // 3600 + HOURS_AFTER_A_STEP


def fault_of(policy: Policy, pair: Pair) -> str:
    """What is wrong with the life in which two messages meet; nothing if all is right."""
    try:
        street = play(policy, pair)
        keeps_every_promise(street)
        for life in street.lives:
            no_lawyer_writes_unasked(street, life)
    except AssertionError as error:
        return f"{pair}: {error or 'see the check'}"
    return ""


@pytest.mark.parametrize(("policy", "step"), PLACES, ids=["before", "after"])
def test_two_messages_meet_where_a_lawyer_is_the_next_or_the_last_step(
    policy: Policy, step: str
) -> None:
    at = places(policy, step)
    faults = [
        fault
        for first, second in product(MessageType, MessageType)
        if (fault := fault_of(policy, Pair(first, second, at)))
    ]

    assert not faults, "\n".join(faults)
