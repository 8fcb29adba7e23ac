"""Who contests on the page, in an answer or on the phone reads that it was received, and its end.

It is a receipt for what the customer has just said, and no chase (P41, P42).
"""

from dataclasses import replace

import pytest

from domain.message_types import MessageType
from domain.policy.contact_rules import ContactRules
from domain.policy.model import DisputeRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.several import Several
from tests.stories.story import Story

STANDARD = standard_policy()
RECEIVED = "acknowledge dispute-1-received"


def contested(channel: str, policy: Policy = STANDARD, *, amount: str = "") -> Story:
    """A customer who contests on 6 February, a day after the first reminder."""
    world = Story(policy=policy).until("2026-02-05")
    kind = MessageType.DISPUTE_OPENED
    said = world.says("2026-02-06 12:00", kind, amount, reason="goods", channel=channel)
    assert said == ""
    return world


def receipts(world: Story) -> list[str]:
    """The receipts in a story's diary."""
    return [line for line in world.diary if "received" in line]


@pytest.mark.parametrize("channel", ["page", "email", "phone"])
def test_who_said_it_reads_once_that_it_was_received(channel: str) -> None:
    world = contested(channel).until("2026-02-20")

    assert receipts(world) == [f"2026-02-06 {RECEIVED}"]


def test_what_the_billing_system_records_is_not_answered_by_itself() -> None:
    assert receipts(contested("").until("2026-02-20")) == []


def test_a_policy_may_answer_nobody() -> None:
    silent = replace(STANDARD, disputes=DisputeRules(watched=True, acknowledge=False))

    assert receipts(contested("page", silent).until("2026-02-20")) == []


def test_the_quiet_after_a_talk_does_not_hold_the_receipt_of_that_talk() -> None:
    quiet = replace(STANDARD, contact=ContactRules(quiet_days=7))
    world = Story(policy=quiet).until("2026-02-05")
    kind = MessageType.CALL_RESULT
    assert world.says("2026-02-06 12:00", kind, ref="goods", reason="disputed") == ""

    assert receipts(world.until("2026-02-20")) == [f"2026-02-06 {RECEIVED}"]


def test_a_dispute_that_is_over_before_its_receipt_leaves_gets_the_decision_alone() -> None:
    world = Story(policy=STANDARD).until("2026-02-05")
    opened, settled = MessageType.DISPUTE_OPENED, MessageType.DISPUTE_SETTLED
    assert world.says("2026-02-06 19:00", opened, reason="goods", channel="page") == ""
    assert world.says("2026-02-06 19:30", settled, reason="for_us") == ""
    world.until("2026-02-20")

    assert receipts(world) == []
    assert [line for line in world.diary if "remind" in line and line > "2026-02-06"]


def test_its_end_is_told_although_nothing_is_left_to_pay() -> None:
    told, silent = contested("page"), contested("")
    for world in (told, silent):
        settled = MessageType.DISPUTE_SETTLED
        assert world.says("2026-02-10 12:00", settled, reason="for_customer") == ""
        world.until("2026-02-20")

    assert "2026-02-10 acknowledge thanks" in told.diary
    assert "thanks" not in " ".join(silent.diary)


def test_who_says_it_twice_before_its_receipt_leaves_gets_one() -> None:
    world, opened = contested("page"), MessageType.DISPUTE_OPENED
    assert world.says("2026-02-06 12:05", opened, reason="goods", channel="page") == ""
    assert receipts(world.until("2026-02-09")) == [f"2026-02-06 {RECEIVED}"]
    assert world.says("2026-02-10 12:00", opened, reason="price", channel="page") == ""

    assert receipts(world.until("2026-02-20")) == [
        f"2026-02-06 {RECEIVED}",
        "2026-02-10 acknowledge dispute-3-received",
    ]


def test_what_is_contested_on_several_invoices_in_one_evening_is_received_in_one_letter() -> None:
    home = Several(STANDARD)
    for due in ("2026-02-02", "2026-02-03", "2026-02-04"):
        home.opens("2026-01-20 12:00", due)
    kind = MessageType.DISPUTE_OPENED
    for number in home.cases:
        home.says("2026-02-10 20:00", number, kind, channel="page", reason="goods")
    home.until("2026-02-20 09:00")

    assert [line for line in home.messages if line > "2026-02-10 20"] == [
        "2026-02-11 09:00 R-1 R-2 R-3"
    ]
