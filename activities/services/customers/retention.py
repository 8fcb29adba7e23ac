"""The service for how long data is kept (GDPR, Art. 5 (1) (e)), and what is kept aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from activities.ports.stores.creditors import (
    ArchivedYear,
    ArchiveStore,
    QuietCustomer,
    RetentionRule,
    RetentionRun,
    RetentionStore,
)
from activities.ports.stores.customers import ErasureStore
from activities.ports.types import ConflictError
from domain.errors import DomainError

MOST_MONTHS = 1200

TIME_TO_LOOK = timedelta(days=7)
"""A rule that was set stands for so long before it is carried out by itself."""

PAUSE = timedelta(hours=20)
"""Between two times at which a rule is carried out by itself, once nothing is left to do."""

ERASED_AT_ONCE, ARCHIVED_AT_ONCE = 50, 1000
"""In one round by itself at most: the next one goes on."""

LISTED = 1000
"""Customers who are looked at in one round by itself."""


class RetentionService:
    """Keeps each creditor's rule, erases those with whom nothing happened for longer, archives."""

    def __init__(self, rules: RetentionStore, erasure: ErasureStore, archive: ArchiveStore) -> None:
        self._rules = rules
        self._erasure = erasure
        self._archive = archive

    def rule(self, creditor: str) -> RetentionRule:
        """Read how long a creditor keeps data; 0 months if it never said."""
        return self._rules.rule(creditor)

    def set_rule(
        self,
        creditor: str,
        months: int,
        by: str,
        *,
        archive_months: int = 0,
        by_itself: bool = False,
    ) -> RetentionRule:
        """Set how long a creditor keeps data from now on, and when closed cases are archived.

        Raises:
            DomainError: if that is no number of months.
        """
        for name, given in (("months", months), ("archive_after", archive_months)):
            if not 0 <= given <= MOST_MONTHS:
                words = f"{name}: write 0 (never) to {MOST_MONTHS}"
                raise DomainError(words, field=name)
        self._rules.set_rule(
            RetentionRule(
                creditor=creditor,
                months=months,
                archive_months=archive_months,
                by_itself=by_itself,
                by=by,
            )
        )
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

    def to_archive(self, creditor: str, now: datetime) -> int:
        """Count the closed cases that the rule would archive now; nothing is changed."""
        rule = self._rules.rule(creditor)
        if not rule.archive_months:
            return 0
        return self._archive.waiting(creditor, rule.archive_months, now)

    def archive(self, creditor: str, now: datetime, limit: int, by: str) -> int:
        """Archive closed cases by the rule; answers how many."""
        rule = self._rules.rule(creditor)
        if not rule.archive_months:
            return 0
        return self._archive.archive(creditor, rule.archive_months, now, limit, by)

    def years(self, creditor: str) -> tuple[ArchivedYear, ...]:
        """Hold each year of a creditor's archive against its checksum."""
        return self._archive.years(creditor)

    def bring_back(self, creditor: str, case_id: str) -> int:
        """Put an archived case back, with those whose messages it shares; answers how many.

        Raises:
            ConflictError: if it is not archived.
        """
        return self._archive.bring_back_case(creditor, case_id)

    def newest_run(self, creditor: str) -> RetentionRun | None:
        """Read what was done last by a creditor's rule."""
        return self._rules.newest_run(creditor)

    def by_itself_from(self, rule: RetentionRule) -> datetime | None:
        """Find when a rule is carried out by itself for the first time; None if it never is."""
        return rule.since + TIME_TO_LOOK if rule.since and rule.by_itself else None

    def carry_out_all(self, now: datetime) -> tuple[RetentionRun, ...]:
        """Carry out all rules that are to be by themselves; answers what was done, and noted.

        Before its first time each is only looked at: what it would do is noted.
        """
        return tuple(run for rule in self._rules.by_themselves() if (run := self._turn(rule, now)))

    def _turn(self, rule: RetentionRule, now: datetime) -> RetentionRun | None:
        last, first = self._rules.newest_run(rule.creditor), self.by_itself_from(rule)
        rested = last is None or not last.whole or now >= last.at + PAUSE
        anew = last is None or (rule.since is not None and last.at < rule.since)
        if first is None or not (rested or anew):
            return None
        run = self._look(rule, now) if now < first else self._do(rule, now)
        self._rules.note_run(run)
        return run

    def _look(self, rule: RetentionRule, now: datetime) -> RetentionRun:
        due = sum(not one.kept for one in self.due(rule.creditor, now, LISTED))
        return _run(rule, now, due=due, done=(0, 0), whole=True)

    def _do(self, rule: RetentionRule, now: datetime) -> RetentionRun:
        whose, by = rule.creditor, f"the rule of {rule.by}"
        # Whoever has to be kept is listed each time, and must not stand in the others' way.
        ready = (one for one in self.carry_out(whose, now, LISTED, by) if not one.kept)
        erased = len(tuple(islice(ready, ERASED_AT_ONCE)))
        archived = self.archive(whose, now, ARCHIVED_AT_ONCE, by)
        whole = erased < ERASED_AT_ONCE and archived < ARCHIVED_AT_ONCE
        return _run(rule, now, due=erased, done=(erased, archived), whole=whole)


def _run(
    rule: RetentionRule, now: datetime, *, due: int, done: tuple[int, int], whole: bool
) -> RetentionRun:
    erased, archived = done
    return RetentionRun(
        creditor=rule.creditor,
        due=due,
        erased=erased,
        archived=archived,
        whole=whole,
        by=f"the rule of {rule.by}",
        at=now,
    )
