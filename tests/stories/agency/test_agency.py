"""The agency has the case: it is told, called back, or gives it back (P70 to P73)."""

from datetime import timedelta

import pytest

from domain.agreements.text import WITH_AGENCY, what_follows
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.message_types import MessageType, Outcome
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story, handed_off

ASK_FIRST = """
name = "ask first"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
deadline_days = 5
[plan_b]
on = "deadline+1"
do = "ask_person"
"""


def agreed_in(world: Story) -> Promise | Plan | Settlement:
    """The one thing that was agreed."""
    case = world.case
    found: list[Promise | Plan | Settlement] = [*case.promises, *case.plans, *case.settlements]
    return found[0]


def test_money_that_comes_after_the_handoff_calls_the_case_back() -> None:
    """P73 P60: the agency must stop, the hold is lifted, the case is closed; all at once."""
    world = handed_off()
    world.says("2026-03-20 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-03-20") == [
        "2026-03-20 recall recall",
        "2026-03-20 release_credit release_credit",
        "2026-03-20 close close",
    ]
    assert not world.case.with_agency
    assert world.outcome is Outcome.PAID


def test_a_part_payment_is_told_to_the_agency() -> None:
    """P72: it must not ask for what has come."""
    world = handed_off()
    world.says("2026-03-20", MessageType.PAYMENT, "400.00")
    world.says("2026-03-25", MessageType.PAYMENT, "100.00")
    world.until("2026-04-30")

    assert world.since("2026-03-18") == [
        "2026-03-20 inform_agency inform-1",
        "2026-03-25 inform_agency inform-2",
    ]
    assert world.deeds[-1].why == "since the handoff the open amount became 500.00 EUR"


def test_a_dispute_and_its_settlement_are_told_to_the_agency() -> None:
    world = handed_off()
    world.says("2026-03-20", MessageType.DISPUTE_OPENED)
    world.says("2026-03-25", MessageType.DISPUTE_SETTLED)
    world.until("2026-04-30")

    assert [deed.why for deed in world.deeds[-2:]] == [
        "the customer contests the claim since the handoff",
        "what held the claim is settled",
    ]


def test_money_dated_back_before_the_handoff_is_told_once() -> None:
    """The bank reports five minutes after the handoff what came five minutes before it."""
    world = handed_off()
    handoff = world.deeds[-1].at
    world.now = handoff + timedelta(minutes=5)
    world.hears(handoff - timedelta(minutes=5), MessageType.PAYMENT, "400.00")
    assert world.next.at == handoff
    world.until("2026-04-30")

    assert world.since("2026-03-17")[1:] == ["2026-03-17 inform_agency inform-1"]


def test_nobody_writes_while_the_agency_has_the_case() -> None:
    world = handed_off()
    world.says("2026-03-20", MessageType.PROMISE, day="2026-03-25")
    world.says("2026-03-26", MessageType.NUDGE)
    world.until("2026-05-31")

    assert world.since("2026-03-18") == [
        "2026-03-20 inform_agency inform-1",
        "2026-03-26 inform_agency inform-2",  # the promise was not kept: the agency goes on
    ]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (MessageType.PROMISE, {"day": "2026-03-25"}),
        (MessageType.PLAN_AGREED, {"day": "2026-03-25", "reason": "2 monthly"}),
        (MessageType.SETTLEMENT, {"amount": "900.00", "day": "2026-03-25"}),
    ],
)
def test_the_plan_b_that_is_answered_is_the_one_that_will_happen(
    kind: MessageType, more: dict[str, str]
) -> None:
    """B3: while the agency has the case nobody of us writes or calls; it hears of it at once."""
    ours, world = Story().until("2026-02-05"), handed_off()
    assert ours.says("2026-02-06 10:00", kind, **{**more, "day": "2026-02-20"}) == ""
    assert world.says("2026-03-20 10:00", kind, **more) == ""
    before, agreed = agreed_in(ours), agreed_in(world)

    assert what_follows(ours.case, before) == before.plan_b.then
    assert what_follows(world.case, agreed) == WITH_AGENCY
    told = world.until("2026-05-31").since("2026-03-18")
    assert told[0] == "2026-03-20 inform_agency inform-1"
    assert {line.split()[1] for line in told} == {"inform_agency"}

    world.says("2026-06-01", MessageType.AGENCY_NEWS, reason="returned")
    assert what_follows(world.case, agreed) == agreed.plan_b.then


def test_the_agency_gives_the_case_back() -> None:
    """The case stays open: a person is asked what becomes of it, and again until that is said."""
    world = handed_off()
    world.says("2026-05-04 10:00", MessageType.AGENCY_NEWS, reason="returned")
    world.until("2026-12-31")

    assert world.since("2026-03-18") == [
        "2026-05-04 ask_person returned",
        "2026-06-03 ask_person review-1",
        "2026-08-03 ask_person review-2",
        "2026-12-01 ask_person review-3",
    ]
    assert world.outcome is None
    assert world.case.open == 100000


