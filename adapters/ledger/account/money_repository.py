"""The pages of an account that speak of its money: claims, what lies there, what went back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from activities.ports.money_types import OnAccount, Refund
from adapters.ledger.payments import account_money
from adapters.ledger.tasks import desk
from domain.money import Money
from domain.parties.people import Debtor
from domain.payments.allocation import Allocation, OpenClaim, PaymentIn


class MoneyRepository:
    """The half of an account's book that is about money which no case has yet."""

    _connection: Connection
    _creditor: str
    _customer: str
    _debtor: Debtor

    @property
    def zone(self) -> str:
        """The customer's own time zone, in which bare dates begin."""
        return self._debtor.zone

    def claims(self, day: date, cases: Sequence[str] | None = None) -> tuple[OpenClaim, ...]:
        """What is open, for money of a value date: of those cases, in that order, else of all."""
        mine = self._creditor, self._customer
        return account_money.claims(self._connection, *mine, day, cases)

    def held(self, source: str, payment_id: str) -> OnAccount | None:
        """A payment of this account with what is left of it; None if there is none."""
        key = account_money.Key(self._creditor, source, payment_id)
        return account_money.account_balance(self._connection, key, self._customer)

    def allocated(self, allocation: str) -> tuple[tuple[str, Allocation], ...]:
        """What an allocation moved before: the payment's key and each part."""
        return account_money.allocated(self._connection, self._creditor, allocation)

    def add_parts(self, payment: PaymentIn, parts: tuple[Allocation, ...], allocation: str) -> None:
        """Let cases take parts of what is left of a payment."""
        account_money.add_parts(self._connection, payment, parts, allocation)

    def add_refund(self, payment: PaymentIn, refund: Refund) -> bool:
        """Record that money on the account was given back; False if it is there, the same.

        Raises:
            ConflictError: if its id is there with other content.
        """
        return account_money.add_refund(self._connection, payment, refund)

    def refunded(self, refund: str) -> Money | None:
        """What a refund gave back before; None if there is no such refund."""
        return account_money.refunded(self._connection, self._creditor, refund)

    def finish_surplus_tasks(self, case_id: str, but: str) -> None:
        """Tick off a case's questions about its surplus, all but that one."""
        desk.finish_surplus_tasks(self._connection, case_id, but)
