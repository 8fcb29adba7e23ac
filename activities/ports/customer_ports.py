"""What the deeds need to know and keep about a customer as one, beside its cases."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.credit.model import Credit, CreditChange, Standing
from domain.policy.model import Policy
from domain.policy.terms import CreditRules, PerCurrency


class CustomerBook(Protocol):
    """The pages of an account that speak of the customer, under the account's lock."""

    @property
    def account(self) -> tuple[str, str]:
        """Creditor and customer."""
        ...

    @property
    def was_written_to(self) -> bool:
        """Whether any message about any invoice ever got through to the customer."""
        ...

    @property
    def credit(self) -> Credit:
        """How the customer's credit stands."""
        ...

    def standing(self, tolerance: PerCurrency) -> Standing:
        """What the credit follows from; sums below the tolerance are not owed."""
        ...

    def change_credit(self, change: CreditChange) -> int:
        """Keep a change of credit for ever; answers its number."""
        ...

    def whose_turn(self, *preferred: str) -> str:
        """Who takes up new work about this customer; empty without a team, or with nobody there.

        Their owner, else the first of those preferred, else who has least to do.
        """
        ...

    def finish_task(self, key: str, note: str) -> None:
        """Tick one task off, if it is still open."""
        ...

    def set_flag(self, flag: str, *, on: bool, why: str, by: str) -> int:
        """Set or take away a flag; answers the number of the entry, 0 if it was so already."""
        ...

    def nudge_all(self, key: str, why: str, by: str, at: datetime) -> tuple[str, ...]:
        """Put a mark on every running case of the account, once per key; answers their ids.

        A marked case is behind its ledger: whoever is not woken at once is woken by the reconciler.
        """
        ...

    def follow(self, case_id: str, policy: Policy) -> str:
        """Let a case follow a policy from now on; answers its SHA-256, empty if it does already."""
        ...


class CustomerLedger(Protocol):
    """What may be asked about customers without any lock."""

    def credit_of(self, creditor: str, customer: str) -> tuple[Credit, CreditRules]:
        """A customer's credit and the terms that hold for it; ok for one who is not known."""
        ...

    def policy_for(self, creditor: str, customer: str) -> Policy | None:
        """The policy chosen for a customer's new cases, else for the creditor's; None if none."""
        ...
