"""The service for how long what is personal is kept (GDPR, Art. 5 (1) (e))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from activities.ports.stores.creditors import QuietCustomer, RetentionRule, RetentionStore
from activities.ports.stores.customers import ErasureStore
from activities.ports.types import ConflictError
from domain.errors import DomainError

MOST_MONTHS = 1200


class RetentionService:
    """Keeps each creditor's rule, and erases those with whom nothing happened for longer."""

    def __init__(self, rules: RetentionStore, erasure: ErasureStore) -> None:
        self._rules = rules
        self._erasure = erasure

    def rule(self, creditor: str) -> RetentionRule:
        """Read how long a creditor keeps data; 0 months if it never said."""
        return self._rules.rule(creditor)

    def set_rule(self, creditor: str, months: int, by: str) -> RetentionRule:
        """Set how long a creditor keeps data from now on.

        Raises:
            DomainError: if that is no number of months.
        """
        if not 0 <= months <= MOST_MONTHS:
            words = f"months: write 0 (keep until somebody erases) to {MOST_MONTHS}"
            raise DomainError(words, field="months")
        self._rules.set_rule(creditor, months, by)
        return self._rules.rule(creditor)

    def due(self, creditor: str, now: datetime, limit: int) -> tuple[QuietCustomer, ...]:
        """List whom the rule concerns now, the longest quiet first; nothing is changed."""
        rule = self._rules.rule(creditor)
        if not rule.months:
            return ()
        return self._rules.quiet(creditor, rule.months, now, limit)

    def carry_out(
        self, creditor: str, now: datetime, limit: int, by: str
    ) -> Iterator[QuietCustomer]:
        """Erase whom the rule concerns now; yields each, with why where somebody is kept.

        Whom something happens with meanwhile is kept: each is looked at again before.
        """
        rule = self._rules.rule(creditor)
        for one in self.due(creditor, now, limit):
            why = f"kept for {rule.months} months after {one.last:%Y-%m-%d}"
            if one.kept:
                yield one
                continue
            try:
                self._erasure.erase(creditor, one.customer, by=by, why=why)
            except ConflictError as error:
                yield QuietCustomer(customer=one.customer, last=one.last, kept=(str(error),))
            else:
                yield one
