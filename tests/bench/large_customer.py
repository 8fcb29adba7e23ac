"""How long one message to a customer with 5,000 open invoices takes: chosen, looked at, kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from activities.ports.stores.batches import CaseOpening
from activities.ports.types import Envelope, Found, Receipt, Sent
from activities.sending.protocol import Sender
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch import open_many
from adapters.ledger.customers import people
from adapters.letters.writer import LetterWriter
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.policy.policy_file import standard_policy
from domain.wire import CaseActivityInput, Decision
from tests.bench.setup.figures import Figure, Target
from tests.ledger.factories import FILE

INVOICES = 5_000
CREDITOR = "large"
WANTED = Target(0.25)
DUE = date(2026, 2, 27)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STEP = Decision(do="remind", at=NOW, step="polite", why="due+1 is 2026-03-02", number=1)


@dataclass(slots=True)
class Taking:
    """A provider that takes every message at once.

    Attributes:
        letters: the lengths of what it took.
    """

    letters: list[int]
    name: str = "email"
    provider: str = "bench"
    index_lag: timedelta = timedelta()
    complete_after: timedelta | None = timedelta()

    def send(self, envelope: Envelope) -> Receipt:
        """Take it."""
        self.letters.append(len(envelope.text))
        return Receipt(sent=Sent.ACCEPTED, provider_id=envelope.id)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Nothing is ever on the wire here."""
        return Found.NO


def measure(engine: Engine) -> Figure:
    """One message for 5,000 invoices of one customer, beside messages for one invoice each."""
    people.upsert_creditor(engine, Creditor(id=CREDITOR, name="Large", email="a@large.example"))
    _open(engine, "one-each", 20, apart=True)
    _open(engine, "all", INVOICES, apart=False)
    channel = Taking([])
    sender = Sender(SqlLedger(engine), {"email": channel}, LetterWriter())
    single = min(_send(sender, f"one-each-{n}") for n in range(20))
    seconds = _send(sender, "all-0")
    return Figure(
        measure=f"seconds per invoice of one message for {INVOICES:,}, against one message each",
        measured=f"{seconds:.1f} s in all, a letter of {channel.letters[-1]:,} characters; "
        f"one by one {single * 1000:.1f} ms each",
        value=seconds / INVOICES / single,
        target=WANTED,
    )


def _send(sender: Sender, number: str) -> float:
    turn = CaseActivityInput(
        case=f"invoice/{CREDITOR}/{number}", do="remind", step="polite", at=NOW
    )
    began = time.perf_counter()
    sender.send(turn, lambda: NOW)
    return time.perf_counter() - began


def _open(engine: Engine, name: str, count: int, *, apart: bool) -> None:
    policy = standard_policy()
    openings = [
        CaseOpening(invoice=invoice(name, n, apart=apart), policy=policy, decision=STEP)
        for n in range(count)
    ]
    whose = {opening.invoice.customer for opening in openings}
    debtors = [Debtor(id=one, name=one, email="c@customer.example") for one in sorted(whose)]
    open_many.open_many(engine, CREDITOR, openings, debtors, FILE)


def invoice(name: str, number: int, *, apart: bool) -> Invoice:
    return Invoice(
        creditor=CREDITOR,
        number=f"{name}-{number}",
        customer=f"{name}-{number}" if apart else name,
        issued=DUE - timedelta(days=30),
        due=DUE,
        amount=Money(10_000 + number, "EUR"),
        opened_at=NOW - timedelta(days=30, minutes=number),
    )
