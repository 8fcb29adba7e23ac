"""The changes of letters to one customer in PostgreSQL, under the account's lock."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert

from activities.ports.letters.changes import ChangeEnding
from adapters.ledger.core.sql import added
from adapters.ledger.letters.rows import row_of, waiting_about
from adapters.ledger.tables.outbound import letter_change, letter_change_end
from domain.contact.letter_changes import KeptChange


class SqlLetterChanges:
    """The changes of letters of one account."""

    def __init__(self, connection: Connection, account: tuple[str, str]) -> None:
        self._connection = connection
        self._account = account

    def waiting(self, case_ids: Collection[str]) -> tuple[KeptChange, ...]:
        """List the changes about letters that speak of one of these cases, and did not end."""
        return waiting_about(self._connection, case_ids, self._account)

    def keep(self, change: KeptChange) -> None:
        """Keep a change."""
        row = row_of(change, *self._account)
        self._connection.execute(insert(letter_change).values(**row))

    def end(self, change_id: str, ending: ChangeEnding) -> None:
        """Keep how a change ended; what ended before stays as it ended."""
        added(
            self._connection,
            letter_change_end,
            change_id=change_id,
            how=ending.end.value,
            why=ending.why.value if ending.why else "",
            by_whom=ending.by,
            message_id=ending.message,
        )
