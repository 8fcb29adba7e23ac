"""What a payment for many invoices of one customer asks of the ledger, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from activities.case_service import CaseService
from adapters.ledger.account.ledger import SqlLedger
from domain.case.model import Invoice
from domain.money import Money
from domain.payments.allocation import PaymentIn
from domain.policy.policy_file import standard_policy
from tests.bench.setup.figures import Figure, Target
from tests.counting import Asked, counted

INVOICES = 50
ROUNDS = 5
CREDITOR = "paying"
STATEMENTS = Target(4)
SHARE = Target(0.25)
OPENING = Target(15)
DUE = date(2026, 3, 1)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def measure(engine: Engine) -> Iterator[Figure]:
    """One payment for fifty invoices, beside payments for one invoice each, and an opening."""
    service = CaseService(SqlLedger(engine), lambda: NOW)
    opening = [_opened(engine, service, f"{n}-all", INVOICES) for n in range(ROUNDS)]
    many = [_posted(engine, service, f"{n}-all", INVOICES) for n in range(ROUNDS)]
    for n in range(ROUNDS):
        _opened(engine, service, f"{n}-alone", 1)
    alone = [_posted(engine, service, f"{n}-alone", 1) for n in range(ROUNDS)]
    asked, _ = many[0]
    yield Figure(
        measure=f"statements per invoice of a payment for {INVOICES}",
        measured=f"{asked.executed} in {asked.transactions} transaction, "
        f"sent as {len(asked.texts)}",
        value=asked.executed / INVOICES,
        target=STATEMENTS,
    )
    yield _speed(min(seconds for _, seconds in many), min(seconds for _, seconds in alone))
    yield Figure(
        measure="statements of opening one case",
        measured=f"with its first decision, in {opening[0].transactions} transaction",
        value=max(one.executed for one in opening),
        target=OPENING,
    )


def _speed(together: float, alone: float) -> Figure:
    return Figure(
        measure=f"seconds per invoice of a payment for {INVOICES}, against one payment each",
        measured=f"{together * 1000:.0f} ms in all, fastest of {ROUNDS}; "
        f"one by one {alone * 1000:.1f} ms each",
        value=together / INVOICES / alone,
        target=SHARE,
    )


def _opened(engine: Engine, service: CaseService, customer: str, count: int) -> Asked:
    """Open a customer's cases; answers what the last one asked of the ledger."""
    for number in range(count):
        with counted(engine) as asked:
            service.open(_invoice(customer, number), standard_policy())
    return asked


def _posted(engine: Engine, service: CaseService, customer: str, count: int) -> tuple[Asked, float]:
    payment = PaymentIn(
        creditor=CREDITOR,
        source="bank",
        id=customer,
        customer=customer,
        amount=Money(sum(_invoice(customer, n).amount.minor for n in range(count)), "EUR"),
        at=NOW,
    )
    began = time.perf_counter()
    with counted(engine) as asked:
        service.post(payment)
    return asked, time.perf_counter() - began


def _invoice(customer: str, number: int) -> Invoice:
    return Invoice(
        creditor=CREDITOR,
        number=f"{customer}-{number}",
        customer=customer,
        issued=DUE - timedelta(days=30),
        due=DUE,
        amount=Money(10_000 + number, "EUR"),
        opened_at=NOW - timedelta(days=30, minutes=number),
    )
