"""The one way rows are added: once, and knowing whether it was this time."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert


def added(connection: Connection, table: Table, **values: object) -> bool:
    """Add a row unless its key is there; whether it was added.

    Asked by RETURNING: the row count of ON CONFLICT DO NOTHING is -1 under this driver.
    """
    row = insert(table).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(*table.primary_key)).first() is not None
