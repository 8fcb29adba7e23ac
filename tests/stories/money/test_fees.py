"""Late fees come after the word that announces them, and never twice (P24)."""

from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

POLICY = parse_policy(
    """
name = "fees"
calendar = { window = "09:00-17:00", working_days_only = false }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
deadline_days = 5
[[step]]
id = "fee-1"
on = "due+8"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "firm"
on = "due+14"
do = "demand_letter"
[[step]]
id = "fee-2"
on = "due+15"
do = "fee"
amount = { EUR = "10.00" }
"""
)


def test_a_late_import_charges_nothing_before_its_first_word_and_its_deadline() -> None:
    """Opened half a year late: one level at a time, and each fee after the message before it."""
    world = Story(policy=POLICY, opened="2026-07-01").until("2026-07-20")

    assert world.diary == [
        "2026-07-01 remind polite",
        "2026-07-07 fee fee-1",
        "2026-07-07 demand_letter firm",
        "2026-07-09 fee fee-2",
    ]


def test_on_time_each_fee_comes_on_its_day() -> None:
    world = Story(policy=POLICY).until("2026-02-25")

    assert world.since("2026-02-05") == [
        "2026-02-05 remind polite",
        "2026-02-12 fee fee-1",
        "2026-02-18 demand_letter firm",
        "2026-02-20 fee fee-2",
    ]


def test_who_has_paid_the_principal_is_charged_no_further_fee() -> None:
    world = Story(policy=POLICY)
    world.says("2026-02-12 08:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert [deed for deed in world.deeds if deed.charged] == []
