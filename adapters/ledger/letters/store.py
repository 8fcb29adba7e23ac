"""The changes of letters in PostgreSQL, read without any lock."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.letters.changes import EndedChange
from adapters.ledger.core.engine import reading
from adapters.ledger.letters.rows import WAS_REACHED, ended_change_of, ended_of, waiting_about
from domain.contact.letter_changes import KeptChange


class SqlLetterChangeStore:
    """The changes of letters of all accounts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, creditor: str, customer: str, case_id: str) -> KeptChange | None:
        """Find the newest change about a letter that speaks of a case, if it did not end."""
        with reading(self._engine) as connection:
            found = waiting_about(connection, [case_id], (creditor, customer))
        return found[-1] if found else None

    def ended(self, case_id: str) -> tuple[EndedChange, ...]:
        """List the changes that were made from a case and ended, newest first."""
        with reading(self._engine) as connection:
            return tuple(map(ended_change_of, connection.execute(ended_of(case_id)).mappings()))

    def was_written_to(self, creditor: str, customer: str) -> bool:
        """Tell whether any message ever reached a customer."""
        with reading(self._engine) as connection:
            given = {"creditor": creditor, "customer": customer}
            return bool(connection.execute(WAS_REACHED, given).scalar())
