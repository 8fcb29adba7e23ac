"""What an application needs and does not find."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """What an application needs and does not find."""

    ADDRESS = "address"
    LEDGER = "ledger"
    MIGRATION = "migration"
    TEMPORAL = "temporal"
    PORT = "port"
    PUBLIC_ADDRESS = "public_address"


class NotReadyError(RuntimeError):
    """Something that is needed does not run; the text says what is wrong.

    Attributes:
        missing: which part it is.
    """

    def __init__(self, missing: Missing, text: str) -> None:
        super().__init__(text)
        self.missing = missing
