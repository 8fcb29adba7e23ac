"""Reasons in two kinds: minor ones are put right, major ones are settled (P40, P41, P42)."""

from dataclasses import replace

import pytest

from domain.message_types import MessageType, Stage
from domain.money import Money
from domain.policy.model import DisputeRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

MINOR = ["invoice_not_received", "Invoice not received", "invoice-error", "payment_method"]
UNWATCHED = replace(standard_policy(), disputes=DisputeRules())
WATCHED = replace(standard_policy(), disputes=DisputeRules(watched=True, owner="ann"))


def contested(
    amount: str = "", reason: str = "goods", policy: Policy | None = None, **more: str
) -> Story:
    """A customer who names a reason on 6 February, a day after the first reminder."""
    world = Story(policy=policy).until("2026-02-05")
    said = world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED, amount, reason=reason, **more)
    assert said == ""
    return world


@pytest.mark.parametrize("reason", MINOR)
def test_a_minor_reason_lets_the_clock_go_on(reason: str) -> None:
    """P41: put right at once, by 8 February; meanwhile the ladder climbs."""
    world = contested(reason=reason).until("2026-02-19")

    (dispute,) = world.case.disputes
    assert dispute.is_minor
    assert str(dispute.deadline) == "2026-02-08"
    assert world.case.disputed == 0
    assert "2026-02-09 remind second" in world.diary
    assert world.stage is Stage.REMINDING


@pytest.mark.parametrize("reason", ["goods", "price", "it smells", ""])
def test_any_other_reason_stops_the_chasing_at_once(reason: str) -> None:
    """When in doubt nothing is chased, and the words are kept as they were given."""
    world = contested(reason=reason).until("2026-03-08")

    (dispute,) = world.case.disputes
    assert (dispute.is_minor, dispute.reason) == (False, reason)
    assert str(dispute.deadline) == "2026-02-20"
    assert world.since("2026-02-06") == ["2026-02-23 ask_person dispute-1-overdue"]
    assert world.stage is Stage.DISPUTED


def test_plan_b_asks_a_person_while_a_minor_reason_is_not_put_right() -> None:
    """P41: nobody goes to an agency for an invoice that may never have been received."""
    world = contested(reason="invoice_not_received").until("2026-04-10")

    assert not [line for line in world.diary if "hand_off" in line]
    asked = next(deed for deed in world.deeds if deed.step == "plan-b")
    assert asked.do == "ask_person"
    assert "invoice not received is not put right" in asked.why

    world.says("2026-04-13", MessageType.HANDOFF_APPROVED, by="m.weber")
    world.until("2026-04-14")
    assert world.diary[-1] == "2026-04-13 hand_off plan-b-approved"


def test_a_minor_reason_put_right_leaves_plan_b_alone() -> None:
    world = contested(reason="invoice_not_received", key="d1")
    world.says("2026-02-07", MessageType.DISPUTE_SETTLED, ref="d1")
    world.until("2026-04-10")

    assert world.diary[-1] == "2026-03-17 hand_off plan-b"


def test_a_deadline_that_passed_goes_to_the_owner_and_then_to_the_supervisor() -> None:
    """P19: due on Friday the 20th; nobody is asked that day, the owner on Monday."""
    world = Story(policy=WATCHED).until("2026-02-05")
    world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED, reason="goods")
    world.until("2026-02-20")
    assert world.since("2026-02-06") == []
    world.until("2026-03-31")

    assert world.since("2026-02-06")[:2] == [
        "2026-02-23 ask_person dispute-1-overdue",
        "2026-03-09 ask_person dispute-1-supervisor",
    ]
    asked = next(deed for deed in world.deeds if deed.step == "dispute-1-overdue")
    assert "ann should settle it now" in asked.why


def test_who_is_asked_about_an_overdue_part_goes_on_chasing_the_rest() -> None:
    world = Story(policy=WATCHED).until("2026-02-05")
    world.says(
        "2026-02-06 12:00", MessageType.DISPUTE_OPENED, "300.00", reason="goods", owner="bob"
    )
    world.until("2026-02-25")

    assert world.since("2026-02-09") == [
        "2026-02-09 remind second",
        "2026-02-12 call_task call",
        "2026-02-12 notify_sales sales",
        "2026-02-19 demand_letter formal",
        "2026-02-19 hold_credit credit-hold",
        "2026-02-23 ask_person dispute-1-overdue",
    ]
    assert world.deeds[-1].why == (
        "the dispute about 300.00 EUR should have been settled by 2026-02-20: "
        "bob should settle it now"
    )


def test_a_dispute_that_names_its_day_is_watched_under_every_policy() -> None:
    world = contested(day="2026-02-10", policy=UNWATCHED).until("2026-02-11")
    assert world.since("2026-02-06") == ["2026-02-11 ask_person dispute-1-overdue"]

    unwatched = contested(policy=UNWATCHED).until("2026-03-08")
    assert unwatched.since("2026-02-06") == []


