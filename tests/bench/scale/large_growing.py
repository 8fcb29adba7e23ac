"""How the effort for one customer grows with its invoices, and for one case with its messages."""

# One thing: everything that is done for a large customer, and for a case with many messages.

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from math import log10
from pathlib import Path

from sqlalchemy import Engine, text

from activities.case_service import CaseService
from activities.cases.session import Session
from activities.ports.stores.batches import CaseOpening
from activities.ports.stores.reports import ReportScope
from activities.sending.protocol import Sender
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch import first_decisions, open_many
from adapters.ledger.customers import people
from adapters.ledger.queries.customers import customer_sums
from adapters.ledger.queries.reads import file_of
from adapters.ledger.reports.reports import ageing
from adapters.letters.writer import LetterWriter
from domain.case.model import Invoice
from domain.decision.state import case_state
from domain.history.reports import AgeingBuckets
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.payments.allocation import PaymentIn
from domain.policy.policy_file import standard_policy
from domain.wire import CaseActivityInput
from starter.rehearsal.by_customer import rehearsed_files
from tests.bench.large_customer import CREDITOR, NOW, Taking
from tests.bench.large_customer import invoice as invoice_of
from tests.bench.scale.growing import TOGETHER, ledger_of_its_own
from tests.bench.setup import rehearsed, synthetic
from tests.bench.setup.effort import Effort
from tests.bench.setup.figures import Figure, Target
from tests.ledger.factories import FILE
from tests.rehearsal import stage

INVOICES = tuple(int(one) for one in os.environ.get("BENCH_INVOICES", "1000,3000,10000").split(","))
MESSAGES = tuple(int(one) for one in os.environ.get("BENCH_MESSAGES", "500,1500,5000").split(","))
WHOLE = Target(1.12)
"""The exponent of n log n between 3,000 and 10,000."""
FEW = 10
_LEAST = 0.001
"""Seconds below which the clock of a processor tells nothing."""

_TOLD = text(
    "INSERT INTO message (case_id, key, kind, at, day, status, answer) SELECT :case, 'm-' || n,"
    " CASE n % 2 WHEN 0 THEN 'promise' ELSE 'in_flight' END,"
    " CAST(:now AS timestamptz) - interval '1 minute' * (:size - n), CAST(:now AS date) + 5,"
    " 'applied', 'accepted' FROM generate_series(1, :size) n"
)
Deeds = Iterator[tuple[str, int, Callable[[], object]]]


def measure(folder: Path) -> Iterator[Figure]:
    """Let one customer have ever more invoices, and one case ever more messages."""
    with ledger_of_its_own(folder, "large") as engine:
        people.upsert_creditor(engine, Creditor(id=CREDITOR, name="Large", email="a@l.example"))
        yield from _measured(engine, INVOICES, _for_a_customer)
        yield from _measured(engine, MESSAGES, _for_a_case)


def _measured(
    engine: Engine, sizes: tuple[int, ...], deeds: Callable[[Engine, int], Deeds]
) -> Iterator[Figure]:
    effort, found = Effort(engine), dict[str, list[float]]()
    for size in sizes:
        for name, times, deed in deeds(engine, size):
            found.setdefault(name, []).append(effort.of(deed, times))
    for name, seconds in found.items():
        yield _growth(name, dict(zip(sizes, seconds, strict=True)))


def _for_a_customer(engine: Engine, size: int) -> Deeds:
    name, ledger, policy = f"all-{size}", SqlLedger(engine), standard_policy()
    desk, numbers = CaseService(ledger, lambda: NOW), itertools.count(100)
    yield "all invoices imported", 1, lambda: _import(engine, name, size)
    yield "analysed", 1, lambda: _analyse(engine)
    fresh = itertools.count(size)
    yield (
        "one more opened",
        FEW,
        lambda: desk.open(_invoice(name, next(fresh)), policy),
    )
    yield "one looked at", FEW, lambda: desk.look(_case(name, 5))
    yield "one paid", FEW, lambda: desk.post(_payment(name, next(numbers), stated=True))
    yield (
        "one paused",
        FEW,
        lambda: desk.say(_case(name, next(numbers)), MessageType.PAUSE, {"id": "p"}),
    )
    since = NOW - timedelta(days=90)
    yield "its sums", FEW, lambda: customer_sums(engine, CREDITOR, name, since, NOW)
    scope = ReportScope(on=NOW.date(), creditor=CREDITOR)
    yield "the ageing report", 3, lambda: ageing(engine, scope, AgeingBuckets())
    sender = Sender(ledger, {"email": Taking([])}, LetterWriter())
    turn = CaseActivityInput(case=_case(name, 0), do="remind", step="polite", at=NOW)
    yield "all reminded in one message", 1, lambda: sender.send(turn, lambda: NOW)
    yield "all paid at once", 1, lambda: desk.post(_payment(name, size * 9_000, stated=False))
    yield "all rehearsed", 1, lambda: _rehearse(size)


