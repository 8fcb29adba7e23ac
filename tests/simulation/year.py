"""A year of some customers, played from a seed: who comes when, and what goes wrong."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Envelope
from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from adapters.ledger.inbound.events import ProviderEvent
from adapters.ledger.inbound.incoming import keep_events
from domain.case.invoice import Invoice
from domain.parties.people import Creditor
from infra.servers.postgres import PostgresServer
from tests.simulation.books import Books
from tests.simulation.chance.moments import Moments
from tests.simulation.checks import Watch
from tests.simulation.customers import CREDITOR, Act, Customer, customer_of
from tests.simulation.doing import People
from tests.simulation.ledger import SimulatedLedger, new_ledger
from tests.simulation.office import Office, made_up_time_and_ids
from tests.simulation.processes import Work, run
from tests.simulation.providers import REPORTS
from tests.simulation.stage import Broken, Happening, Stage
from tests.simulation.workers import only_by_faults

BEGIN = datetime(2026, 1, 5, 6, tzinfo=UTC)
YEAR = timedelta(days=365)
CALM = timedelta(days=10)
"""Without faults at the end, so that everything comes to rest."""

ROUND = timedelta(days=1)
"""Between two rounds of the reconciler where nothing fails; what fails brings the next one soon."""

LEAST_APART = timedelta(hours=20)
"""Between two rounds that faults bring."""

_KINDS = [kind for kind, _ in REPORTS]
_OFTEN = [often for _, often in REPORTS]


def quiet() -> None:
    """Let this process write no logs: what it does is known from its own."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of a run: figures, the fingerprint of its log, and what was broken."""

    seed: str
    customers: int
    broken: str
    digest: str
    figures: dict[str, float]
    log: list[str]


def play(
    server: PostgresServer,
    seed: str,
    customers: int,
    days: int = 365,
    *,
    every_step: bool = False,
) -> Told:
    """Play so many customers for so long; a broken promise ends it and is told."""
    stage = Stage(BEGIN, seed, every_step=every_step)
    began, cpu = time.monotonic(), time.process_time()
    with new_ledger(server) as ledger, made_up_time_and_ids(stage):
        year = Year(stage, ledger, seed, customers, timedelta(days=days))
        broken = ""
        try:
            year.play()
        except Broken as promise:
            broken = f"{stage.now:%Y-%m-%d %H:%M} {promise}"
            stage.log += year.watch.told_of(broken)
        figures = year.figures
    figures |= {"seconds": time.monotonic() - began, "cpu": time.process_time() - cpu}
    digest = hashlib.sha256("\n".join(stage.log).encode()).hexdigest()[:16]
    return Told(
        seed=seed, customers=customers, broken=broken, digest=digest, figures=figures, log=stage.log
    )