@pytest.mark.parametrize(
    ("stated", "deadline"),
    [
        ("2026-02-05", "2026-02-20"),
        ("2026-02-06", "2026-02-06"),  # the day on which it is said
        ("2026-02-07", "2026-02-07"),
        ("2027-02-07", "2027-02-07"),  # a year and a day later
        ("2027-02-08", "2026-02-20"),
        ("2100-01-01", "2026-02-20"),  # whose holidays nobody knows
    ],
)
def test_a_deadline_in_the_past_or_far_away_is_no_deadline_but_the_dispute_counts(
    stated: str, deadline: str
) -> None:
    world = contested(day=stated)

    assert str(world.case.disputes[0].deadline) == deadline
    assert world.case.undisputed == 0


@pytest.mark.parametrize(
    ("end", "amount", "left"),
    [("for_us", "", 100000), ("for_customer", "", 70000), ("split", "120.50", 87950)],
)
def test_what_is_conceded_is_credited_and_the_rest_goes_on(
    end: str, amount: str, left: int
) -> None:
    """P41: 300 of 1,000 were contested; the second reminder comes next, not the first."""
    world = contested("300.00", key="d1")
    assert (
        world.says("2026-02-16 12:00", MessageType.DISPUTE_SETTLED, amount, ref="d1", reason=end)
        == ""
    )
    world.until("2026-02-20")

    assert world.case.open == left
    assert world.case.settled_disputes[0].ended == end
    assert world.case.settled_disputes[0].conceded == 100000 - left
    assert [line for line in world.since("2026-02-17") if "polite" in line] == []


@pytest.mark.parametrize(
    ("end", "amount", "refusal"),
    [
        ("for_us", "10.00", "settled for us, nothing is conceded; say split"),
        ("split", "", "say how much of 300.00 EUR is conceded"),
        ("split", "300.01", "no more than 300.00 EUR can be conceded"),
        ("for_customer", "1000.00", "no more than 300.00 EUR can be conceded"),
    ],
)
def test_nothing_is_conceded_beyond_what_was_contested(end: str, amount: str, refusal: str) -> None:
    world = contested("300.00")
    said = world.says("2026-02-16", MessageType.DISPUTE_SETTLED, amount, reason=end)

    assert said == refusal
    assert len(world.case.disputes) == 1


def test_no_more_is_conceded_than_is_still_open() -> None:
    world = contested("300.00")
    world.says("2026-02-10", MessageType.PAYMENT, "900.00")
    assert world.says("2026-02-11", MessageType.DISPUTE_SETTLED, reason="for_customer") == ""

    assert world.case.credited == 10000
    assert world.case.open == 0


def test_a_missing_invoice_gives_nothing_away_without_a_figure() -> None:
    world = contested(reason="invoice_not_received")
    world.says("2026-02-11", MessageType.DISPUTE_SETTLED, reason="for_customer")

    assert world.case.open == 100000


def test_what_was_conceded_can_be_taken_back_like_a_credit_note() -> None:
    world = contested("300.00")
    world.says("2026-02-10", MessageType.DISPUTE_SETTLED, reason="for_customer", key="s1")
    assert world.says("2026-02-11", MessageType.CREDIT_NOTE_CANCELLED, ref="s1") == ""

    assert world.case.open == 100000


def test_two_disputes_are_counted_and_settled_each_by_itself() -> None:
    world = contested("200.00", key="d1")
    world.says("2026-02-07", MessageType.DISPUTE_OPENED, "100.00", key="d2", reason="price")
    assert world.case.disputed == 30000
    world.says("2026-02-08", MessageType.DISPUTE_SETTLED, ref="d1", reason="for_customer")

    assert [(d.key, d.number) for d in world.case.disputes] == [("d2", 2)]
    assert world.case.open_money == Money(80000, "EUR")
    assert world.case.undisputed == 70000


def test_the_ladder_goes_on_from_the_settlement_and_says_so() -> None:
    """A minor reason held nothing still, so it moves nothing."""
    world = contested(key="d1").until("2026-03-03")
    world.says("2026-03-04 12:00", MessageType.DISPUTE_SETTLED, ref="d1")
    assert world.next.at == world.now
    assert world.next.why == "due+5 is 2026-02-09; caught up on 2026-03-04"

    minor = contested(reason="invoice_error", key="d1")
    before = minor.case.released_at
    minor.says("2026-02-06 13:00", MessageType.DISPUTE_SETTLED, ref="d1")
    assert minor.case.released_at == before


def test_a_minor_reason_does_not_shield_what_a_major_one_contests() -> None:
    world = contested("200.00")
    world.says("2026-02-07", MessageType.DISPUTE_OPENED, "900.00", reason="invoice_error")

    assert world.case.disputed == 20000
