"""The service for imports: many invoices opened together, and decided together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from activities.ports.ports import AccountRepository
from activities.ports.stores.batches import BatchStore, CaseOpening, OpenedMany
from activities.ports.stores.cases import DueCases
from domain.parties.people import Debtor, merged
from domain.parties.sources import Teller

ALL_LINES = 10**7


class ImportService:
    """Takes in the invoices of a file with their customers."""

    def __init__(self, batches: BatchStore, due: DueCases) -> None:
        self._batches = batches
        self._due = due

    def open_many(
        self,
        creditor: str,
        openings: Sequence[CaseOpening],
        told: Iterable[Debtor],
        teller: Teller,
    ) -> OpenedMany:
        """Open all cases with what is told about their customers, or none of them.

        A later line goes before an earlier one; over what is known a list goes only where nobody
        knows better.

        Raises:
            ConflictError: if a number was opened before with other content.
        """
        fresh: dict[str, Debtor] = {}
        for debtor in told:
            fresh[debtor.id] = merged(debtor, fresh.get(debtor.id))
        return self._batches.open_many(creditor, openings, list(fresh.values()), teller)

    def newcomers(
        self, creditor: str, case_ids: Sequence[str]
    ) -> AbstractContextManager[dict[str, AccountRepository]]:
        """Open the accounts of new cases, so that many are decided in one transaction.

        A case that is not new any more is left out.
        """
        return self._batches.newcomers(creditor, case_ids)

    def undecided(self) -> set[str]:
        """Name all cases that were opened and never got their first decision."""
        return set(self._due.half_opened(ALL_LINES))

    def unattended(self, case_ids: set[str], alive: set[str]) -> set[str]:
        """Name those of these cases that should have a running workflow and have none."""
        decided = self._due.running(ALL_LINES)
        undecided = self._due.half_opened(ALL_LINES)
        return case_ids & {*decided, *undecided} - alive
