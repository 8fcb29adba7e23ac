"""A ledger in memory that tells customers to whoever reads electronic invoices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from activities.ports.einvoice.buyers import KnownBuyers
from activities.ports.types import Task
from activities.services.einvoice.intake import EInvoiceService
from adapters.runtime.machine import machine_clock


@dataclass
class BuyersInMemory:
    """Customers by id and VAT number, and the questions that were asked."""

    ids: frozenset[str] = frozenset()
    by_vat: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreed: Mapping[str, str] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)

    def known(self, creditor: str, ids: Collection[str], vats: Collection[str]) -> KnownBuyers:
        """Find customers."""
        return KnownBuyers(
            ids=self.ids & frozenset(ids),
            by_vat={vat: who for vat, who in self.by_vat.items() if vat in vats},
        )

    def payment_terms(self, creditor: str, customers: Collection[str]) -> Mapping[str, str]:
        """Read what was agreed."""
        return {one: self.agreed[one] for one in customers if one in self.agreed}

    def put_task(self, task: Task) -> bool:
        """Keep a question."""
        self.tasks.append(task)
        return True

    def finish_tasks_beginning(self, beginning: str, note: str) -> bool:
        """Tick questions off."""
        return any(task.key.startswith(beginning) for task in self.tasks)


def nobody_known() -> EInvoiceService:
    """A service that knows no customer yet."""
    return EInvoiceService(BuyersInMemory(), machine_clock)
