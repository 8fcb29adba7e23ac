"""The ledger's tables; Alembic compares them with what the migrations make."""

from adapters.ledger.tables import cases, desk, money, outbound, people, webhooks
from adapters.ledger.tables.base import METADATA

__all__ = ["METADATA", "cases", "desk", "money", "outbound", "people", "webhooks"]
