"""What the ledger knows of agencies, read without any lock."""

from __future__ import annotations

from sqlalchemy import Engine, select

from activities.ports.agencies.store import Placed
from adapters.ledger.agencies import placements
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.people import creditor
from domain.agencies.money import AgencyMoney
from domain.ids import AgencyReportId


class SqlAgencyStore:
    """Placements and agencies' money."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def creditors(self) -> tuple[str, ...]:
        """List the creditors that are described, by id."""
        with reading(self._engine) as connection:
            query = select(creditor.c.id).order_by(creditor.c.id)
            return tuple(connection.execute(query).scalars())

    def placements(self, case_id: str) -> tuple[Placed, ...]:
        """List to whom a case was given, the oldest first."""
        with reading(self._engine) as connection:
            return placements.placements_of(connection, case_id)

    def placed(self, creditor: str, agency: str, after: str, limit: int) -> tuple[Placed, ...]:
        """List a creditor's cases whose last placement is with an agency, or with any, by id."""
        with reading(self._engine) as connection:
            return placements.last_placements(connection, creditor, agency, after, limit)

    def known_as(self, creditor: str, agency: str, ref: str) -> tuple[str, ...]:
        """List the cases that an agency was given and calls by that id of its own."""
        with reading(self._engine) as connection:
            return placements.cases_known_as(connection, creditor, agency, ref)

    def money(self, case_id: str) -> tuple[AgencyMoney, ...]:
        """List the money that agencies reported of a case, in the order of its instants."""
        with reading(self._engine) as connection:
            return placements.money_of_case(connection, case_id)

    def in_ledger(self, case_id: str, agency: str) -> int:
        """Add up the payments that an agency collected for a case, less those taken back."""
        with reading(self._engine) as connection:
            return placements.collected_in_ledger(connection, case_id, agency)

    def cases_with_money(self, creditor: str, after: str, limit: int) -> tuple[str, ...]:
        """List the cases of which agencies reported money, by id, after that one."""
        with reading(self._engine) as connection:
            return placements.cases_with_money(connection, creditor, after, limit)

    def report(self, creditor: str, agency: str, report_id: str) -> AgencyMoney | None:
        """Read one report; None if there is none."""
        with reading(self._engine) as connection:
            return placements.report_of(connection, creditor, agency, report_id)

    def first_reported(self, creditor: str, former: str) -> AgencyReportId | None:
        """Find the first report whose payment older releases booked under an id; None if none."""
        with reading(self._engine) as connection:
            return placements.first_reported(connection, creditor, former)

    def add(self, creditor: str, report: AgencyMoney) -> bool:
        """Keep a report once; False if one of its id is there."""
        with self._engine.begin() as connection:
            return placements.add_report(connection, creditor, report)
