"""What is promised or offered below the tolerance: nothing of it may be missing."""

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story


def agreed(kind: MessageType, amount: str, paid: str = "") -> Story:
    """An invoice of 1,000.00, due on 4 February; less than 0.50 is not chased."""
    world, said_at = Story(), "2026-02-06 11:00"
    assert world.says(said_at, kind, amount, "2026-02-12", approved_by="m.weber") == ""
    if paid:
        assert world.says("2026-02-10", MessageType.PAYMENT, paid) == ""
    return world.until("2026-02-14")


@pytest.mark.parametrize(
    ("amount", "paid", "state"),
    [
        ("0.01", "", PromiseState.BROKEN),
        ("0.01", "0.01", PromiseState.KEPT),
        ("0.49", "0.48", PromiseState.IN_PART),
        ("0.49", "0.49", PromiseState.KEPT),
        ("0.50", "0.01", PromiseState.KEPT),  # so little as is missing is not chased
        ("0.50", "", PromiseState.BROKEN),
    ],
)
def test_a_promise_below_the_tolerance_is_kept_by_its_money_alone(
    amount: str, paid: str, state: PromiseState
) -> None:
    """B2, B3: what is accepted has its effect; nobody has kept a word by doing nothing."""
    world = agreed(MessageType.PROMISE, amount, paid)

    assert state_of(world.case, world.case.promises[0], world.now) is state
    words = [line for line in world.diary if "promise-broken" in line]
    assert words == ([] if state is PromiseState.KEPT else ["2026-02-13 remind promise-broken-1"])
    assert "2026-02-06 acknowledge agreement-1-confirmed" in world.diary


@pytest.mark.parametrize(
    ("amount", "paid", "outcome"),
    [
        ("0.20", "", None),
        ("0.20", "0.19", None),
        ("0.20", "0.20", Outcome.PAID),
        ("0.49", "0.48", None),
        ("0.50", "0.01", Outcome.PAID),
        ("0.50", "", None),
    ],
)
def test_an_offer_below_the_tolerance_settles_nothing_unpaid(
    amount: str, paid: str, outcome: Outcome | None
) -> None:
    """Whoever pays nothing has taken no offer: the invoice is not let go."""
    assert agreed(MessageType.SETTLEMENT, amount, paid).case.outcome is outcome
