"""Instalment plans: agreed in writing, each part watched by itself, and what a missed one costs."""

import pytest

from domain.agreements.plans import PlanState, plan_state
from domain.agreements.status import current_plan
from domain.case.invoice import InvoicePart
from domain.message_types import ActionType, MessageType, Outcome
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story


def in_thirds(**more: str) -> Story:
    """EUR 1,000 from 6 February in three monthly parts, the first on the last of the month."""
    world = Story()
    assert (
        world.says(
            "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly"
        )
        == ""
    )
    return world


def state(world: Story) -> PlanState:
    return plan_state(world.case, world.case.plans[-1], world.now)


def test_a_plan_is_confirmed_in_writing_and_paid_part_by_part() -> None:
    """P50 P51: nobody hears another word while the instalments come."""
    world = in_thirds()
    world.says("2026-02-27 18:00", MessageType.PAYMENT, "333.33")
    world.says("2026-03-20", MessageType.PAYMENT, "333.33")
    world.says("2026-04-27 23:59", MessageType.PAYMENT, "333.34")
    world.until("2026-12-31")

    assert world.since("2026-02-06") == [
        "2026-02-06 acknowledge agreement-1-confirmed",
        "2026-04-27 close close",
    ]
    assert world.outcome is Outcome.PAID
    assert state(world) is PlanState.KEPT


def test_a_proposal_holds_nothing_until_it_is_accepted_in_writing() -> None:
    world = Story()
    world.says(
        "2026-02-05 12:00", MessageType.PLAN_PROPOSED, day="2026-02-27", reason="2 weekly", key="p"
    )
    world.until("2026-02-09")
    assert state(world) is PlanState.PROPOSED
    assert "2026-02-09 remind second" in world.diary

    assert world.says("2026-02-10 10:00", MessageType.PLAN_AGREED, ref="p") == ""
    world.until("2026-02-27")
    assert world.since("2026-02-10") == ["2026-02-10 acknowledge agreement-1-confirmed"]


def test_a_missed_instalment_is_chased_on_the_next_working_morning() -> None:
    """P52: the 27th is a Friday; we write on Monday, and the plan goes on when it is cured."""
    world = in_thirds().until("2026-03-02")
    assert world.since("2026-02-07") == ["2026-03-02 remind instalment-1-1-missed"]
    assert state(world) is PlanState.BEHIND

    world.says("2026-03-06 23:59", MessageType.PAYMENT, "333.33")
    world.until("2026-03-26")
    assert world.since("2026-03-03") == []
    assert state(world) is PlanState.RUNNING


def test_after_the_cure_the_whole_balance_is_due_and_the_ladder_goes_on_where_it_stood() -> None:
    """P53 P54: the seventh day of the cure is 6 March; it ends at midnight."""
    world = in_thirds()
    plan_b = world.case.plans[0].plan_b
    assert plan_b.check_at == world.at("2026-02-28")
    assert "by 2026-03-06, the plan is over" in plan_b.then
    world.until("2026-04-30")

    assert world.since("2026-02-07") == [
        "2026-03-02 remind instalment-1-1-missed",
        "2026-03-09 call_task instalment-1-1-call",
        "2026-03-09 hold_credit cash-only",
        "2026-03-09 remind instalment-1-1-over",
        "2026-03-17 remind second",
        "2026-03-19 demand_letter formal",
        "2026-03-20 call_task call",
        "2026-03-20 notify_sales sales",
        "2026-03-23 hold_credit credit-hold",
        "2026-03-31 demand_letter final",  # the formal one's deadline is Sunday the 29th
        "2026-04-13 hand_off plan-b",
    ]
    assert state(world) is PlanState.OVER


def test_money_after_the_plan_is_over_does_not_bring_it_back() -> None:
    world = in_thirds().until("2026-03-09")
    world.says("2026-03-10", MessageType.PAYMENT, "333.33")

    assert state(world) is PlanState.OVER
    assert world.next.at is not None
    assert world.next.do is not ActionType.WAIT


