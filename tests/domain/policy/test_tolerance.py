"""What is too little to chase, in every currency: a sum of its own, or one by its decimals (A5)."""

from dataclasses import replace

import pytest

from domain.policy.policy_file import standard_policy
from domain.policy.tolerance import default_tolerance


@pytest.mark.parametrize(
    ("currency", "minor"),
    [
        ("EUR", 50),
        ("CAD", 75),
        ("JPY", 80),
        ("HUF", 20000),
        ("KWD", 150),
        ("MAD", 50),  # two decimals, and no sum of its own
        ("XAF", 50),  # none
        ("LYD", 200),  # three
    ],
)
def test_each_currency_has_a_smallest_sum(currency: str, minor: int) -> None:
    nothing_said = replace(standard_policy(), tolerance=())

    assert default_tolerance(currency) == minor
    assert nothing_said.smallest_chased(currency) == minor
