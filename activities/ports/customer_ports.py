"""Repository of what holds for a customer over all cases: credit, flags, contacts."""

from __future__ import annotations

from typing import Protocol

from activities.ports.experiments.store import Trial
from domain.credit.limits import CreditLimit, PassedLimit
from domain.credit.model import Credit, CreditChange, Standing
from domain.money import Money
from domain.parties.customer import Customer, PlannedContact
from domain.policy.model import CreditRules, PerCurrency, Policy


class CustomerRepository(Protocol):
    """What holds for all invoices of one customer, under the account's lock."""

    @property
    def was_written_to(self) -> bool:
        """Whether any message about any invoice ever got through to the customer."""
        ...

    @property
    def credit(self) -> Credit:
        """How the customer's credit stands."""
        ...

    @property
    def zone(self) -> str:
        """The customer's own time zone, in which bare dates begin."""
        ...

    @property
    def known(self) -> Customer:
        """What the rules know of the customer, over all invoices, as it stands now."""
        ...

    def standing(self, tolerance: PerCurrency) -> Standing:
        """Read the facts that the credit follows from; small sums are not owed."""
        ...

    def change_credit(self, change: CreditChange) -> int:
        """Keep a change of credit for ever; answers its number."""
        ...

    def set_limit(self, new: CreditLimit) -> None:
        """Keep a credit limit; those before it stay as what held until then."""
        ...

    def pass_limit(self, risen: Money) -> tuple[PassedLimit, ...]:
        """Find whether the limit is passed by what is open more since just now, once a passing."""
        ...

    def chosen_policy(self) -> Policy | None:
        """The policy chosen for the customer's new cases, else for the creditor's; None if none."""
        ...

    def trial(self) -> Trial | None:
        """Find the arm of an experiment that the customer's next case belongs to, if any."""
        ...

    def enrol(self, case: str, trial: Trial) -> None:
        """Write down that a new case of the customer belongs to an arm."""
        ...

    def set_flag(self, flag: str, *, on: bool, why: str, by: str) -> int:
        """Set or take away a flag; answers the number of the entry, 0 if it was so already."""
        ...

    def mark_point(
        self,
        debtor: str,
        point: str,
        *,
        bad: bool = False,
        opted_out: str = "",
        opted_in: str = "",
    ) -> None:
        """Remember that an address does not work, or that a channel is not wanted, or is again.

        A number that does not work is named as ``as_bad`` does: a landline takes calls, but no SMS.
        """
        ...

    def touch(self, contact: PlannedContact, key: str, case_id: str = "", by: str = "") -> bool:
        """Write a contact into the contact book, once per key; False if it is there."""
        ...


class CustomerLedger(Protocol):
    """Questions about customers that need no lock."""

    def credit_of(self, creditor: str, customer: str) -> tuple[Credit, CreditRules]:
        """Read a customer's credit and its terms; ok for a customer who is not known."""
        ...
