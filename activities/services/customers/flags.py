"""The service for flags of a customer as a person: not to be contacted, vulnerable."""

from __future__ import annotations

from dataclasses import dataclass

from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.customers import CustomerStore, Mark
from activities.ports.stores.errors import NotKnownError, Sought
from domain.card_numbers import without_card_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChange:
    """The result of changing a flag: whether it changed, and which running cases should notice."""

    changed: bool
    cases: tuple[str, ...]


class FlagService:
    """Sets flags of a customer; the last look before each message heeds them."""

    def __init__(self, ledger: Ledger, customers: CustomerStore, clock: Clock) -> None:
        self._ledger = ledger
        self._customers = customers
        self._clock = clock

    def set_flag(self, creditor: str, customer: str, mark: Mark) -> FlagChange:
        """Set ``do_not_contact`` or ``vulnerable``, or take it away.

        Raises:
            NotKnownError: if there is no such customer.
        """
        self._refuse_unknown(creditor, customer)
        with self._ledger.account(creditor, customer) as account:
            why = without_card_numbers(mark.why)
            number = account.customer.set_flag(mark.flag, on=mark.is_on, why=why, by=mark.by)
            if not number:
                return FlagChange(changed=False, cases=())
            what = f"{mark.flag} {'on' if mark.is_on else 'off'}"
            woken = account.cases.nudge_all(f"flag/{number}", what, mark.by, self._clock())
        return FlagChange(changed=True, cases=woken)

    def opt_out(self, creditor: str, customer: str, channel: str, by: str) -> tuple[str, ...]:
        """Leave a customer alone on one channel; answers the running cases that should notice.

        Raises:
            NotKnownError: if there is no such customer.
        """
        self._refuse_unknown(creditor, customer)
        with self._ledger.account(creditor, customer) as account:
            account.customer.mark_point(customer, "", opted_out=channel)
            return account.cases.nudge_all(f"optout/{channel}", "opted out", by, self._clock())

    def _refuse_unknown(self, creditor: str, customer: str) -> None:
        if self._customers.debtor(creditor, customer) is None:
            raise NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")
