"""Holds in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.holds import Hold
from adapters.ledger.cases import holds


class SqlHoldStore:
    """What is stopped now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def switch(self, scope: str, *, on: bool, by: str = "") -> bool:
        """Stop or release everything, or one creditor's; False if it was so already."""
        return holds.set_hold(self._engine, scope, on=on, by=by)

    def holds(self) -> tuple[Hold, ...]:
        """List everything that is stopped now."""
        return holds.holds(self._engine)

    def agree_to_live(self, by: str) -> None:
        """Remember who agreed that messages really leave this installation."""
        holds.agree_to_live(self._engine, by)