@pytest.mark.parametrize(
    ("paid_at", "missed"),
    [("2026-02-27 23:59", False), ("2026-02-28 00:00", True)],
)
def test_the_last_minute_of_an_instalments_day_is_in_time(paid_at: str, missed: bool) -> None:
    """In the debtor's zone. After midnight it is late: here it is there before anybody writes."""
    world = in_thirds()
    world.says(paid_at, MessageType.PAYMENT, "333.33")
    plan = world.case.plans[0]

    behind = plan_state(world.case, plan, plan.checks[0])
    assert behind is PlanState.RUNNING
    assert (world.case.left_at(plan.checks[0]) > plan.left_after(1)) is missed
    assert world.until("2026-03-02").since("2026-02-28") == []


def test_early_and_part_payments_count_and_a_surplus_goes_to_the_next_part() -> None:
    world = in_thirds()
    world.says("2026-02-10", MessageType.PAYMENT, "500.00")
    world.until("2026-03-27")
    assert world.since("2026-02-07") == []

    world.until("2026-03-30")
    assert world.since("2026-03-28") == ["2026-03-30 remind instalment-1-2-missed"]


def test_the_order_of_plan_and_payment_does_not_matter() -> None:
    """What was booked after the plan was recorded counts for it, whatever its value date."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 weekly")
    world.hears(world.at("2026-02-06"), MessageType.PAYMENT, "500.00")
    world.until("2026-03-06")

    assert [part.minor for part in world.case.plans[0].parts] == [50000, 50000]
    assert world.since("2026-02-07") == []


def test_a_later_policy_neither_takes_back_nor_moves_what_was_agreed() -> None:
    world = in_thirds()
    before = world.case.plans
    world.policy = parse_policy(
        'name = "strict"\n[[step]]\nid = "polite"\non = "due+1"\ndo = "remind"\n'
        "[agreements]\nlongest_plan_days = 1\ngrace_days = 9\n"
    )

    assert not world.folded.refused
    assert world.case.plans[0].checks == before[0].checks


def test_the_handoff_waits_for_a_running_plan() -> None:
    """Even one that a person has approved."""
    world = in_thirds()
    world.says("2026-02-10", MessageType.HANDOFF_APPROVED)
    world.until("2026-02-27")

    assert not [deed for deed in world.deeds if deed.do is ActionType.HAND_OFF]


def test_a_plan_given_up_lets_the_ladder_go_on() -> None:
    world = in_thirds()
    world.says("2026-02-10 12:00", MessageType.PLAN_ENDED)
    world.until("2026-02-11")

    assert state(world) is PlanState.ENDED
    assert current_plan(world.case) is None
    assert "2026-02-10 remind second" in world.diary
    assert (
        world.says("2026-02-11", MessageType.PLAN_ENDED) == "there is no plan that could be ended"
    )


def test_a_friendly_word_goes_out_before_each_instalment_where_the_policy_wants_it() -> None:
    policy = parse_policy(
        'name = "warm"\n[[step]]\nid = "polite"\non = "due+1"\ndo = "remind"\n'
        "[agreements]\nremind_before_days = 3\n"
    )
    world = Story(policy=policy)
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 monthly")
    world.says("2026-02-27", MessageType.PAYMENT, "500.00")
    world.until("2026-03-27")

    assert world.since("2026-02-07") == [
        "2026-02-24 remind instalment-1-1-reminder",
        "2026-03-24 remind instalment-1-2-reminder",
    ]


def test_custom_instalments_must_make_what_is_open() -> None:
    world = Story()
    parts = (InvoicePart(day=world.invoice.due, minor=40000),)
    refusal = world.says("2026-01-10", MessageType.PLAN_AGREED, parts=parts)

    assert refusal == (
        "the instalments make 400.00 EUR, 600.00 EUR less than the 1000.00 EUR that are open"
    )
