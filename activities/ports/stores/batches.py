"""Many new cases of one creditor at once: opened in one transaction, and decided together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from activities.ports.ports import AccountRepository
from domain.case.model import Invoice
from domain.parties.people import Debtor
from domain.parties.sources import Believed, Teller
from domain.policy.model import Policy
from domain.wire import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpening:
    """A case to be opened, with its policy and, if it was made already, its first decision.

    Attributes:
        settled_minor: minor units of it that were paid or credited before, and are posted later.
    """

    invoice: Invoice
    policy: Policy
    decision: Decision | None = None
    settled_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMany:
    """The ids of the cases that are new, and of those that were there with the same content.

    Attributes:
        believed: by customer, what is known now, and what was told and not taken.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    believed: Mapping[str, Believed] = field(default_factory=dict)


class BatchStore(Protocol):
    """Opens and decides many cases together."""

    def open_many(
        self,
        creditor: str,
        openings: Sequence[CaseOpening],
        debtors: Sequence[Debtor],
        teller: Teller,
    ) -> OpenedMany:
        """Open many cases of one creditor, with what a list tells about its customers.

        Raises:
            ConflictError: if a number was opened with other content; then nothing was opened.
            BusyError: if somebody held one of the accounts for half a minute.
        """
        ...

    def newcomers(
        self, creditor: str, case_ids: Sequence[str]
    ) -> AbstractContextManager[dict[str, AccountRepository]]:
        """Open the accounts of a creditor's new cases, locked in id order, by case id."""
        ...
