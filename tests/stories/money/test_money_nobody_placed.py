"""While a customer's money lies on the account nobody is chased for it, or a person is warned."""

from dataclasses import replace

import pytest

from domain.message_types import ActionType
from domain.parties.customer import Customer
from domain.policy.model import MoneyRules
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story


def wants(lies: int, *, currency: str = "EUR", rule: str = "hold") -> tuple[ActionType, str]:
    """What comes next on the day after the due date, with so much on the account."""
    world = Story(policy=replace(standard_policy(), money=MoneyRules(unallocated=rule)))
    world.until("2026-02-04")
    customer = Customer(unallocated=((currency, lies),))
    action = world.state.seen(world.now, customer).next_action
    return action.do, action.step


@pytest.mark.parametrize(
    ("lies", "step"), [(49, "polite"), (50, "review-1"), (51, "review-1"), (100000, "review-1")]
)
def test_from_the_smallest_sum_that_is_chased_it_holds_the_ladder(lies: int, step: str) -> None:
    """0.50 is worth a message, so 0.50 that came are worth a look first; a person is asked."""
    assert wants(lies)[1] == step


def test_money_in_another_currency_holds_nothing() -> None:
    assert wants(100000, currency="USD") == (ActionType.REMIND, "polite")


def test_a_policy_may_only_warn() -> None:
    assert wants(100000, rule="warn") == (ActionType.REMIND, "polite")
