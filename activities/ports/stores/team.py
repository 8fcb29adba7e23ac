"""The creditor's own people, and who looks after which customer."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.parties.team import Role, Team


class TeamStore(Protocol):
    """The collectors' team of each creditor."""

    def members(self, creditor: str) -> Team:
        """List a creditor's people with how many open tasks each has."""
        ...

    def put(self, creditor: str, name: str, role: Role) -> None:
        """Add somebody to the team, or give them another role."""
        ...

    def set_back(self, creditor: str, name: str) -> bool:
        """Note that somebody is there again; False if there is no such colleague."""
        ...

    def set_away(self, creditor: str, name: str, now: datetime) -> int | None:
        """Give the open tasks of somebody who is not there to others; answers how many.

        None if there is no such colleague.
        """
        ...

    def remove(self, creditor: str, name: str, now: datetime) -> int | None:
        """Take somebody out of the team and give their tasks to others; answers how many.

        None if there is no such colleague.
        """
        ...

    def set_owner(self, creditor: str, customer: str, owner: str) -> bool:
        """Say who looks after a customer; an empty name takes it back. False if there is none."""
        ...

    def owner(self, creditor: str, customer: str) -> str:
        """Read who looks after a customer; empty if nobody was named."""
        ...
