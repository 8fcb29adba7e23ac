"""Views that people keep, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.console.views import SavedView
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.console import console_view

_V = console_view.c


class SqlSavedViewStore:
    """The views of each person."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def views(self, creditor: str, person: str) -> tuple[SavedView, ...]:
        """List a person's views, by name."""
        mine = (_V.creditor == creditor) & (_V.name == person)
        columns = (_V.label, _V.part, _V.by_what, _V.sought)
        with reading(self._engine) as connection:
            rows = connection.execute(select(*columns).where(mine).order_by(_V.label))
            return tuple(
                SavedView(label=row.label, view=row.part, order=row.by_what, sought=row.sought)
                for row in rows
            )

    def keep(self, creditor: str, person: str, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced."""
        told = {"part": view.view, "by_what": view.order, "sought": view.sought}
        whose = {"creditor": creditor, "name": person, "label": view.label}
        row = insert(console_view).values(**whose, **told)
        with self._engine.begin() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=list(whose), set_=told))

    def forget(self, creditor: str, person: str, label: str) -> None:
        """Forget a view, if there is one of that name."""
        mine = (_V.creditor == creditor) & (_V.name == person) & (_V.label == label)
        with self._engine.begin() as connection:
            connection.execute(delete(console_view).where(mine))
