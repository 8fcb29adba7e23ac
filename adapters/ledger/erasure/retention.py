"""How long what is personal is kept, and with which customers nothing has happened for longer."""

# ruff: noqa: S608 - these queries are put together from constants of this file only

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, text

from activities.ports.stores.creditors import QuietCustomer, RetentionRule, RetentionRun
from adapters.ledger.core.engine import reading
from adapters.ledger.erasure.erasure import obstacles
from adapters.ledger.tables.archive import retention_run
from adapters.ledger.tables.people import retention_rule

_R, _U = retention_rule.c, retention_run.c

_BY_CASE = ("message", "deed", "evidence")
_BY_CUSTOMER = (
    *("case_file", "payment", "contact", "reply", "outbound_message", "note", "account_flag"),
    "credit_change",
)
_OF_THE_ARCHIVE = (
    "(SELECT max(t.last) FROM archived_case AS t"
    " WHERE t.creditor = a.creditor AND t.customer = a.customer)"
)
_NEWEST = ", ".join(
    [
        "a.recorded_at",
        *(
            f"(SELECT max(t.recorded_at) FROM {name} AS t"
            " WHERE t.creditor = a.creditor AND t.customer = a.customer)"
            for name in _BY_CUSTOMER
        ),
        _OF_THE_ARCHIVE,
        *(
            f"(SELECT max(t.recorded_at) FROM {name} AS t JOIN case_file AS c USING (case_id)"
            " WHERE c.creditor = a.creditor AND c.customer = a.customer)"
            for name in _BY_CASE
        ),
    ]
)
# A case without an outcome is still somebody's work; a withdrawn one is over.
_QUIET = f"""
SELECT a.customer, told.last FROM account AS a
CROSS JOIN LATERAL (SELECT greatest({_NEWEST}) AS last) AS told
WHERE a.creditor = :creditor AND a.erased_at IS NULL
  AND a.recorded_at < CAST(:now AS timestamptz) - make_interval(months => :months)
  AND told.last < CAST(:now AS timestamptz) - make_interval(months => :months)
  AND NOT EXISTS (SELECT FROM case_file AS c WHERE c.creditor = a.creditor
    AND c.customer = a.customer AND c.outcome = '' AND NOT c.withdrawn)
ORDER BY told.last, a.customer LIMIT :limit
"""


class SqlRetentionStore:
    """Rules of how long data is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rule(self, creditor: str) -> RetentionRule:
        """Read the rule of a creditor: the newest that was set."""
        newest = select(retention_rule).where(_R.creditor == creditor).order_by(_R.id.desc())
        with reading(self._engine) as link:
            row = link.execute(newest.limit(1)).one_or_none()
        if row is None:
            return RetentionRule(creditor=creditor)
        return _rule(row)

    def set_rule(self, rule: RetentionRule) -> None:
        """Set the rule of a creditor from now on; earlier ones stay on record."""
        row = {
            "creditor": rule.creditor,
            "months": rule.months,
            "archive_months": rule.archive_months,
            "by_itself": rule.by_itself,
            "by_whom": rule.by,
        }
        with self._engine.begin() as link:
            link.execute(insert(retention_rule).values(row))

    def by_themselves(self) -> tuple[RetentionRule, ...]:
        """List the rules that are carried out without anybody."""
        ids = select(func.max(_R.id)).group_by(_R.creditor)
        newest = select(retention_rule).where(_R.id.in_(ids)).order_by(_R.creditor)
        with reading(self._engine) as link:
            rules = [_rule(row) for row in link.execute(newest)]
        return tuple(one for one in rules if one.by_itself and (one.months or one.archive_months))

    def newest_run(self, creditor: str) -> RetentionRun | None:
        """Read what was done last by a creditor's rule."""
        newest = select(retention_run).where(_U.creditor == creditor).order_by(_U.id.desc())
        with reading(self._engine) as link:
            row = link.execute(newest.limit(1)).one_or_none()
        if row is None:
            return None
        return RetentionRun(
            creditor=creditor,
            due=row.due,
            erased=row.erased,
            archived=row.archived,
            whole=row.whole,
            by=row.by_whom,
            at=row.recorded_at,
        )

    def note_run(self, run: RetentionRun) -> None:
        """Note what was done by a creditor's rule."""
        row = {
            "creditor": run.creditor,
            "due": run.due,
            "erased": run.erased,
            "archived": run.archived,
            "whole": run.whole,
            "by_whom": run.by,
            "recorded_at": run.at,
        }
        with self._engine.begin() as link:
            link.execute(insert(retention_run).values(row))

    def quiet(
        self, creditor: str, months: int, now: datetime, limit: int
    ) -> tuple[QuietCustomer, ...]:
        """List customers with whom nothing happened for so many months, the longest quiet first."""
        given = {"creditor": creditor, "months": months, "now": now, "limit": limit}
        with reading(self._engine) as link:
            found = link.execute(text(_QUIET), given).all()
        return tuple(
            QuietCustomer(
                customer=row.customer,
                last=row.last,
                kept=obstacles(self._engine, creditor, row.customer),
            )
            for row in found
        )


def _rule(row: Row[Any]) -> RetentionRule:
    return RetentionRule(
        creditor=row.creditor,
        months=row.months,
        archive_months=row.archive_months,
        by_itself=row.by_itself,
        by=row.by_whom,
        since=row.recorded_at,
    )
