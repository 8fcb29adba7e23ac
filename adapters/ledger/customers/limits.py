"""Credit limits of customers, when they are passed, and bureaus' reports that people typed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on

from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.credit.limits import bureau_report, credit_limit
from domain.credit.limits import BureauReport, CreditLimit, PassedLimit
from domain.money import Money

_C, _L, _R = case_file.c, credit_limit.c, bureau_report.c

Sum = tuple[str, str]
"""A customer and a currency."""


def set_limit(connection: Connection, creditor: str, customer: str, new: CreditLimit) -> None:
    """Keep a limit; those before it stay as what held until then."""
    row = insert(credit_limit).values(
        creditor=creditor,
        customer=customer,
        currency=new.currency,
        amount=None if new.amount is None else new.amount.minor,
        why=new.why,
        by_whom=new.by,
        at=new.at,
    )
    connection.execute(row)


def pass_limits(
    connection: Connection, creditor: str, risen: Mapping[Sum, int], settled: Mapping[Sum, int]
) -> tuple[PassedLimit, ...]:
    """Find the limits that were passed just now, each once a passing, under the accounts' locks.

    ``risen`` are the minor units by which more is open than before, whose rows are there;
    ``settled`` are those of these rows that were paid before and are posted later.
    """
    customers = {customer for customer, _ in risen}
    held = connection.execute(_newest(creditor, customers)).mappings().all()
    limits = {(row["customer"], row["currency"]): row for row in held if row["amount"] is not None}
    asked = {which: limits[which] for which in risen if which in limits}
    if not asked:
        return ()
    sums = _open_now(connection, creditor, asked)
    open_now = {which: sums.get(which, 0) - settled.get(which, 0) for which in asked}
    passed = [
        which
        for which, row in asked.items()
        if open_now[which] > row["amount"]
        and (not row["passings"] or open_now[which] - risen[which] <= row["amount"])
    ]
    return tuple(_pass(connection, asked[which], open_now[which]) for which in sorted(passed))


def _newest(creditor: str, customers: set[str]) -> Select[Any]:
    return (
        select(credit_limit)
        .where(_L.creditor == creditor, _L.customer.in_(sorted(customers)))
        .ext(distinct_on(_L.customer, _L.currency))
        .order_by(_L.customer, _L.currency, _L.id.desc())
    )


def _open_now(connection: Connection, creditor: str, asked: Iterable[Sum]) -> dict[Sum, int]:
    mine = (_C.creditor == creditor) & tuple_(_C.customer, _C.currency).in_(sorted(asked))
    sums = (
        select(_C.customer, _C.currency, func.sum(_C.open).label("open"))
        .where(mine, ~_C.withdrawn)
        .group_by(_C.customer, _C.currency)
    )
    rows = connection.execute(sums)
    return {(row.customer, row.currency): int(row.open) for row in rows}


def _pass(connection: Connection, limit: RowMapping, open_minor: int) -> PassedLimit:
    counted = update(credit_limit).where(_L.id == limit["id"]).values(passings=_L.passings + 1)
    times = connection.execute(counted.returning(_L.passings)).scalar_one()
    return PassedLimit(
        number=f"{limit['id']}/{times}",
        customer=limit["customer"],
        limit=Money(limit["amount"], limit["currency"]),
        open=Money(open_minor, limit["currency"]),
    )


class SqlLimitStore:
    """The limits that people set."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def limits(self, creditor: str, customer: str) -> tuple[CreditLimit, ...]:
        """Read the limits of a customer that hold now, by currency."""
        with reading(self._engine) as connection:
            rows = connection.execute(_newest(creditor, {customer})).mappings().all()
        return tuple(
            CreditLimit(
                currency=row["currency"],
                amount=Money(row["amount"], row["currency"]),
                at=row["at"],
                why=row["why"],
                by=row["by_whom"],
            )
            for row in rows
            if row["amount"] is not None
        )


class TypedReports:
    """A bureau without a line: the reports that people typed in, with their source and date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def report(self, creditor: str, customer: str) -> BureauReport | None:
        """Find the newest report about a customer; None if there is none."""
        mine = (_R.creditor == creditor) & (_R.customer == customer)
        newest = select(bureau_report).where(mine).order_by(_R.day.desc(), _R.id.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(newest).mappings().first()
        if row is None:
            return None
        return BureauReport(
            source=row["source"],
            day=row["day"],
            limit=None if row["amount"] is None else Money(row["amount"], row["currency"]),
            said=row["said"],
            by=row["by_whom"],
            at=row["at"],
        )

    def keep_report(self, creditor: str, customer: str, report: BureauReport) -> None:
        """Keep a report about a customer; each stays beside the newer ones."""
        row = insert(bureau_report).values(
            creditor=creditor,
            customer=customer,
            source=report.source,
            day=report.day,
            amount=None if report.limit is None else report.limit.minor,
            currency="" if report.limit is None else report.limit.currency,
            said=report.said,
            by_whom=report.by,
            at=report.at,
        )
        with self._engine.begin() as connection:
            connection.execute(row)
