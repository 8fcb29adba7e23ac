"""Whoever contests an invoice hears once and soon that it was received, where wanted (P41)."""

from dataclasses import replace

import pytest

from domain.message_types import MessageType
from domain.policy.model import DisputeRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

TOLD = replace(standard_policy(), disputes=DisputeRules(watched=True, acknowledge=True))
RECEIVED = "acknowledge dispute-1-received"


def contested(
    policy: Policy = TOLD, reason: str = "goods", at: str = "2026-02-06 12:00", amount: str = ""
) -> Story:
    """A customer who contests on 6 February, a day after the first reminder."""
    world = Story(policy=policy).until("2026-02-05")
    assert world.says(at, MessageType.DISPUTE_OPENED, amount, reason=reason) == ""
    return world.until("2026-02-20")


def test_the_customer_hears_at_once_that_it_was_received_and_once_only() -> None:
    world = contested()

    assert [line for line in world.diary if "received" in line] == [f"2026-02-06 {RECEIVED}"]


def test_the_rest_is_chased_as_before() -> None:
    told, silent = contested(amount="190.00"), contested(standard_policy(), amount="190.00")

    assert f"2026-02-06 {RECEIVED}" in told.diary
    assert [line for line in told.diary if "received" not in line] == silent.diary


@pytest.mark.parametrize("reason", ["hardship", "invoice_not_received"])
def test_what_has_an_answer_of_its_own_is_not_acknowledged(reason: str) -> None:
    assert not [line for line in contested(reason=reason).diary if "received" in line]


def test_nobody_hears_it_where_the_policy_does_not_say_so() -> None:
    assert not [line for line in contested(standard_policy()).diary if "received" in line]
