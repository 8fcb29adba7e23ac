"""Takes in confirmations by the links of letters (P02)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from adapters.ledger.inbound.receipts import confirm


class Confirmations:
    """Takes in that customers have confirmed messages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def confirm(self, message_id: str, at: datetime) -> bool:
        """Record that a message was confirmed, once; False if there is no such message."""
        return confirm(self._engine, message_id, at)
