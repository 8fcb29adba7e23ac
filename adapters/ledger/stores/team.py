"""The team of each creditor in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from adapters.ledger.tasks import team
from domain.parties.team import Role, Team


class SqlTeamStore:
    """The creditor's own people, and who looks after which customer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def members(self, creditor: str) -> Team:
        """List a creditor's people with how many open tasks each has."""
        return team.list_team(self._engine, creditor)

    def put(self, creditor: str, name: str, role: Role) -> None:
        """Add somebody to the team, or give them another role."""
        team.put_colleague(self._engine, creditor, name, role)

    def set_back(self, creditor: str, name: str) -> bool:
        """Note that somebody is there again; False if there is no such colleague."""
        return team.set_back(self._engine, creditor, name)

    def set_away(self, creditor: str, name: str, now: datetime) -> int | None:
        """Give the open tasks of somebody who is not there to others; answers how many."""
        return team.set_away(self._engine, creditor, name, now)

    def remove(self, creditor: str, name: str, now: datetime) -> int | None:
        """Take somebody out of the team and give their tasks to others; answers how many."""
        return team.remove(self._engine, creditor, name, now)

    def set_owner(self, creditor: str, customer: str, owner: str) -> bool:
        """Say who looks after a customer; an empty name takes it back. False if there is none."""
        owned = team.Owned(creditor=creditor, customer=customer, owner=owner)
        return team.set_owner(self._engine, owned)

    def owner(self, creditor: str, customer: str) -> str:
        """Read who looks after a customer; empty if nobody was named."""
        return team.owner_of(self._engine, creditor, customer)
