"""The companies that are owed, as every message describes its sender."""

from __future__ import annotations

from typing import Protocol

from domain.parties.people import Creditor


class CreditorChecks(Protocol):
    """What the data of a creditor must look like, so that letters can be written with it."""

    def wrong(self, company: Creditor) -> tuple[str, str] | None:
        """Name the first field that cannot be right, with the reason; None if nothing is wrong."""
        ...


class CreditorStore(Protocol):
    """What is known of creditors."""

    def put(self, company: Creditor) -> None:
        """Add a creditor, or replace what is known about it."""
        ...

    def creditor(self, creditor_id: str) -> Creditor | None:
        """Read a creditor; None if it was never described."""
        ...
