"""Cursors that say what their columns are only when someone asks.

A profile of one look at a case showed a quarter of its time in descriptions of columns: the driver
makes them anew for each statement, and SQLAlchemy reads them only the first time that it sees one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from psycopg import Column, Cursor


class LazyCursor(Cursor[Any]):
    """The driver's cursor, but for when it describes its columns."""

    @property
    def description(self) -> Any:
        """The columns of the current result; None if it has none."""
        result = self.pgresult
        if result is None or not result.nfields:
            return super().description
        return _Columns(self, result.nfields)


class _Columns(Sequence[Column]):
    """The columns of a result, described when one of them is asked for."""

    def __init__(self, cursor: LazyCursor, count: int) -> None:
        self._cursor, self._count = cursor, count
        self._known: list[Column] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Column: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Column]: ...

    def __getitem__(self, place: int | slice) -> Column | Sequence[Column]:
        if self._known is None:
            self._known = [Column(self._cursor, number) for number in range(self._count)]
        return self._known[place]
