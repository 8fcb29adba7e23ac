"""What may be asked about customers without any lock."""

from __future__ import annotations

from sqlalchemy import Engine

from adapters.ledger import credit, policies
from domain.credit.model import Credit
from domain.policy.model import Policy
from domain.policy.terms import CREDIT_RULES, CreditRules


class Lookups:
    """The half of the ledger that only answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def credit_of(self, creditor: str, customer: str) -> tuple[Credit, CreditRules]:
        """A customer's credit and the terms that hold for it; ok for one who is not known."""
        page = credit.page(self._engine, creditor, customer, most=1)
        if page.rules is not CREDIT_RULES:
            return page.credit, page.rules
        chosen = policies.policy_for(self._engine, creditor, customer)
        return page.credit, chosen.credit if chosen else CREDIT_RULES

    def policy_for(self, creditor: str, customer: str) -> Policy | None:
        """The policy chosen for a customer's new cases, else for the creditor's; None if none."""
        return policies.policy_for(self._engine, creditor, customer)