def test_each_time_the_agency_gives_it_back_a_person_is_asked() -> None:
    """B2: asked, handed over again, given back again: the second question is one of its own."""
    world = handed_off()
    world.says("2026-05-04 10:00", MessageType.AGENCY_NEWS, reason="returned")
    world.says("2026-05-06 10:00", MessageType.HANDOFF_APPROVED)
    world.until("2026-06-30")
    again = next(deed for deed in reversed(world.deeds) if deed.step.startswith("plan-b"))
    assert world.case.with_agency
    world.says("2026-07-06 10:00", MessageType.AGENCY_NEWS, reason="returned")
    world.until("2026-07-06")

    asked = [line for line in world.diary if "ask_person returned" in line]
    assert asked == ["2026-05-04 ask_person returned", "2026-07-06 ask_person returned-2"]
    assert again.at < world.at("2026-07-06")


def test_a_claim_that_came_back_is_not_forgotten_when_its_money_goes_back() -> None:
    """B2: the case opens again, and a person is asked anew what becomes of it."""
    world = handed_off()
    world.says("2026-05-04 10:00", MessageType.AGENCY_NEWS, reason="returned")
    world.says("2026-05-05 10:00", MessageType.PAYMENT, "1000.00", key="p1")
    assert world.until("2026-05-20").outcome is Outcome.PAID

    world.says("2026-05-21 10:00", MessageType.PAYMENT_REVERSED, ref="p1")
    world.until("2026-07-31")

    assert world.since("2026-05-06") == [
        "2026-05-21 reopen reopen",
        "2026-05-21 ask_person returned",
        "2026-06-22 ask_person review-1",
    ]
    assert world.outcome is None


def test_other_news_from_the_agency_is_only_noted() -> None:
    world = handed_off()
    world.says("2026-05-04", MessageType.AGENCY_NEWS, reason="debtor contacted")

    assert world.until("2026-05-04").case.with_agency


def test_what_the_agency_never_had_cannot_come_back_from_it() -> None:
    world = Story()
    world.says("2026-01-06", MessageType.AGENCY_NEWS, reason="returned")
    world.until("2026-03-17")

    assert world.diary[-1] == "2026-03-17 hand_off plan-b"
    assert world.case.with_agency


def test_withdrawing_the_invoice_calls_the_agency_back() -> None:
    world = handed_off()
    world.says("2026-03-20", MessageType.WITHDRAWN)
    world.until("2026-12-31")

    assert world.since("2026-03-20")[0] == "2026-03-20 recall recall"
    assert world.outcome is Outcome.WITHDRAWN


def test_a_payment_that_bounces_after_the_recall_goes_the_whole_way_again() -> None:
    """The last letter once more, with a new deadline; only then the agency again."""
    world = handed_off()
    world.says("2026-03-20 12:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-04-01 12:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-04-30")

    assert world.since("2026-04-01") == [
        "2026-04-01 reopen reopen",
        "2026-04-07 remind renewed-money-back-1",
        "2026-04-15 hold_credit credit-hold",
        "2026-04-15 hand_off plan-b",
    ]


def test_where_a_person_decides_first_the_plan_b_is_a_question() -> None:
    """P17: asked, approved, handed off; each is a step of its own."""
    world = Story(policy=parse_policy(ASK_FIRST))
    world.until("2026-02-28")
    assert world.diary == ["2026-02-05 remind polite", "2026-02-11 ask_person plan-b"]

    world.says("2026-03-02 16:59", MessageType.HANDOFF_APPROVED)
    world.until("2026-03-31")

    assert world.since("2026-03-01") == ["2026-03-02 hand_off plan-b-approved"]


def test_an_approval_is_of_its_own_episode() -> None:
    """What was approved, then paid, and bounced later, does not go to the agency unsaid."""
    world = Story(policy=parse_policy(ASK_FIRST)).until("2026-02-11")
    world.says("2026-02-13 18:00", MessageType.HANDOFF_APPROVED)  # Friday, after hours
    world.says("2026-02-14", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-23 12:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-03-31")

    assert world.since("2026-02-23") == [
        "2026-02-23 reopen reopen",
        "2026-02-26 remind renewed-money-back-1",
        "2026-03-06 ask_person plan-b",
    ]


@pytest.mark.parametrize("approved", ["2026-01-20", "2026-02-04"])
def test_what_is_approved_before_the_due_date_begins_on_the_day_after_it(approved: str) -> None:
    """Nobody has been asked for what is due yet: that comes first, with its deadline."""
    world = Story()
    world.says(f"{approved} 12:00", MessageType.HANDOFF_APPROVED, by="eva")
    assert world.until("2026-02-28").since("2026-02-05") == [
        "2026-02-05 demand_letter renewed-deadline-1",
        "2026-02-13 hand_off plan-b-approved",
    ]
