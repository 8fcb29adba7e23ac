"""A ladder whose messages know two channels, and which way each of them went."""

from dataclasses import replace

from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

BOTH = parse_policy(
    """
name = "both"
minimum_gap_days = 2
[[step]]
id = "confirm-receipt"
on = "issued+3"
do = "confirm"
channels = ["email", "sms"]
[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email", "sms"]
[[step]]
id = "second"
on = "due+5"
do = "remind"
channels = ["email", "sms"]
[[step]]
id = "call"
on = "due+8"
do = "call_task"
[[step]]
id = "formal"
on = "due+15"
do = "demand_letter"
channels = ["email", "sms"]
deadline_days = 10
[plan_b]
on = "deadline+1"
do = "hand_off"
"""
)
SILENT = replace(BOTH, contact=replace(BOTH.contact, silence_days=10))
"""Due on 4 February; polite on the 5th, second on the 9th, call on the 12th, formal on the 19th."""


def ways(world: Story) -> list[tuple[str, str]]:
    """Which step went which way."""
    return [(deed.step, deed.channel) for deed in world.deeds if deed.is_message]
