"""Everything a deed touches: a real ledger, providers of paper, and a clock that stands still."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, text

from activities.case_service import CaseService
from activities.cases.person_tasks import PersonTasks
from activities.cases.session import Session
from activities.ports.callback_urls import CLOSED, CallbackUrls
from activities.ports.letter_data import Letter, LetterData
from activities.ports.ports import Letters
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import LetterError, OutboundState
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers.people import upsert_creditor, upsert_debtor
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from adapters.letters.writer import LetterWriter
from domain.case.model import Invoice
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.policy.policy_file import parse_policy
from domain.wire import Answer, CaseActivityInput, Decision, ReceivedMessage
from tests.fakes import FakeAgency, FakeChannel

POLICY = parse_policy(
    """
name = "office"
minimum_gap_days = 2
tolerance = { EUR = "0.50" }
review_days = 30
agency_review_days = 90
calendar = { window = "09:00-17:00", working_days_only = false }
plan_b = { on = "due+3", do = "hand_off" }
agreements = { longest_promise_days = 30, promises_allowed = 2, grace_days = 0 }

[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email", "sms"]
tone = "friendly"
""",
    file="office.toml",
)
NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""09:00 in Berlin, the day after the due date: the first reminder is due."""

MINUTE = timedelta(minutes=1)
FENCE = timedelta(seconds=11)
"""Longer than any call to a provider."""

DEBTOR = Debtor(
    id="C1", name="Bob", email="bob@bob.example", phone="+4915112345678", zone="Europe/Berlin"
)


class Speechless:
    """Finds no words."""

    def write(self, data: LetterData) -> Letter:
        """Give up."""
        raise LetterError("the creditor has no name")


class Office:
    """One case, and what a test does to it.

    Attributes:
        between: done once at a named point of the protocol, with the lock free.
    """

    def __init__(self, engine: Engine, creditor: str) -> None:
        self.engine = engine
        self.creditor = creditor
        self.ledger = SqlLedger(engine)
        self.now = NINE
        self.email, self.sms = FakeChannel("email"), FakeChannel("sms")
        self.agency = FakeAgency()
        self.letters: Letters = LetterWriter()
        self.callback_urls: CallbackUrls = CLOSED
        self.between: dict[str, Callable[[], object]] = {}
        company = Creditor(id=creditor, name="Acme", email="billing@acme.example", phone="+4930")
        upsert_creditor(engine, company)
        self.known(DEBTOR)
        due = date(2026, 3, 1)
        invoice = Invoice(
            creditor=creditor,
            number="R-1",
            customer="C1",
            issued=due - timedelta(days=14),
            due=due,
            amount=Money(11900, "EUR"),
            opened_at=NINE - timedelta(days=10),
        )
        self.case = invoice.case_id
        self.desk.open(invoice, POLICY)

    @property
    def desk(self) -> CaseService:
        """Where clients speak, on the test's clock."""
        return CaseService(self.ledger, self.clock)

    def clock(self) -> datetime:
        """The test's instant."""
        return self.now

    def known(self, debtor: Debtor) -> None:
        """What the contact book says."""
        upsert_debtor(self.engine, self.creditor, debtor)

    def sender(self) -> Sender:
        """A sender such as each attempt has one."""
        channels = {"email": self.email, "sms": self.sms}
        return Sender(self.ledger, channels, self.letters, self._point, self.callback_urls)

    def remind(self, *heard: ReceivedMessage) -> Decision:
        """One attempt at the first reminder."""
        turn = CaseActivityInput(case=self.case, do="remind", step="polite", at=NINE, heard=heard)
        return self.sender().send(turn, self.clock)

    def deliver(self, do: str = "hand_off", step: str = "plan-b") -> Decision:
        """One attempt at telling the agency."""
        turn = CaseActivityInput(case=self.case, do=do, step=step, at=self.now)
        return Deliverer(self.ledger, self.agency, self._point).deliver(turn, self.clock)

    def deliver_question(self) -> Decision:
        """One attempt at the question that comes next."""
        with self.ledger.account_of(self.case) as account:
            step = Session(account, self.case, self.now).state.next_action.step
        turn = CaseActivityInput(case=self.case, do="ask_person", step=step, at=self.now)
        return PersonTasks(self.ledger).do(turn, self.clock)

    def decide(self) -> Decision:
        """What comes next."""
        turn = CaseActivityInput(case=self.case, do="decide", step="", at=self.now)
        return PersonTasks(self.ledger).decide(turn, self.clock)

    def say(self, kind: MessageType, **body: str) -> Answer:
        """A client says something."""
        answer, _ = self.desk.say(self.case, kind, {"id": f"{kind.value}-1", **body})
        assert answer.accepted, answer
        return answer

    def pay(self) -> Answer:
        """All the money comes."""
        return self.say(MessageType.PAYMENT, amount="119.00")

    def older(self, by: timedelta) -> None:
        """Let the mark in flight grow older, by the database's clock."""
        query = text(
            "UPDATE outbound_message SET in_flight_since = in_flight_since - :by WHERE id IN "
            "(SELECT message_id FROM outbound_item WHERE case_id = :case)"
        )
        with self.engine.begin() as link:
            link.execute(query, {"by": by, "case": self.case})

    def state(self, step: str = "polite") -> OutboundState | None:
        """Where the step's message stands."""
        with self.ledger.account_of(self.case) as account:
            found = account.outbound.of_step(self.case, step, 1)
        return found.state if found else None

    def results(self) -> list[tuple[str, str]]:
        """What was done, and how it ended."""
        return [(d.step, d.result.value) for d in reads.deeds_of(self.engine, self.case)]

    def tasks(self, kind: str = "") -> list[str]:
        """What lies on the desk."""
        found = desk.find_tasks(self.engine, TaskFilter(case=self.case, kind=kind))
        return [row.task.title for row in found]

    def _point(self, name: str) -> None:
        if deed := self.between.pop(name, None):
            deed()
