"""Whether a customer can be written to at all: said when a case is opened."""

from __future__ import annotations

from domain.parties.people import EMAIL, Debtor
from domain.policy.model import Policy


def why_unreachable(debtor: Debtor, policy: Policy) -> str:
    """Why no message of a policy can reach a customer; empty if one can."""
    channels = {channel for step in policy.steps if step.is_message for channel in step.channels}
    if not channels or any(debtor.reach(channel) for channel in channels):
        return ""
    if any(debtor.point(channel) for channel in channels) or debtor.others:
        return f"no way to {debtor.id} that works and is wanted is known"
    lacking = "no e-mail address" if channels == {EMAIL} else "no e-mail address or phone number"
    return f"{lacking} of {debtor.id} is known"
