"""Where a case stands: the same whether it is put together at once or step by step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case.model import Deed
from domain.decision.state import CaseState
from domain.message_types import ActionType, MessageType
from domain.parties.customer import Customer
from tests.stories.story import Story


def anew(state: CaseState) -> CaseState:
    """The same facts, as a ledger reads them."""
    return replace(state)


def test_from_another_instant_other_things_are_due() -> None:
    """Due on 4 February: on the 5th the first reminder is due, on the 9th the second."""
    state = Story().until("2026-02-05").state
    later = state.at(state.now + timedelta(days=10))

    assert later.now == state.now + timedelta(days=10)
    assert later.next_action == anew(later).next_action
    assert later.statement.day == state.statement.day + timedelta(days=10)


def test_a_customer_who_is_known_better_is_another_customer() -> None:
    state = Story().until("2026-02-05").state
    silent = state.seen(state.now, Customer(do_not_contact=True))

    assert silent.next_action == anew(silent).next_action
    assert silent.next_action != state.next_action


def test_a_case_that_is_looked_at_again_is_the_same() -> None:
    state = Story().until("2026-02-05").state
    assert state.at(state.now) is state


@pytest.mark.parametrize("charged", [0, 500])
def test_after_a_deed_it_stands_as_the_ledger_will_read_it(charged: int) -> None:
    """C6: what a deed has charged counts at once, and with it what money has paid of it."""
    world = Story()
    world.says("2026-02-10 10:00", MessageType.PAYMENT, "400.00")
    at = world.at("2026-02-10 10:00")
    done = world.state.done(Deed(step="fee", do=ActionType.FEE, at=at, charged=charged))

    assert done.folded == anew(done).folded
    assert done.next_action == anew(done).next_action
