"""Paths of our gateway at which Twilio reaches us."""

from __future__ import annotations

from urllib.parse import quote

SMS = "/hooks/twilio/sms"
INBOUND = "/hooks/twilio/inbound"
VOICE = "/hooks/twilio/voice"
DETAILS = "/hooks/twilio/voice/details"
KEY_ANSWERS = "/hooks/twilio/voice/keys"
ANSWERED = "/hooks/twilio/voice/answered"

OVERRIDES = "#rc=3&rp=5xx,ct,rt"
"""Three retries, also when we answer 5xx or too late; else Twilio gives news up after one."""


def twilio_address(public_url: str, path: str, message_id: str) -> str:
    """Make one of our addresses with our id of a message."""
    return f"{public_url}{path}?m={quote(message_id, safe='')}"
