"""What is missing of each instalment: money covers them in their order."""

import pytest

from domain.agreements.status import missing_of
from domain.message_types import MessageType
from tests.stories.story import Story


def in_thirds(*paid: str) -> Story:
    """EUR 1,000 in three monthly parts, and so much that came since."""
    world = Story()
    assert not world.says(
        "2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly"
    )
    for number, amount in enumerate(paid):
        world.says(f"2026-02-{10 + number}", MessageType.PAYMENT, amount, key=f"p{number}")
    return world


@pytest.mark.parametrize(
    ("paid", "missing"),
    [
        ([], [33333, 33333, 33334]),
        (["333.32"], [1, 33333, 33334]),
        (["333.33"], [0, 33333, 33334]),
        (["400.00"], [0, 26666, 33334]),
        (["333.33", "333.33"], [0, 0, 33334]),
        (["700.00"], [0, 0, 30000]),
        (["1000.00"], [0, 0, 0]),
    ],
)
def test_what_is_missing_is_known_to_the_cent(paid: list[str], missing: list[int]) -> None:
    world = in_thirds(*paid)
    assert [missing_of(world.case, world.case.plans[0], n) for n in range(3)] == missing


def test_what_the_invoice_has_grown_by_since_is_missing_of_no_instalment() -> None:
    world = in_thirds("333.33")
    world.says("2026-02-12", MessageType.INVOICE_CORRECTED, "1200.00", key="more")
    missing = [missing_of(world.case, world.case.plans[0], n) for n in range(3)]

    assert world.case.open == 86667
    assert missing == [0, 33333, 33334]
