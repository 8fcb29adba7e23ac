"""The service for the creditor's team, who do what waits (P81)."""

from __future__ import annotations

from activities.ports.clock import Clock
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.team import TeamStore
from domain.parties.team import Colleague, Role, Team, colleague_name, is_present


class TeamService:
    """Keeps who is in the team and present, and who looks after which customer."""

    def __init__(self, team: TeamStore, clock: Clock) -> None:
        self._team = team
        self._clock = clock

    def list(self, creditor: str) -> Team:
        """List the team: who is there, and how many open tasks each has."""
        return self._team.members(creditor)

    def show(self, creditor: str, name: str) -> Colleague:
        """Show a colleague.

        Raises:
            NotKnownError: if there is none of that name.
        """
        found = next((one for one in self.list(creditor) if one.name == name), None)
        if found is None:
            raise _unknown(creditor, name)
        return found

    def add(self, creditor: str, name: str, role: Role) -> Colleague:
        """Add a colleague, or give one another role.

        Raises:
            DomainError: if that is no name.
        """
        kept = colleague_name(name)
        self._team.put(creditor, kept, role)
        return self.show(creditor, kept)

    def away(self, creditor: str, name: str) -> int:
        """Note that a colleague is not there; answers how many open tasks others got.

        Raises:
            NotKnownError: if there is no such colleague.
        """
        moved = self._team.set_away(creditor, name, self._clock())
        if moved is None:
            raise _unknown(creditor, name)
        return moved

    def back(self, creditor: str, name: str) -> Colleague:
        """Note that a colleague is there again; what others took up stays with them.

        Raises:
            NotKnownError: if there is no such colleague.
        """
        if not self._team.set_back(creditor, name):
            raise _unknown(creditor, name)
        return self.show(creditor, name)

    def remove(self, creditor: str, name: str) -> int:
        """Take a colleague out of the team; answers how many open tasks others got.

        Raises:
            NotKnownError: if there is no such colleague.
        """
        moved = self._team.remove(creditor, name, self._clock())
        if moved is None:
            raise _unknown(creditor, name)
        return moved

    def set_owner(self, creditor: str, customer: str, name: str) -> None:
        """Say who looks after a customer; an empty name means nobody in particular.

        Raises:
            NotKnownError: if there is no such colleague or customer.
        """
        if name:
            self.show(creditor, name)
        if not self._team.set_owner(creditor, customer, name):
            raise NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")

    def owner(self, creditor: str, customer: str) -> str:
        """Name who looks after a customer; empty if nobody does."""
        return self._team.owner(creditor, customer)

    def is_present(self, creditor: str, name: str) -> bool:
        """Tell whether a colleague is there, so that new tasks go to them."""
        return is_present(self.list(creditor), name)


def _unknown(creditor: str, name: str) -> NotKnownError:
    return NotKnownError(Sought.COLLEAGUE, f"{creditor} has no colleague {name}")
