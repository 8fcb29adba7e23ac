"""Rates of interest that people added: proposed, confirmed, and read with every case."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, insert, select, update

from adapters.ledger.core import codec
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, policy
from adapters.ledger.tables.interest import interest_rate
from domain.interest.added_rates import AddedRate
from domain.policy.model import InterestBy, Policy

_R = interest_rate.c
_COLUMNS = ("jurisdiction", "start", "source", "added_by", "added_at", "confirmed_by")
_ALL = select(interest_rate).order_by(_R.jurisdiction, _R.start, _R.id)
# Built once: putting a query together costs more than asking it.
_CONFIRMED = _ALL.where(
    _R.jurisdiction.in_(bindparam("laws", expanding=True)), _R.confirmed_at.is_not(None)
)


def rates_for(connection: Connection, policies: Iterable[Policy]) -> tuple[AddedRate, ...]:
    """Read the confirmed rates of the laws by which these policies charge; none where none does."""
    laws = sorted({law for one in policies if (law := charged_law(one))})
    if not laws:
        return ()
    rows = connection.execute(_CONFIRMED, {"laws": laws}).mappings()
    return tuple(_rate_of(row) for row in rows)


def charged_law(chosen: Policy) -> str:
    """Name the law by which a policy charges interest; empty if none gives it."""
    charges = chosen.charges
    by_law = charges.interest is InterestBy.LAW and charges.confirmed_by
    return charges.jurisdiction if by_law else ""


class SqlRateStore:
    """The rates that people added, in PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rates(self, jurisdiction: str = "") -> tuple[AddedRate, ...]:
        """List all that were added, by jurisdiction and half-year, the oldest first."""
        query = _ALL.where(_R.jurisdiction == jurisdiction) if jurisdiction else _ALL
        with reading(self._engine) as connection:
            return tuple(_rate_of(row) for row in connection.execute(query).mappings())

    def propose(self, rate: AddedRate) -> None:
        """Keep a rate until it is confirmed; one of the same half-year that still waits goes."""
        same = (_R.jurisdiction == rate.jurisdiction) & (_R.start == rate.start)
        with self._engine.begin() as connection:
            connection.execute(delete(interest_rate).where(same, _R.confirmed_at.is_(None)))
            row = {name: getattr(rate, name) for name in _COLUMNS} | {"percent": rate.percent}
            connection.execute(insert(interest_rate).values(**row))

    def confirm(self, rate: AddedRate) -> bool:
        """Let a rate count as it was proposed; False if it is not there, or not as it was."""
        fresh = {"confirmed_by": rate.confirmed_by, "confirmed_at": rate.confirmed_at}
        same = (_R.jurisdiction == rate.jurisdiction) & (_R.start == rate.start)
        waits = (_R.percent == rate.percent) & (_R.added_at == rate.added_at)
        change = update(interest_rate).values(**fresh).where(same, waits, _R.confirmed_at.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(change).rowcount == 1

    def laws_in_use(self) -> tuple[str, ...]:
        """List the jurisdictions by whose law an open case charges interest."""
        followed = select(case_file.c.policy_sha).where(case_file.c.outcome == "")
        query = select(policy.c.body).where(policy.c.sha256.in_(followed))
        with reading(self._engine) as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(
            sorted({law for one in bodies if (law := charged_law(codec.read_policy(one)))})
        )


def _rate_of(row: RowMapping) -> AddedRate:
    told = {name: row[name] for name in _COLUMNS}
    percent = Decimal(row["percent"]).normalize()
    return AddedRate(**told, percent=percent, confirmed_at=row["confirmed_at"])
