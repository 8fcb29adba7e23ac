"""What the agency reports: where the case stands, who must act next, and what it asks (P72)."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies.progress import ACTS_NEXT, WhoActs
from domain.case.agency_standing import AgencyStanding, standing_at_agency
from domain.case.model import Message
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.message_types import AgencyNews, MessageType
from domain.policy.policy_file import parse_policy
from tests.properties.lives import QUICK
from tests.stories.story import Story, handed_off

IMPATIENT = """
name = "impatient"
agency_silence_days = 21
[[step]]
id = "polite"
on = "due+1"
do = "remind"
deadline_days = 5
[plan_b]
on = "deadline+1"
do = "hand_off"
"""


def standing(world: Story) -> AgencyStanding:
    found = standing_at_agency(world.case)
    assert found
    return found


def reports(world: Story, when: str, state: str, note: str = "") -> None:
    assert not world.says(when, MessageType.AGENCY_NEWS, reason=state, note=note)


def test_every_state_says_who_must_act_next() -> None:
    spoken = {AgencyNews.MESSAGE, AgencyNews.TOLD}
    assert set(ACTS_NEXT) == set(AgencyNews) - spoken
    world = handed_off()
    assert (standing(world).state, standing(world).acts_next) == (None, WhoActs.AGENCY)

    seen = {}
    for day, state in enumerate(("received", "accepted", "working", "paused"), start=18):
        reports(world, f"2026-03-{day}", state)
        seen[state] = standing(world).acts_next

    assert set(seen.values()) == {WhoActs.AGENCY}
    assert world.until("2026-04-30").since("2026-03-18") == []


@pytest.mark.parametrize("state", ["needs_info", "legal", "message"])
def test_what_the_agency_asks_is_a_question_to_a_person_once_until_it_is_answered(
    state: str,
) -> None:
    world = handed_off()
    reports(world, "2026-03-20 10:00", "working")
    reports(world, "2026-03-23 10:00", state, note="may we see the contract?")
    assert standing(world).acts_next is WhoActs.WE
    reports(world, "2026-03-26 10:00", "told", note="it is with the evidence")
    assert standing(world).acts_next is ACTS_NEXT[standing(world).state or AgencyNews.WORKING]
    reports(world, "2026-04-02 10:00", state)
    world.until("2026-04-20")

    assert world.since("2026-03-18") == [
        "2026-03-23 ask_person agency-asks",
        "2026-03-26 inform_agency inform-1",
        "2026-04-02 ask_person agency-asks-2",
    ]
    assert world.deeds[-2].why == "we have a message for you"


def test_a_question_that_has_passed_is_asked_no_more() -> None:
    """It went on by itself before anybody looked: Saturday's question, Sunday's answer."""
    world = handed_off()
    reports(world, "2026-03-21 10:00", "needs_info")
    reports(world, "2026-03-22 10:00", "working")

    assert standing(world).asks is None
    assert world.until("2026-04-20").since("2026-03-18") == []


def test_a_silent_agency_is_asked_about_again_and_again_whatever_the_customer_does() -> None:
    world = Story(policy=parse_policy(IMPATIENT)).until("2026-02-11")
    world.says("2026-03-01", MessageType.PAYMENT, "100.00")
    world.until("2026-04-01")

    assert world.since("2026-02-11") == [
        "2026-02-11 hand_off plan-b",
        "2026-03-01 inform_agency inform-1",
        "2026-03-04 ask_person agency-silent",
        "2026-03-25 ask_person agency-silent-2",
    ]


def test_a_word_of_the_agency_ends_its_silence() -> None:
    world = Story(policy=parse_policy(IMPATIENT)).until("2026-02-11")
    reports(world, "2026-03-03 10:00", "working")
    world.until("2026-03-31")

    assert world.since("2026-02-12") == ["2026-03-24 ask_person agency-silent"]


@pytest.mark.parametrize("end", ["returned", "closed"])
def test_an_agency_that_ends_its_work_with_money_open_leaves_a_decision(end: str) -> None:
    world = handed_off()
    reports(world, "2026-05-04 10:00", end)
    world.until("2026-05-31")

    assert world.since("2026-03-18") == ["2026-05-04 ask_person returned"]
    assert not world.case.with_agency
    assert world.deeds[-1].why.endswith(
        "go on ourselves, hand it to another agency or to a lawyer, agree on a plan, "
        "or write it off"
    )


NEWS = st.lists(
    st.tuples(st.sampled_from(list(AgencyNews)), st.integers(0, 6)), min_size=1, max_size=6
)


@QUICK
@given(NEWS, st.randoms(use_true_random=False))
def test_the_same_news_in_any_order_and_number_give_the_same_standing(
    news: list[tuple[AgencyNews, int]], dice: object
) -> None:
    world = handed_off()
    ground = Ground(world.policy, world.calendar)
    first = world.deeds[-1].at + timedelta(hours=1)
    said = [
        Message(
            key=f"n{number}",
            kind=MessageType.AGENCY_NEWS,
            at=first + timedelta(days=day),
            reason=word.value,
        )
        for number, (word, day) in enumerate(news)
    ]

    found = {
        standing_at_agency(fold(world.invoice, order * 2, world.deeds, ground).case)
        for order in permutations(said[:4])
    }

    assert len(found) == 1


def test_what_was_said_of_an_earlier_placement_says_nothing_of_this_one() -> None:
    world = handed_off()
    reports(world, "2026-03-20 10:00", "legal")
    reports(world, "2026-03-24 10:00", "returned")
    world.says("2026-03-25 10:00", MessageType.HANDOFF_APPROVED, ref="other")
    world.until("2026-04-30")

    assert world.case.with_agency
    assert world.case.agency_chosen == "other"
    assert standing(world).state is None
