"""The people around the house: customers with late invoices, and a billing system that insists."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from activities.case_service import CaseService
from activities.ports.types import BusyError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Invoice
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import POST, Creditor, Debtor
from domain.payments.allocation import PaymentIn
from domain.policy.contact_rules import UNLIMITED
from domain.policy.model import Anchor, Base, PlanB, Policy, Rolling, Step
from starter.client.client import AsyncAmicable

CREDITOR = "acme"
CUSTOMERS = 48
LAWYER_AFTER = 5
"""Letters after which a lawyer writes one, where there are as many."""

PASSING = (SQLAlchemyError, RPCError, BusyError, RuntimeError, OSError)
"""What a client sees while servers are dead: it tries again, under the same id."""


def policy(messages: int) -> Policy:
    """Any hour and day, no gap: every step of a late invoice is due at once, in its order."""
    steps = [_mail(number) for number in range(1, messages + 1)]
    steps.insert(1, Step(id="call", on=Anchor(Base.DUE, 2), do=ActionType.CALL_TASK, order=99))
    if messages >= LAWYER_AFTER:
        steps.append(_lawyer())
    return Policy(
        name="all-at-once",
        steps=tuple(steps),
        plan_b=PlanB(on=Anchor(Base.DUE, messages + 1), do=ActionType.HAND_OFF),
        minimum_gap_days=0,
        contact=UNLIMITED,
        opens=0,
        closes=24 * 60,
        working_days_only=False,
        due_rolls=Rolling.NEVER,
    )


def _mail(number: int) -> Step:
    """Every third letter goes by post."""
    on, by = Anchor(Base.DUE, number), "email" if number % 3 else POST
    return Step(id=f"mail-{number}", on=on, do=ActionType.REMIND, channels=(by,), order=number)


def _lawyer() -> Step:
    on = Anchor(Base.DUE, LAWYER_AFTER)
    return Step(id="lawyer", on=on, do=ActionType.LAWYER_LETTER, order=99)


def invoice(number: str, customer: str, days_late: int = 60) -> Invoice:
    """An invoice of 119.00 EUR, two months late unless it is said otherwise."""
    today = datetime.now(UTC).date()
    return Invoice(
        creditor=CREDITOR,
        number=number,
        customer=customer,
        issued=today - timedelta(days=90),
        due=today - timedelta(days=days_late),
        amount=Money(11900, "EUR"),
        opened_at=datetime.combine(today, datetime.min.time(), UTC),
    )


def payment(number: str, customer: str, minor: int, ident: str) -> PaymentIn:
    """Money for one invoice."""
    return PaymentIn(
        creditor=CREDITOR,
        source="bank",
        id=ident,
        customer=customer,
        amount=Money(minor, "EUR"),
        at=datetime.combine(date.today(), datetime.min.time(), UTC),  # noqa: DTZ011 - a value date
        invoices=(number,),
    )


def introduce(engine: Engine) -> None:
    """Make the creditor and its customers known, with addresses that work."""
    company = Creditor(id=CREDITOR, name="Acme GmbH", email="billing@acme.example", iban="DE00")
    people.upsert_creditor(engine, company)
    for n in range(CUSTOMERS):
        debtor = Debtor(
            id=f"C-{n}", name=f"Customer {n}", email=f"c{n}@customer.example",
            street=f"Weg {n}", postcode="10115", town="Berlin", country="DE",
        )  # fmt: skip
        people.upsert_debtor(engine, CREDITOR, debtor)


def amicable(engine: Engine, client: Client) -> AsyncAmicable:
    """The client that a billing system uses."""
    return AsyncAmicable(CaseService(SqlLedger(engine), machine_clock), Runs(client))


async def insist(call: Any, *args: Any) -> Any:
    """Call until it is acknowledged, as a billing system does: same id, same content."""
    while True:
        try:
            return await call(*args)
        except PASSING:
            await asyncio.sleep(0.3)
