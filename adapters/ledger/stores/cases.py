"""Cases in PostgreSQL, to be looked at without any lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.cases import Attempt, CaseFilter, CaseRow, NextStep
from activities.ports.stores.replies import HeardBack
from activities.ports.types import CaseFile, RecordedMessage
from adapters.ledger.cases import cases, histories
from adapters.ledger.core.engine import reading
from adapters.ledger.inbound import heard_back
from adapters.ledger.queries import reads, watch
from domain.case.model import Deed
from domain.policy.classes import History


class SqlCaseLists:
    """Cases as lines of a list."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, wanted: CaseFilter) -> tuple[CaseRow, ...]:
        """List cases by due date, a page at a time."""
        return reads.find_cases(self._engine, wanted)

    def row(self, case_id: str) -> CaseRow | None:
        """Read one case; None if there is none."""
        return reads.case_row(self._engine, case_id)

    def rows(self, case_ids: Sequence[str]) -> tuple[CaseRow, ...]:
        """Read those of these cases that there are."""
        return reads.case_rows(self._engine, case_ids)

    def count(self, creditor: str = "") -> int:
        """Count the cases of one creditor, or of all."""
        return reads.case_count(self._engine, creditor)

    def owing(self, creditor: str, customers: Sequence[str], each: int) -> tuple[CaseRow, ...]:
        """List what some customers owe by due date, of each so many at most."""
        return reads.cases_owing(self._engine, creditor, customers, each)

    def running_of(self, creditor: str, customer: str, limit: int) -> tuple[str, ...]:
        """List the ids of a customer's cases that are not over, so many at most."""
        return reads.open_ids_of(self._engine, creditor, customer, limit)

    def next_steps(self, creditor: str, customer: str) -> dict[str, NextStep]:
        """Read what each case of an account does next, by case id."""
        return reads.next_steps(self._engine, creditor, customer)


class SqlCaseFiles:
    """Everything about cases."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def file(self, case_id: str) -> CaseFile | None:
        """Read everything about a case at one instant; None if there is no such case."""
        return reads.file_of(self._engine, case_id)

    def files(self, case_ids: Sequence[str]) -> Iterator[CaseFile]:
        """Read the files of many cases, account by account."""
        return reads.files_of(self._engine, case_ids)

    def messages(self, case_id: str) -> tuple[RecordedMessage, ...]:
        """Read what was said to a case, in the order it was recorded."""
        return reads.messages_of(self._engine, case_id)

    def deeds(self, case_id: str) -> tuple[Deed, ...]:
        """Read what was done for a case, in the order it was recorded."""
        return reads.deeds_of(self._engine, case_id)

    def attempts(self, case_id: str) -> tuple[Attempt, ...]:
        """Read every attempt to reach the debtor about a case, in order."""
        return reads.attempts_of(self._engine, case_id)

    def numbers_alike(self, case_id: str) -> tuple[str, ...]:
        """List the numbers with the same digits that the creditor had opened before a case."""
        with reading(self._engine) as connection:
            return cases.numbers_alike(connection, case_id)

    def recipients(self, case_id: str) -> dict[tuple[str, int], str]:
        """Read where each message about a case went, by step and episode."""
        return reads.sent_to(self._engine, case_id)

    def heard_back(self, case_id: str) -> tuple[HeardBack, ...]:
        """Read what providers and debtors let us know about a case's messages, by time."""
        return heard_back.heard_back(self._engine, case_id)

    def history(self, creditor: str, customer: str, before: datetime) -> History:
        """Read what all cases of a customer said before an instant, with all that people ask."""
        with reading(self._engine) as connection:
            return histories.full_history(connection, creditor, customer, before)


class SqlDueCases:
    """Which cases have something to do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def running(self, limit: int) -> tuple[str, ...]:
        """List cases that must have a run: not ended, not parked."""
        return watch.running(self._engine, limit=limit)

    def half_opened(self, limit: int) -> tuple[str, ...]:
        """List cases that were opened and never got their first decision."""
        return watch.half_opened(self._engine, limit=limit)

    def outgoing(self, until: datetime) -> tuple[str, ...]:
        """List cases whose next deed goes to the debtor or the agency, up to an instant."""
        return watch.outgoing(self._engine, until)
