"""Forecasts of money, and how good they would have been: facts of the ledger, the domain tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

from activities.ports.stores.reports import (
    BacktestRow,
    ForecastKind,
    ForecastRow,
    Period,
    ReportScope,
)
from adapters.ledger.core.engine import reading
from adapters.ledger.reports.folding import cases_at
from adapters.ledger.reports.standing import DAY_ENDS, STANDING, ends, standing_on
from domain.case.invoice import InvoicePart
from domain.forecast.agreed import agreed_parts
from domain.forecast.habits import (
    Expectation,
    PaymentHabits,
    SettledInvoice,
    learn_habits,
    relived,
)
from domain.forecast.weeks import ExpectedWeek, MoneyForecast, OpenAmount, forecast
from domain.history.reports import percent, tenths
from domain.money import Money

_Key = tuple[str, str]
"""Creditor and currency: nothing is ever added up over two of either."""

# What a creditor wrote off, withdrew or only credited tells nothing of how a customer pays.
_SETTLED = text("""
SELECT f.creditor, f.customer, f.issued, f.due,
       CAST(f.settled_at AT TIME ZONE a.zone AS date) AS settled
FROM case_file f JOIN account a USING (creditor, customer)
JOIN unnest(CAST(:zones AS text[]), CAST(:cutoffs AS timestamptz[])) AS e(zone, cutoff) USING (zone)
WHERE f.settled_at < e.cutoff AND f.paid > 0 AND f.written_off = 0 AND NOT f.withdrawn
  AND (:creditor = '' OR f.creditor = :creditor)
""")

_OPEN = text(f"""
WITH {STANDING}
SELECT case_id, creditor, currency, customer, due, open, disputed, with_agency
FROM standing WHERE open > 0 AND NOT withdrawn ORDER BY due, case_id
""")  # noqa: S608 - put together from constants alone

_AGREED = text(f"""
WITH {DAY_ENDS}, {STANDING}
SELECT DISTINCT s.case_id, e.cutoff FROM standing s JOIN message m USING (case_id)
JOIN account a USING (creditor, customer) JOIN ends e USING (zone)
WHERE s.open > 0 AND m.kind IN ('promise', 'plan_agreed', 'agreement_confirmed')
  AND m.status = 'applied' AND m.at < e.cutoff
""")  # noqa: S608 - put together from constants alone


@dataclass(slots=True)
class _Basis:
    """What is open of one creditor in one currency; minor units."""

    amounts: list[OpenAmount] = field(default_factory=list)
    contested: int = 0
    with_agency: int = 0


def forecasts(engine: Engine, scope: ReportScope, weeks: int) -> tuple[ForecastRow, ...]:
    """Tell what money may be expected in so many weeks after the scope's day."""
    with standing_on(engine, scope) as (connection, given):
        settled = _settled(connection, scope)
        agreed = _agreed(connection, given)
        bases = _bases(connection.execute(_OPEN, given), agreed)
    habits = {creditor: learn_habits(some) for creditor, some in settled.items()}
    return tuple(
        row
        for key, basis in sorted(bases.items())
        for row in _rows(
            key,
            basis,
            forecast(basis.amounts, habits.get(key[0], PaymentHabits()), scope.on, weeks),
        )
    )


def backtest(engine: Engine, scope: ReportScope, issued: Period) -> tuple[BacktestRow, ...]:
    """Tell how good the expectations of invoices would have been on the days of their issue."""
    with reading(engine) as connection:
        settled = _settled(connection, scope)
    return tuple(
        _judged(creditor, [one for one in relived(some, PaymentHabits()) if _in(one, issued)])
        for creditor, some in sorted(settled.items())
    )


def _in(one: Expectation, issued: Period) -> bool:
    return issued.first <= one.invoice.issued <= issued.last


def _settled(connection: Connection, scope: ReportScope) -> Mapping[str, list[SettledInvoice]]:
    over = ends(connection, scope.on)
    given = {"zones": list(over), "cutoffs": list(over.values()), "creditor": scope.creditor}
    found: dict[str, list[SettledInvoice]] = defaultdict(list)
    for row in connection.execute(_SETTLED, given):
        found[row.creditor].append(
            SettledInvoice(
                customer=row.customer, issued=row.issued, due=row.due, settled=row.settled
            )
        )
    return found


def _agreed(
    connection: Connection, given: Mapping[str, object]
) -> Mapping[str, tuple[InvoicePart, ...]]:
    cutoffs: dict[str, datetime] = {
        row.case_id: row.cutoff for row in connection.execute(_AGREED, given).all()
    }
    return {
        case.invoice.case_id: agreed_parts(case, cutoffs[case.invoice.case_id])
        for case in cases_at(connection, cutoffs)
    }


def _bases(
    rows: Iterable[Row[Any]], agreed: Mapping[str, tuple[InvoicePart, ...]]
) -> dict[_Key, _Basis]:
    bases: dict[_Key, _Basis] = defaultdict(_Basis)
    begun = set[str]()
    dated = {case: sum(part.minor for part in parts) for case, parts in agreed.items()}
    for row in rows:
        basis, contested = bases[row.creditor, row.currency], min(row.disputed, row.open)
        basis.contested += contested
        if row.with_agency:
            basis.with_agency += row.open - contested
            continue
        if row.case_id not in begun:
            begun.add(row.case_id)
            basis.amounts += [
                OpenAmount(customer=row.customer, due=row.due, minor=part.minor, agreed=part.day)
                for part in agreed.get(row.case_id, ())
            ]
        taken = min(dated.get(row.case_id, 0), row.open - contested)
        if taken:
            dated[row.case_id] -= taken
        if minor := row.open - contested - taken:
            basis.amounts.append(OpenAmount(customer=row.customer, due=row.due, minor=minor))
    return bases


def _rows(key: _Key, basis: _Basis, found: MoneyForecast) -> Iterator[ForecastRow]:
    for week in found.weeks:
        yield _week(key, week)
    rests = (
        (ForecastKind.LATER, found.later),
        (ForecastKind.UNTOLD, found.untold),
        (ForecastKind.CONTESTED, basis.contested),
        (ForecastKind.WITH_AGENCY, basis.with_agency),
    )
    for kind, minor in rests:
        yield ForecastRow(
            creditor=key[0], currency=key[1], kind=kind, expected=Money(minor, key[1])
        )


def _week(key: _Key, week: ExpectedWeek) -> ForecastRow:
    low, high = week.band
    return ForecastRow(
        creditor=key[0],
        currency=key[1],
        kind=ForecastKind.WEEK,
        first=week.first,
        last=week.last,
        expected=Money(week.expected, key[1]),
        low=Money(low, key[1]),
        high=Money(high, key[1]),
        agreed=Money(week.agreed, key[1]),
        little_history=Money(week.little_history, key[1]),
    )


def _judged(creditor: str, some: Sequence[Expectation]) -> BacktestRow:
    told = [one for one in some if one.expected]
    errors = [(one.expected - one.invoice.settled).days for one in told if one.expected]
    banded = [one for one in told if one.band]
    return BacktestRow(
        creditor=creditor,
        invoices=len(some),
        told=len(told),
        own_habit=sum(one.own for one in told),
        error=_mean(map(abs, errors), len(errors)),
        error_of_due_date=_mean((abs(one.invoice.days_late) for one in told), len(told)),
        bias=_mean(errors, len(errors)),
        in_band=percent(sum(one.was_in_band for one in banded), len(banded)),
    )


def _mean(values: Iterable[int], number: int) -> Decimal | None:
    return tenths(Fraction(sum(values), number)) if number else None
