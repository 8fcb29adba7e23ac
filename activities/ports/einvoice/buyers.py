"""Who the buyers of electronic invoices are among the creditor's customers, and what is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from activities.ports.types import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBuyers:
    """Customers that are known.

    Attributes:
        ids: those of the ids asked for that are customers.
        by_vat: by plain VAT number, the customers that have it.
    """

    ids: frozenset[str]
    by_vat: Mapping[str, tuple[str, ...]]


class BuyerStore(Protocol):
    """Finds customers by number, and keeps questions about invoices that cannot be opened."""

    def known(self, creditor: str, ids: Collection[str], vats: Collection[str]) -> KnownBuyers:
        """Find customers by their ids, and by their VAT numbers without signs and spaces."""
        ...

    def payment_terms(self, creditor: str, customers: Collection[str]) -> Mapping[str, str]:
        """Read the terms that were agreed with customers, by id; of those that have any."""
        ...

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        ...

    def finish_tasks_beginning(self, beginning: str, note: str) -> bool:
        """Tick off the open tasks whose keys begin so; False if there is none."""
        ...
