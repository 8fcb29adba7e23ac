"""What all tables share: names of constraints, and columns for instants, words and money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, MetaData, Text, func, text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def words(name: str, *, primary_key: bool = False) -> Column[str]:
    """Make a column of text that is empty rather than missing."""
    if primary_key:
        return Column(name, Text, primary_key=True)
    return Column(name, Text, nullable=False, server_default=text("''"))


def instant_column(name: str, *, nullable: bool = False) -> Column[datetime]:
    """Make a column of an instant with its zone."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def recorded(name: str = "recorded_at") -> Column[datetime]:
    """Make the column of when the row was written, by the database's clock."""
    clock = func.clock_timestamp()
    return Column(name, DateTime(timezone=True), nullable=False, server_default=clock)


def minor(name: str, *, nullable: bool = False, default: int | None = None) -> Column[Any]:
    """Make a column of whole minor units of the row's currency."""
    start = None if default is None else text(str(default))
    return Column(name, BigInteger, nullable=nullable, server_default=start)
