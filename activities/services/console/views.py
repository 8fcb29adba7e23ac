"""The service for views that people keep for themselves."""

from __future__ import annotations

from dataclasses import replace

from activities.ports.stores.console.views import SavedView, SavedViewStore
from activities.services.console.looking import LONGEST_SEARCH
from domain.errors import DomainError

LONGEST_LABEL = 40
MOST_VIEWS = 20
"""Views of one person: more are found no faster than the customers themselves."""


class SavedViewService:
    """Keeps views of the worklist and of the search, each person's own."""

    def __init__(self, store: SavedViewStore) -> None:
        self._store = store

    def list(self, creditor: str, person: str) -> tuple[SavedView, ...]:
        """List a person's views, by name."""
        return self._store.views(creditor, person)

    def keep(self, creditor: str, person: str, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced.

        Raises:
            DomainError: if it has no name, or the person has too many.
        """
        label = " ".join(view.label.split())
        if not label or len(label) > LONGEST_LABEL or not label.isprintable():
            raise DomainError(f"name it in up to {LONGEST_LABEL} characters", field="label")
        known = {one.label for one in self.list(creditor, person)}
        if label not in known and len(known) >= MOST_VIEWS:
            raise DomainError(f"at most {MOST_VIEWS} views are kept; forget one", field="label")
        sought = " ".join(view.sought.split())[:LONGEST_SEARCH].replace("\0", "")
        self._store.keep(creditor, person, replace(view, label=label, sought=sought))

    def forget(self, creditor: str, person: str, label: str) -> None:
        """Forget a view, if there is one of that name."""
        self._store.forget(creditor, person, label)
