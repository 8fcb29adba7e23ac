"""Points of customers on the worklist: read, and changed where nobody else changed them since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, TextClause, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, TEXT, insert

from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.cases import NOT_YET_SEEN, case_file, message
from adapters.ledger.tables.console import worklist
from domain.history.urgency import Urgency

PARTS = ("money", "days", "promises", "by_class", "work")
_NEW = ("score", *PARTS)
_OLD = tuple(f"old_{name}" for name in PARTS)
_W, _C, _M = worklist.c, case_file.c, message.c

_AT_ONCE = 500
"""Rows of one statement."""


def points_of_customers(
    engine: Engine, creditor: str, only: Iterable[str] | None = None
) -> Mapping[str, Urgency]:
    """Read the points that are kept, of all customers or of some."""
    known = select(_W.customer, *(_W[name] for name in PARTS)).where(_W.creditor == creditor)
    if only is not None:
        known = known.where(among(_W.customer, list(only)))
    with reading(engine) as connection:
        return {
            row["customer"]: Urgency(**{name: row[name] for name in PARTS})
            for row in connection.execute(known).mappings()
        }


def customers_with_news(engine: Engine, creditor: str, since: datetime) -> frozenset[str]:
    """Name customers to whose cases something was said since then that no decision knows yet."""
    query = (
        select(_C.customer)
        .distinct()
        .join(message, NOT_YET_SEEN)
        .where(_C.creditor == creditor, _M.at >= since)
    )
    with reading(engine) as connection:
        return frozenset(connection.execute(query).scalars())


def keep_points(
    engine: Engine, creditor: str, before: Mapping[str, Urgency], after: Mapping[str, Urgency]
) -> tuple[str, ...]:
    """Change points from what they were; names customers whose points are not those any more."""
    changed = [customer for customer, new in after.items() if before.get(customer) != new]
    lost: list[str] = []
    for at in range(0, len(changed), _AT_ONCE):
        some = changed[at : at + _AT_ONCE]
        fresh = [customer for customer in some if customer not in before]
        known = [customer for customer in some if customer in before]
        with engine.begin() as connection:
            kept = _add(connection, creditor, {one: after[one] for one in fresh})
            kept |= _change(connection, creditor, [(one, before[one], after[one]) for one in known])
        lost += [customer for customer in some if customer not in kept]
    return tuple(lost)


def _add(connection: Connection, creditor: str, new: Mapping[str, Urgency]) -> set[str]:
    rows: list[dict[str, Any]] = [
        {"creditor": creditor, "customer": customer}
        | {name: getattr(points, name) for name in _NEW}
        for customer, points in new.items()
    ]
    if not rows:
        return set()
    adding = insert(worklist).on_conflict_do_nothing().returning(_W.customer)
    return set(connection.execute(adding, rows).scalars())


def _change(
    connection: Connection, creditor: str, moves: list[tuple[str, Urgency, Urgency]]
) -> set[str]:
    if not moves:
        return set()
    given: dict[str, Any] = {"creditor": creditor, "customer": [move[0] for move in moves]}
    given |= {f"old_{name}": [getattr(old, name) for _, old, _ in moves] for name in PARTS}
    given |= {name: [getattr(new, name) for _, _, new in moves] for name in _NEW}
    return set(connection.execute(_CHANGE, given).scalars())


def _change_where_unchanged() -> TextClause:
    names = (*_NEW, *_OLD)
    lists = ", ".join(f"CAST(:{name} AS integer[])" for name in names)
    sets = ", ".join(f"{name} = e.{name}" for name in _NEW)
    same = " AND ".join(f"w.{name} = e.old_{name}" for name in PARTS)
    statement = text(
        f"UPDATE worklist AS w SET {sets} "  # noqa: S608 - names of columns
        f"FROM unnest(CAST(:customer AS text[]), {lists}) AS e(customer, {', '.join(names)}) "
        f"WHERE w.creditor = :creditor AND w.customer = e.customer AND {same} RETURNING w.customer"
    )
    numbers = [bindparam(name, type_=ARRAY(INTEGER)) for name in names]
    return statement.bindparams(bindparam("customer", type_=ARRAY(TEXT)), *numbers)


_CHANGE = _change_where_unchanged()
