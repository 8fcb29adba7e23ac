"""What a program may do that uses the gateway: each key has one role."""

from enum import StrEnum


class KeyRole(StrEnum):
    """What a key may do beside looking; pinned, for ledgers hold these words."""

    BILLING = "billing"
    COLLECTOR = "collector"
    READER = "reader"
