"""Many new cases at once in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine

from activities.ports.ports import AccountRepository
from activities.ports.stores.batches import CaseOpening, OpenedMany
from adapters.ledger.batch import first_decisions, open_many
from domain.parties.people import Debtor
from domain.parties.sources import Teller


class SqlBatchStore:
    """Opens and decides many cases together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_many(
        self,
        creditor: str,
        openings: Sequence[CaseOpening],
        debtors: Sequence[Debtor],
        teller: Teller,
    ) -> OpenedMany:
        """Open many cases of one creditor, with what is known about its customers.

        Raises:
            ConflictError: if a number was opened with other content; then nothing was opened.
            BusyError: if somebody held one of the accounts for half a minute.
        """
        return open_many.open_many(self._engine, creditor, openings, debtors, teller)

    @contextmanager
    def newcomers(
        self, creditor: str, case_ids: Sequence[str]
    ) -> Iterator[dict[str, AccountRepository]]:
        """Open the accounts of a creditor's new cases, locked in id order, by case id."""
        with first_decisions.newcomers(self._engine, creditor, case_ids) as books:
            yield dict(books)
