"""Errors of the ledger, told without what stands in its rows.

An error travels: into the worker's log, and as an activity's failure into Temporal's history, where
no erasure reaches it. PostgreSQL quotes the row that it refuses, with address and name.
"""

from __future__ import annotations

import re
from typing import Any

_NAMES_ONLY = ("08", "23", "25", "28", "40", "42", "53", "54", "55", "57", "58")
"""Classes of SQLSTATE whose first line names tables, columns and constraints, never a value."""

_VALUE = re.compile(r"""(["']).*\1""", re.DOTALL)


def without_rows(context: Any) -> None:
    """Cut what the driver quotes from an error, and from the one that SQLAlchemy makes of it.

    Meant as a listener of SQLAlchemy's event ``handle_error``.
    """
    error = context.original_exception
    told = _told(error)
    if told is None:
        return
    error.args = (told,)
    if context.sqlalchemy_exception is not None:
        kind = type(error)
        context.sqlalchemy_exception.args = (f"({kind.__module__}.{kind.__name__}) {told}",)


def _told(error: BaseException) -> str | None:
    """What may be told of a driver's error; None if it is no driver's."""
    if not hasattr(error, "diag"):
        return None
    state = error.diag.sqlstate or getattr(error, "sqlstate", None) or ""
    line = (error.diag.message_primary or str(error)).partition("\n")[0]
    if error.diag.message_primary and not state.startswith(_NAMES_ONLY):
        line = _VALUE.sub("…", line)
    return f"{line} ({state})" if state else line
