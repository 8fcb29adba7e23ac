"""The service for credit checks: what is known of a customer before credit is given (P08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from activities.cases.crediting import tell_passed_limit
from activities.ports.clock import Clock
from activities.ports.credit.limits import CreditBureau, LimitStore, ReportBook
from activities.ports.ports import Ledger
from activities.ports.stores.cases import CaseFiles
from activities.ports.stores.customers import CustomerStore
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.policies import PolicyStore
from activities.ports.types import ConflictError
from domain.card_numbers import without_card_numbers
from domain.credit.check import CreditCheck, risk_facts, score_of
from domain.credit.limits import (
    BureauReport,
    CreditLimit,
    check_limit,
    check_report,
    exposures,
)
from domain.decision.state import customer_class
from domain.money import Money, zero
from domain.policy.classes import why_class
from domain.policy.policy_file import standard_policy


@dataclass(frozen=True, kw_only=True)
class CreditCheckService:
    """Checks customers, and keeps the limits and reports that people put down."""

    ledger: Ledger
    customers: CustomerStore
    files: CaseFiles
    policies: PolicyStore
    limits: LimitStore
    bureau: CreditBureau
    reports: ReportBook
    clock: Clock

    def check(self, creditor: str, customer: str, order: Money | None = None) -> CreditCheck:
        """Show what is known of a customer, with an order beside the limit. Nothing is written.

        Raises:
            NotKnownError: if there is no such customer.
        """
        now = self.clock()
        debtor = self.customers.debtor(creditor, customer)
        sums = self.customers.sums(creditor, customer, now, now)
        if debtor is None or sums is None:
            raise _unknown(creditor, customer)
        history = self.files.history(creditor, customer, now)
        policy = self.policies.policy_for(creditor, customer) or standard_policy()
        by_hand = debtor.customer_class
        limits = self.limits.limits(creditor, customer)
        return CreditCheck(
            customer=customer,
            customer_class=customer_class(debtor, history, policy),
            why_class=f"{by_hand}: set by hand" if by_hand else why_class(history, policy.classes),
            facts=risk_facts(history),
            score=score_of(history),
            credit=self.customers.credit(creditor, customer).credit,
            exposures=exposures(sums.row.open, limits, order),
            report=self.bureau.report(creditor, customer),
        )

    def set_limit(
        self, creditor: str, customer: str, limit: Money | str, *, why: str, by: str
    ) -> CreditLimit:
        """Set a customer's limit in one currency; a bare currency takes the limit away.

        Where more is open already, other systems are told at once.

        Raises:
            NotKnownError: if there is no such customer.
            DomainError: if the limit is below zero, or nobody says why.
        """
        if self.customers.debtor(creditor, customer) is None:
            raise _unknown(creditor, customer)
        amount = limit if isinstance(limit, Money) else None
        currency = limit.currency if isinstance(limit, Money) else limit
        new = CreditLimit(
            currency=zero(currency).currency,
            amount=amount,
            at=self.clock(),
            why=without_card_numbers(why),
            by=by,
        )
        check_limit(new)
        with self.ledger.account(creditor, customer) as account:
            account.customer.set_limit(new)
            tell_passed_limit(account, zero(currency), new.at)
        return new

    def keep_report(  # noqa: PLR0913 - all that a report consists of
        self,
        creditor: str,
        customer: str,
        *,
        source: str,
        day: date,
        limit: Money | None,
        said: str,
        by: str,
    ) -> BureauReport:
        """Keep what a bureau wrote about a customer, as a person read it.

        Raises:
            NotKnownError: if there is no such customer.
            ConflictError: if the customer was erased: nothing personal is taken in any more.
            DomainError: if the report says nothing, or cannot be of that day.
        """
        now = self.clock()
        sums = self.customers.sums(creditor, customer, now, now)
        if sums is None:
            raise _unknown(creditor, customer)
        if sums.row.erased_at is not None:
            raise ConflictError(f"{customer} was erased on request")
        words = without_card_numbers(said)
        new = BureauReport(source=source, day=day, limit=limit, said=words, by=by, at=now)
        check_report(new, now.date())
        self.reports.keep_report(creditor, customer, new)
        return new


def _unknown(creditor: str, customer: str) -> NotKnownError:
    return NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")
