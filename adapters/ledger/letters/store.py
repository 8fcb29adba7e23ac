"""The changes of letters in PostgreSQL, read without any lock."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.letters.changes import EndedChange
from adapters.ledger.core.engine import reading
from adapters.ledger.letters.rows import (
    change_of,
    ended_change_of,
    ended_of,
    reached,
    waiting_about,
)
from domain.contact.letter_changes import KeptChange


class SqlLetterChangeStore:
    """The changes of letters of all accounts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, creditor: str, customer: str, case_id: str) -> KeptChange | None:
        """Find the newest change about a letter that speaks of a case, if it did not end."""
        query = waiting_about([case_id], (creditor, customer))
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return change_of(rows[-1]) if rows else None

    def ended(self, case_id: str) -> tuple[EndedChange, ...]:
        """List the changes that were made from a case and ended, newest first."""
        with reading(self._engine) as connection:
            return tuple(map(ended_change_of, connection.execute(ended_of(case_id)).mappings()))

    def was_written_to(self, creditor: str, customer: str) -> bool:
        """Tell whether any message ever reached a customer."""
        with reading(self._engine) as connection:
            return bool(connection.execute(reached(creditor, customer)).scalar())
