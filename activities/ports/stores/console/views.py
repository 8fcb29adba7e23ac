"""Views of the worklist and of the search that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A view under a name of one's own.

    Attributes:
        view: which part of the worklist; order: by what; both empty for a search.
        sought: the words of a search; empty for the worklist.
    """

    label: str
    view: str = ""
    order: str = ""
    sought: str = ""


class SavedViewStore(Protocol):
    """The views of each person."""

    def views(self, creditor: str, person: str) -> tuple[SavedView, ...]:
        """List a person's views, by name."""
        ...

    def keep(self, creditor: str, person: str, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced."""
        ...

    def forget(self, creditor: str, person: str, label: str) -> None:
        """Forget a view, if there is one of that name."""
        ...
