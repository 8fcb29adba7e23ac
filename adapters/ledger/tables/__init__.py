"""The ledger's tables; Alembic compares them with what the migrations make."""

from adapters.ledger.tables import (
    archive,
    bank,
    cases,
    channels,
    console,
    desk,
    gateway,
    interest,
    money,
    outbound,
    page,
    people,
    watching,
    webhooks,
)
from adapters.ledger.tables.base import METADATA
from adapters.ledger.tables.credit import limits
from adapters.ledger.tables.trials import experiments

__all__ = [
    "METADATA",
    "archive",
    "bank",
    "cases",
    "channels",
    "console",
    "desk",
    "experiments",
    "gateway",
    "interest",
    "limits",
    "money",
    "outbound",
    "page",
    "people",
    "watching",
    "webhooks",
]
