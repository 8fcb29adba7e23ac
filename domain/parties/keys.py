"""What a program may do that uses the gateway: each key has one role."""

from enum import StrEnum


class KeyRole(StrEnum):
    """What a key may do beside looking; pinned, for ledgers hold these words.

    Attributes:
        AGENCY: sees the cases that were placed with the agency that its label names, and nothing
            else; reports news and money of them.
        ASSISTANT: looks, and proposes to a person of the team; opens nothing but the assistant.
    """

    BILLING = "billing"
    COLLECTOR = "collector"
    READER = "reader"
    AGENCY = "agency"
    ASSISTANT = "assistant"
