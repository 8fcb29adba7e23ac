"""What the ledger knows of agencies: which has which case, and the money that each reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.agencies.money import AgencyMoney
from domain.ids import AgencyReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A case that was given to an agency.

    Attributes:
        agency: its short name; ``agency`` for the installation's one, empty after an erasure.
        at: when (UTC).
        ref: the agency's own id of the case, where it told one.
    """

    case: str
    agency: str
    at: datetime
    ref: str = ""


class AgencyStore(Protocol):
    """Placements and agencies' money, read without any lock."""

    def creditors(self) -> tuple[str, ...]:
        """List the creditors that are described, by id."""
        ...

    def placements(self, case_id: str) -> tuple[Placed, ...]:
        """List to whom a case was given, the oldest first."""
        ...

    def placed(self, creditor: str, agency: str, after: str, limit: int) -> tuple[Placed, ...]:
        """List a creditor's cases whose last placement is with an agency, by case id.

        Without an agency: with any.
        """
        ...

    def known_as(self, creditor: str, agency: str, ref: str) -> tuple[str, ...]:
        """List the cases that an agency was given and calls by that id of its own."""
        ...

    def money(self, case_id: str) -> tuple[AgencyMoney, ...]:
        """List the money that agencies reported of a case, in the order of its instants."""
        ...

    def in_ledger(self, case_id: str, agency: str) -> int:
        """Add up the payments that an agency collected for a case, less those taken back."""
        ...

    def cases_with_money(self, creditor: str, after: str, limit: int) -> tuple[str, ...]:
        """List the cases of which agencies reported money, by id, after that one."""
        ...

    def report(self, creditor: str, agency: str, report_id: str) -> AgencyMoney | None:
        """Read one report; None if there is none."""
        ...

    def first_reported(self, creditor: str, former: str) -> AgencyReportId | None:
        """Find the first report whose payment older releases booked under an id; None if none."""
        ...

    def add(self, creditor: str, report: AgencyMoney) -> bool:
        """Keep a report once; False if one of its id is there."""
        ...
