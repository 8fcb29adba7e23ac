"""The service for a customer's credit: shown, held and released by a person."""

from __future__ import annotations

from activities.cases.crediting import move_by_hand
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.customers import CreditPage, CustomerStore
from activities.ports.stores.errors import NotKnownError, Sought
from domain.card_numbers import without_card_numbers
from domain.credit.model import Credit, CreditChange


class CreditService:
    """Shows a customer's credit, and moves it by hand."""

    def __init__(self, ledger: Ledger, customers: CustomerStore, clock: Clock) -> None:
        self._ledger = ledger
        self._customers = customers
        self._clock = clock

    def show(self, creditor: str, customer: str) -> CreditPage:
        """Show how the credit stands, the terms that hold for it, and each change of it.

        Raises:
            NotKnownError: if there is no such customer.
        """
        self._refuse_unknown(creditor, customer)
        return self._customers.credit(creditor, customer)

    def move(
        self, creditor: str, customer: str, after: Credit, *, why: str, by: str
    ) -> CreditChange:
        """Hold or release a customer's credit by hand.

        Raises:
            NotKnownError: if there is no such customer.
        """
        self._refuse_unknown(creditor, customer)
        with self._ledger.account(creditor, customer) as account:
            return move_by_hand(account, after, without_card_numbers(why), by, self._clock())

    def _refuse_unknown(self, creditor: str, customer: str) -> None:
        if self._customers.debtor(creditor, customer) is None:
            raise NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")
