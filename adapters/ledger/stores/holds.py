"""Holds in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.holds import Hold
from adapters.ledger.cases import holds
from domain.case.model import Message


class SqlHoldStore:
    """What is stopped now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stop(self, scope: str, by: str) -> bool:
        """Stop everything, or one creditor's; False if it was so already."""
        return holds.set_hold(self._engine, scope, on=True, by=by)

    def let_go(self, scope: str, until: datetime, told: Message) -> tuple[str, ...] | None:
        """End a hold and mark the cases that wait because of it; None if there was none."""
        return holds.end_hold(self._engine, scope, until, told)

    def holds(self) -> tuple[Hold, ...]:
        """List everything that is stopped now."""
        return holds.holds(self._engine)

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        holds.agree_to_live(self._engine, by)
