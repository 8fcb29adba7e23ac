"""Changes a customer's credit, derived under the account's lock and announced once a change."""

from __future__ import annotations

from datetime import datetime, timedelta

from activities.cases.announcing import limit_passed
from activities.ports.events import DomainEvent
from activities.ports.ports import AccountRepository
from activities.ports.types import Task
from domain.case.model import Case
from domain.credit.model import (
    WORDS,
    Credit,
    CreditChange,
    Standing,
    credit_of,
    moved_credit_at,
    reason_of,
)
from domain.money import Money
from domain.parties.tasks import TaskKey, TaskKind
from domain.policy.model import Policy

_A_DAY = timedelta(days=1)
_AMICABLE = "amicable"


def review_credit(account: AccountRepository, case: Case, policy: Policy, now: datetime) -> None:
    """Review the customer's credit after a case was saved (P54, P60).

    Costs nothing for a customer whose credit is free and whose invoice does not hold it; else one
    query, however many invoices there are.
    """
    if account.customer.credit is Credit.OK and not case.credit_held:
        return
    standing = account.customer.standing(policy.tolerance)
    after = credit_of(standing, policy.credit, moved_credit_at(case))
    if after is standing.credit:
        return
    why = reason_of(case, after)
    change = CreditChange(
        at=now,
        before=standing.credit,
        after=after,
        why=why,
        case=case.invoice.case_id,
        by=_AMICABLE,
    )
    _carry_out(account, standing, change)


def move_by_hand(
    account: AccountRepository, after: Credit, why: str, by: str, now: datetime
) -> CreditChange:
    """Hold or release a customer's credit for a person.

    A hold stays until a person releases it; a release stays until an invoice's next deed about
    credit. What is cash only already stays so when it is held.
    """
    standing = account.customer.standing(())
    stricter = after is Credit.HELD and standing.credit is Credit.CASH_ONLY
    change = CreditChange(
        at=now,
        before=standing.credit,
        after=Credit.CASH_ONLY if stricter else after,
        why=why,
        by=by,
    )
    _carry_out(account, standing, change)
    return change


def tell_passed_limit(account: AccountRepository, risen: Money, now: datetime) -> None:
    """Tell other systems that by what is open more since just now the credit limit is passed.

    Nothing else follows from it: no hold, and no refusal.
    """
    for passed in account.customer.pass_limit(risen):
        account.events.announce(limit_passed(account.id[0], passed, now))


def _carry_out(account: AccountRepository, standing: Standing, change: CreditChange) -> None:
    """Keep a change and, where it is a real one, tell people and other systems, once."""
    number = account.customer.change_credit(change)
    if change.before is change.after:
        return
    creditor, customer = account.id
    if standing.number:
        account.tasks.finish(_key(creditor, customer, standing.number), WORDS[change.after])
    account.tasks.add(_task(customer, _key(creditor, customer, number), change))
    account.events.announce(_event(creditor, customer, number, change))


def _task(customer: str, key: str, change: CreditChange) -> Task:
    return Task(
        key=key,
        kind=TaskKind.CREDIT,
        case=change.case,
        title=f"customer {customer}: {WORDS[change.after]}",
        detail=change.why,
        due_at=change.at + _A_DAY,
    )


def _event(creditor: str, customer: str, number: int, change: CreditChange) -> DomainEvent:
    return DomainEvent(
        id=f"credit.changed/{creditor}/{customer}/{number}",
        kind="credit.changed",
        creditor=creditor,
        customer=customer,
        at=change.at,
        case=change.case,
        data={"before": change.before.value, "after": change.after.value},
    )


def _key(creditor: str, customer: str, number: int) -> str:
    return str(TaskKey.of(TaskKind.CREDIT, creditor, customer, number))