class Year:
    """All that happens in a run."""

    def __init__(
        self, stage: Stage, ledger: SimulatedLedger, seed: str, customers: int, length: timedelta
    ) -> None:
        self.stage, self.office, self.books = stage, Office(stage, ledger), Books()
        self.length = length
        stage.moved = ledger.move
        ledger.move(stage.now)
        spread = max(20, length.days - 115)
        self.everybody = [customer_of(seed, n, BEGIN.date(), spread) for n in range(customers)]
        known = {customer.id: customer for customer in self.everybody}
        self.people = People(stage, self.office, self.books)
        self.watch = Watch(stage, self.office, self.books, known)
        self._of_case = {c.case_id(i.number): c for c in self.everybody for i in c.invoices}
        self.moments = Moments(stage, self.office, self.people, self._of_case)
        self.office.workers.gap = self._gap
        self._round_is_near, self._last_round = False, stage.now
        stage.failed = self._something_failed
        stage.after_each = self.watch.look
        for channel in self.office.channels.values():
            channel.after = partial(self._taken, channel.provider)

    def play(self) -> None:
        """Let the year pass, then some days without faults, and look at everything."""
        upsert_creditor(
            self.office.ledger.looking,
            Creditor(
                id=CREDITOR, name="Acme", email="billing@acme.example", iban="", phone="+4930"
            ),
        )
        for customer in self.everybody:
            upsert_debtor(self.office.ledger.looking, CREDITOR, customer.debtor)
            for invoice in customer.invoices:
                self._plan(customer, invoice)
        self._every(ROUND, self._round)
        self._every(timedelta(days=1), self._day)
        self.stage.run_until(BEGIN + self.length)
        self.stage.faulty = False
        self.stage.run_until(BEGIN + self.length + CALM)
        self.watch.finish(self.everybody)

    def _plan(self, customer: Customer, invoice: Invoice) -> None:
        stage = self.stage
        stage.at(invoice.opened_at, lambda: self.people.opens(customer, invoice))
        due = datetime(invoice.due.year, invoice.due.month, invoice.due.day, tzinfo=UTC)
        for number, act in enumerate(customer.acts[invoice.number]):
            ident, done = f"{invoice.number}-{number}", list[bool]()

            do = partial(self._do_once, customer, invoice, (act, ident, done))
            customer.waiting.append(do)
            when = max(due + timedelta(days=act.day), invoice.opened_at + timedelta(hours=1))
            stage.at(when, do)

    def _do_once(
        self, customer: Customer, invoice: Invoice, what: tuple[Act, str, list[bool]]
    ) -> None:
        """What came earlier than thought does not come again."""
        act, ident, done = what
        if not done and customer.case_id(invoice.number) in customer.opened:
            done.append(True)
            self.people.do(customer, invoice, act, ident)

    def _gap(self, work: Work, case: str) -> None:
        """Somebody else may come between two transactions: the clock, or the very customer."""
        customer = self._of_case.get(case)
        if customer and customer.waiting and self.stage.happens(25):
            self.stage.note("in between:")
            self.stage.after(timedelta(seconds=1), customer.waiting.pop(0))
            work.pause(timedelta(seconds=2))
        elif self.stage.happens(15):
            work.pause(timedelta(seconds=self.stage.dice.choice((1, 1, 4, 30))))

    def _every(self, wait: timedelta, what: Happening) -> None:
        def again() -> None:
            what()
            self.stage.after(wait, again)

        self.stage.after(wait, again)

    def _round(self) -> None:
        self._round_is_near, self._last_round = False, self.stage.now
        self.office.temporal.taken_up.clear()
        began = self.stage.now
        work = self.office.workers.begin("reconcile", lambda: run(self.office.reconciler.round()))
        only_by_faults(work)
        self.watch.round_ended(work, began)

    def _something_failed(self) -> None:
        """What was lost is found by the next round, in earnest five minutes later at most."""
        if not self._round_is_near:
            self._round_is_near = True
            soon = self.stage.now + timedelta(minutes=5)
            self.stage.at(max(soon, self._last_round + LEAST_APART), self._round)

    def _day(self) -> None:
        self.watch.daily()
        for row in self.office.tasks.list(TaskFilter()):
            if self.stage.dice.random() < 0.3:
                self.office.tasks.done(row, "ann", "looked into")
        self.moments.daily()

    def _taken(self, provider: str, envelope: Envelope) -> None:
        """The customer has it; reports come in, late, twice, before our own commit, or never."""
        self.watch.takes(envelope)
        dice, stage = self.stage.dice, self.stage
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            (kind,) = dice.choices(_KINDS, _OFTEN)
            event = ProviderEvent(
                dedupe_key=f"{provider}/{envelope.id}/{kind.value}",
                message_id=envelope.id,
                provider=provider,
                kind=kind.value,
                at=stage.now,
            )
            wait = timedelta(seconds=dice.choice((0, 3, 60, 3600, 86_400, 400_000)))
            for _ in range(dice.choice((1, 1, 2))):
                stage.after(wait, partial(self._report, event))

    def _report(self, event: ProviderEvent) -> None:
        keep_events(self.office.ledger.looking, [event])
        if self.stage.dice.random() < 0.7:
            self.people.ring()

    @property
    def figures(self) -> dict[str, float]:
        """What was played."""
        office = self.office
        found: dict[str, float] = {
            "cases": sum(len(customer.opened) for customer in self.everybody),
            "acts": self.people.acted,
            "insisted": self.people.insisted,
            "attempts": office.workers.attempts,
            "deaths": office.workers.deaths,
            "workflow tasks": office.temporal.tasks,
            "replays": office.temporal.replays,
            "messages": self.watch.messages,
            "looks": self.watch.looks,
        }
        calls = {f"{c.name} {k}": n for c in office.channels.values() for k, n in c.calls.items()}
        return found | calls | {f"did {k}": n for k, n in self.watch.deeds.items()}
