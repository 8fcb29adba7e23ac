"""What was written off or credited bears no interest, as if it had never been asked for."""

import pytest

from domain.message_types import MessageType
from tests.domain.charges.test_costs import GERMAN, asked, policy
from tests.stories.story import Story


@pytest.mark.parametrize("kind", [MessageType.WRITE_OFF, MessageType.CREDIT_NOTE])
def test_interest_is_asked_for_on_what_is_left(kind: MessageType) -> None:
    """600 from 5 February to 20 March, at 10.27 %: 44 days."""
    world = Story(policy=policy(GERMAN))
    world.says("2026-02-05", MessageType.PAYMENT, "100.00", key="p")
    assert world.says("2026-02-20", kind, "300.00", key="less") == ""
    found = asked(world.until("2026-03-20"), "2026-03-20")

    assert found.principal.plain == "600.00"
    interest = [line.amount.plain for line in found.lines if line.name == "interest"]
    assert interest == ["7.43"]


def test_a_fee_by_percent_is_of_what_is_open_then() -> None:
    world = Story(policy=policy(GERMAN))
    world.says("2026-02-20", MessageType.WRITE_OFF, "300.00")
    found = asked(world.until("2026-03-20"), "2026-03-20")
    assert [line.amount.plain for line in found.lines if line.name == "fee"] == ["5.00", "7.00"]


def test_all_that_comes_on_an_invoice_that_was_credited_whole_is_a_surplus() -> None:
    world = Story(policy=policy(GERMAN))
    world.says("2026-02-05", MessageType.CREDIT_NOTE, "1000.00", key="note")
    world.says("2026-02-06", MessageType.PAYMENT, "50.00", key="p")

    assert (world.case.open, world.case.surplus) == (0, 5000)
    assert asked(world, "2026-03-20").lines == ()


def test_who_pays_to_the_cent_after_a_write_off_owes_nothing() -> None:
    world = Story(policy=policy())
    world.says("2026-02-06", MessageType.WRITE_OFF, "300.00", key="w")
    world.says("2026-02-07", MessageType.PAYMENT, "699.99", key="p1")
    assert world.case.open == 1
    world.says("2026-02-08", MessageType.PAYMENT, "0.01", key="p2")
    assert (world.case.open, world.case.surplus) == (0, 0)
