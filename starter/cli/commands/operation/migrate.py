"""The command `migrate`: the ledger's tables brought up to date."""

from __future__ import annotations

from adapters.config.settings import Settings
from starter.application import migrate_ledger
from starter.cli.output import say


def migrate() -> None:
    """Bring the ledger's tables up to date; harmless to repeat, and `up` does it by itself.

    Example: amicable migrate
    """
    migrate_ledger(Settings().database_url)
    say("The ledger is up to date.")