def _for_a_case(engine: Engine, size: int) -> Deeds:
    name, ledger = f"told-{size}", SqlLedger(engine)
    desk, case, numbers = CaseService(ledger, lambda: NOW), _case(name, 0), itertools.count()
    desk.open(_invoice(name, 0), standard_policy())
    with engine.begin() as connection:
        connection.execute(_TOLD, {"case": case, "now": NOW, "size": size})

    def promise() -> None:
        body = {"id": f"x-{next(numbers)}", "date": "2026-03-09"}
        desk.say(case, MessageType.PROMISE, body)

    def decide() -> None:
        with ledger.account_of(case) as account:
            Session(account, case, NOW).decide()

    def read() -> object:
        found = file_of(engine, case)
        return found and case_state(found, NOW).next_action

    yield "one more message heard by a case with many", 3, promise
    yield "a case with many messages decided", 3, decide
    yield "a case with many messages read", 3, read


def _case(name: str, number: int) -> str:
    return str(CaseId(CREDITOR, f"{name}-{number}"))


def _invoice(name: str, number: int) -> Invoice:
    """An invoice that was opened an hour before the last: ten thousand in fourteen months."""
    opened_at = NOW - timedelta(days=30, hours=number)
    return replace(invoice_of(name, number, apart=False), opened_at=opened_at)


def _import(engine: Engine, name: str, size: int) -> None:
    policy = standard_policy()
    for start in range(0, size, TOGETHER):
        numbers = range(start, min(start + TOGETHER, size))
        openings = [CaseOpening(invoice=_invoice(name, n), policy=policy) for n in numbers]
        debtor = Debtor(id=name, name=name, email="c@customer.example")
        opened = open_many.open_many(engine, CREDITOR, openings, [debtor], FILE)
        with first_decisions.newcomers(engine, CREDITOR, opened.new) as accounts:
            for case_id, account in accounts.items():
                Session(account, case_id, NOW).decide()


def _analyse(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _payment(name: str, number: int, *, stated: bool) -> PaymentIn:
    return PaymentIn(
        creditor=CREDITOR,
        source="bank",
        id=f"{name}-{number}",
        customer=name,
        amount=Money(10_000 + number, "EUR"),
        at=NOW,
        invoices=(f"{name}-{number}",) if stated else (),
    )


def _rehearse(size: int) -> None:
    place = {"customer": "ONE", "zone": "Europe/Berlin", "country": "DE"}
    rows = ({**row, **place} for row in synthetic.invoices(size))
    with tempfile.TemporaryDirectory() as folder:
        header = (*stage.INVOICE, "zone", "country")
        stage.write(Path(folder) / "invoices.csv", header, rows)
        stage.write(Path(folder) / "events.csv", stage.EVENT, synthetic.events(size))
        with rehearsed_files(rehearsed.files(Path(folder))) as lines:
            sum(1 for _ in lines)


def _growth(name: str, seconds: Mapping[int, float]) -> Figure:
    told = ", ".join(f"{each:,.3f} s of {size:,}" for size, each in seconds.items())
    small, large = list(seconds)[-2:]
    ratio = max(seconds[large], _LEAST) / max(seconds[small], _LEAST)
    return Figure(
        measure=f"exponent of effort: {name}",
        measured=told,
        value=log10(ratio) / log10(large / small),
        target=WHOLE,
    )
