"""A creditor who is paid online, a customer of his, and what the contract asks of any provider."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

from tests.starter.page.world import Customer, Gate, words_in


@dataclass
class Till(ABC):
    """A customer of a creditor who is paid through a provider, and the provider itself."""

    gate: Gate
    customer: Customer

    def begins(self) -> str:
        """The customer sets out to pay; answers the address of the place."""
        page = self.customer.post("pay")
        found = re.search(r'href="(https://checkout[^"]+)"', page.text)
        assert found, words_in(page.text)
        return found[1]

    @property
    def open(self) -> list[int]:
        """What is open of each invoice, in cents."""
        return [self.gate.application.cases.rows([c])[0].open.minor for c in self.customer.cases]

    @property
    @abstractmethod
    def payment(self) -> str:
        """The provider's id of the payment."""

    @property
    @abstractmethod
    def asked(self) -> tuple[str, str, str]:
        """Sum, currency and title of the newest place, as the provider was told."""

    @property
    @abstractmethod
    def told(self) -> str:
        """Everything that the provider was told of the newest place."""

    @property
    @abstractmethod
    def closed(self) -> int:
        """How many places were closed."""

    @abstractmethod
    def leave(self, *, down: bool) -> None:
        """The provider is away, or there again."""

    @abstractmethod
    def pays(self) -> int:
        """The provider tells that it was paid; answers the status of its call."""

    @abstractmethod
    def debits(self) -> int:
        """It tells of a debit that takes some days."""

    @abstractmethod
    def debit_fails(self) -> int:
        """It tells that the debit failed."""

    @abstractmethod
    def refunds(self, total: int) -> int:
        """It tells that so much has been given back so far, the newest part of it just now."""

    @abstractmethod
    def disputes(self, what: str) -> int:
        """The bank takes the money (`withdrawn`), or puts it back (`reinstated`)."""
