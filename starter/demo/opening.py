"""Opens the demo's invoices, once, and waits until what was due has happened."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from activities.case_service import CaseService
from activities.ports.stores.cases import CaseFilter, CaseRow
from adapters.runtime.machine import machine_clock
from domain.case.invoice import InvoicePart
from domain.case.model import Invoice
from domain.ids import CaseId, PaymentId, PaymentKey
from domain.message_types import MessageType
from domain.money import parse_money
from domain.payments.allocation import PaymentIn
from domain.payments.discounts import discount_of
from domain.policy.policy_file import shipped_policies
from starter.application import Application
from starter.demo.bank import take_in_statement
from starter.demo.samples import DEMO_CREDITOR, SAMPLES, DemoInvoice, SampleMessage
from starter.importing.intake.starting import wake_all

_A_WHILE = timedelta(minutes=20)
"""So long ago the invoices came in: what waits a minute for a customer's others is due now."""

_A_SITTING = timedelta(minutes=17)
"""So long ago something was said today: what waits for the rest of a sitting is due now."""

_A_MOMENT = timedelta(seconds=2)
_POLICY = "any_hour"
_SOURCE = "demo-bank"


def open_samples(application: Application, home: Path) -> int:
    """Open what is not there yet and say what was said; answers how many are new.

    Everything is in the ledger before any case is woken, so nobody is reminded of what is paid.
    """
    application.creditors.put(DEMO_CREDITOR)
    now, fresh = machine_clock(), []
    for sample in SAMPLES:
        if application.ledger.customer_of(_case(sample)) is None:
            application.customers.put(DEMO_CREDITOR.id, sample.debtor)
            application.desk.open(_invoice(sample, now), shipped_policies(_POLICY))
            fresh.append(sample)
        _say(application, sample, now)
    take_in_statement(application, home)
    runs = application.runs
    missing = [one for one in SAMPLES if application.runner.run(runs.status(_case(one))) is None]
    to_wake = [application.desk.look(_case(one)) for one in missing]
    application.runner.run(wake_all(runs, to_wake, lambda *_: None))
    return len(fresh)


def wait_until_done(application: Application, patience: float, tell: Callable[[int], None]) -> bool:
    """Wait until no case has anything left to do now; False if that took too long (seconds)."""
    end = time.monotonic() + patience
    told = -1
    while busy := _busy(application):
        if time.monotonic() > end:
            return False
        if busy != told:
            tell(busy)
        told = busy
        time.sleep(0.3)
    return True


def cases(application: Application) -> tuple[CaseRow, ...]:
    """Read the demo's cases as they stand, by number."""
    found = application.cases.list(CaseFilter(creditor=DEMO_CREDITOR.id, limit=1000))
    return tuple(sorted(found, key=lambda row: row.number))


def _busy(application: Application) -> int:
    now = machine_clock()
    return sum(
        1
        for row in cases(application)
        if not row.outcome and not row.parked and row.next_at and row.next_at <= now + _A_MOMENT
    )


def _say(application: Application, sample: DemoInvoice, now: datetime) -> None:
    heard = {recorded.message.key for recorded in application.cases.messages(_case(sample))}
    for said in sample.said:
        key = f"demo-{said.kind.value}"
        if said.kind is MessageType.PAYMENT:
            if str(PaymentKey(PaymentId.KIND, _SOURCE, sample.number)) not in heard:
                application.desk.post(_payment(sample, said, now))
        elif key not in heard:
            _tell(application.desk, sample, said, now)


def _tell(desk: CaseService, sample: DemoInvoice, said: SampleMessage, now: datetime) -> None:
    body: dict[str, Any] = {"id": f"demo-{said.kind.value}", **said.rest}
    if said.amount:
        body |= {"amount": said.amount, "currency": sample.amount.currency}
    if said.day is not None:
        body["date"] = _day(now, said.day).isoformat()
    ago = timedelta(days=said.ago) or _A_SITTING
    body["at"] = (now - ago).isoformat()
    answer, _ = desk.say(_case(sample), said.kind, body)
    if not answer.accepted:
        raise RuntimeError(f"{sample.number}: {answer.text}")


def _payment(sample: DemoInvoice, said: SampleMessage, now: datetime) -> PaymentIn:
    return PaymentIn(
        creditor=DEMO_CREDITOR.id,
        source=_SOURCE,
        id=sample.number,
        customer=sample.debtor.id,
        amount=parse_money(said.amount, sample.amount.currency),
        at=now - timedelta(days=said.ago),
        invoices=(sample.number,),
    )


def _invoice(sample: DemoInvoice, now: datetime) -> Invoice:
    due = _day(now, sample.due)
    issued = due - timedelta(days=sample.terms)
    percent, _, days = sample.discount.partition("/")
    return Invoice(
        creditor=DEMO_CREDITOR.id,
        number=sample.number,
        customer=sample.debtor.id,
        issued=issued,
        due=due,
        amount=sample.amount,
        opened_at=now - _A_WHILE,
        discount=discount_of(percent, days, None, issued, sample.amount),
        terms=_terms(sample, due),
    )


def _terms(sample: DemoInvoice, due: date) -> tuple[InvoicePart, ...]:
    """Two halves on two days, where a sample says so."""
    if not sample.second_half:
        return ()
    half, then = sample.amount.minor // 2, due + timedelta(days=sample.second_half)
    rest = sample.amount.minor - half
    return (InvoicePart(day=due, minor=half), InvoicePart(day=then, minor=rest))


def _day(now: datetime, days: int) -> date:
    return now.date() + timedelta(days=days)


def _case(sample: DemoInvoice) -> str:
    return str(CaseId(DEMO_CREDITOR.id, sample.number))
