"""A month of a creditor: invoices by file, a statement each day, reminders, a return, a credit."""

# One thing: what comes in and goes out on each day, and who was written to.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from activities.cases.session import Session
from activities.cases.waking import ToWake
from activities.ports.bank.store import EntryState
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.bank.bank_files import read_bank_file
from adapters.config.settings import Settings
from adapters.einvoice.invoice_files import read_invoice_file
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.letters.writer import LetterWriter
from domain.ids import CaseId
from domain.message_types import ActionType
from domain.parties.people import Creditor
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput
from starter.application import Application
from starter.importing.einvoices.taking_invoices import EInvoiceOrder, take_in_einvoices
from starter.importing.intake.deciding import Ready
from tests.adapters.einvoice import samples
from tests.fakes import FakeAgency, FakeChannel

POLICY = parse_policy(
    """
name = "month"
minimum_gap_days = 2
review_days = 30
agency_review_days = 90
calendar = { window = "09:00-17:00", working_days_only = true }
plan_b = { on = "due+60", do = "hand_off" }

[[step]]
id = "polite"
on = "due+1"
do = "remind"
channels = ["email"]
tone = "friendly"

[[step]]
id = "second"
on = "due+8"
do = "remind"
channels = ["email"]
tone = "firm"
""",
    file="month.toml",
)
IBAN = "DE58370400440000047128"
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 1)
DUE = {"R-1001": 10, "R-1002": 10, "R-1003": 12, "R-1004": 10, "R-1005": 16, "R-1006": 10}
"""Each of 100.00; the day of March on which it falls due."""


@dataclass(frozen=True)
class Booking:
    """What the bank books on a day."""

    day: int
    cents: int
    text: str
    is_return: bool = False


BOOKED = (
    Booking(9, 10_000, "R-1001 thank you"),
    Booking(10, 10_000, "Invoice R-1006"),
    Booking(11, 10_000, "Invoice R-1003"),
    Booking(13, -10_000, "Invoice R-1003", is_return=True),
    Booking(16, 6_000, "part of R-1005"),
    Booking(23, 10_000, "late, sorry: R-1002"),
    Booking(27, 10_000, "R-1003 again"),
)


class NoWorkflows:
    """Starts none: the test asks each case each day itself."""

    def alive(self, creditor: str) -> set[str] | None:
        """None runs."""
        return set()

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Take them all, start none."""
        return sum(len(part) for part in ready)

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Nothing sleeps."""


@dataclass
class Month:
    """One creditor and its clock.

    Attributes:
        told: day of the month, invoice and step of each reminder.
        known: for each invoice the cents that statements told of until now.
    """

    engine: Engine
    monkeypatch: pytest.MonkeyPatch
    creditor: str = "a-month"
    now: datetime = datetime(2026, 3, 2, 8, tzinfo=UTC)
    told: list[tuple[int, str, str]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    balance: int = 50_000

    def __post_init__(self) -> None:
        for module in ("starter.application", "starter.importing.einvoices.taking_invoices"):
            self.monkeypatch.setattr(f"{module}.machine_clock", self.clock)
        self.application = Application(Settings(), self.engine)
        self.email = FakeChannel("email")
        company = Creditor(id=self.creditor, name="Acme", email="a@acme.example", phone="+4930")
        self.application.creditors.put(company)

    def clock(self) -> datetime:
        """The story's instant."""
        return self.now

    def receive(self, *bodies: bytes) -> None:
        """Take in electronic invoices."""
        documents = [one for body in bodies for one in read_invoice_file("day.xml", body)]
        order = EInvoiceOrder(creditor=self.creditor, documents=documents, policy=POLICY)
        take_in_einvoices(self.application, order, NoWorkflows(), self.now)

    def bank_tells(self, day: date) -> None:
        """Take in the statement of a day: camt.053, with both balances."""
        booked = [one for one in BOOKED if date(2026, 3, one.day) == day]
        opening = self.balance
        self.balance += sum(one.cents for one in booked)
        body = _statement(day, booked, opening, self.balance)
        bank = self.application.bank.statements
        bank.take_in(self.creditor, read_bank_file("day.xml", body.encode()))
        for one in booked:
            number = _number(one)
            self.known[number] = self.known.get(number, 0) + one.cents

    def live(self, day: date) -> None:
        """One day: yesterday's statement first, then what people do, then what cases want."""
        self.now = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        self.bank_tells(day - timedelta(days=1))
        if day.day == 9:
            self.receive(samples.ubl("G-1", "100.00", root="CreditNote", about="R-1004"))
        if day.day == 19:
            entries = self.application.bank.entries
            (unclear,) = entries.entries(self.creditor, (EntryState.OPEN,))
            entries.assign(self.creditor, unclear.id, ["R-1005"], "ann")
        self.chase()

    def chase(self) -> None:
        """Do what each case wants done now, as its workflow would."""
        for number in DUE:
            case = str(CaseId(self.creditor, number))
            for _ in range(5):
                with self.application.ledger.account_of(case) as account:
                    action = Session(account, case, self.now).state.next_action
                if action.at is None or action.at > self.now or action.do is ActionType.CLOSE:
                    break
                turn = CaseActivityInput(case=case, do=action.do.value, step=action.step)
                before = len(self.email.taken)
                self._deed(turn)
                written = len(self.email.taken) - before
                self.told += [(self.now.day, number, action.step)] * written

    def _deed(self, turn: CaseActivityInput) -> None:
        ledger = self.application.ledger
        if turn.do == ActionType.HAND_OFF.value:
            Deliverer(ledger, FakeAgency(), lambda _: None).deliver(turn, self.clock)
        else:
            sender = Sender(ledger, {"email": self.email}, LetterWriter(), lambda _: None)
            sender.send(turn, self.clock)

    def owed(self) -> dict[str, str]:
        """What is open of each invoice."""
        look = self.application.desk.look
        cases = {number: look(str(CaseId(self.creditor, number))).case for number in DUE}
        return {number: f"{case.open / 100:.2f}" for number, case in cases.items()}


def _number(booking: Booking) -> str:
    return next(number for number in DUE if number in booking.text)


def _statement(day: date, booked: Iterable[Booking], opening: int, closing: int) -> str:
    def balance(code: str, cents: int) -> str:
        kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        money = f'<Amt Ccy="EUR">{cents / 100:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        return f"<Bal>{kind}{money}<Dt><Dt>{day}</Dt></Dt></Bal>"

    entries = "".join(_entry(day, one) for one in booked)
    space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
    return (
        f'<Document xmlns="{space}"><BkToCstmrStmt><Stmt><Id>S-{day}</Id>'
        f"<CreDtTm>{day}T20:00:00</CreDtTm><Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>"
    )


def _entry(day: date, one: Booking) -> str:
    sign = "CRDT" if one.cents > 0 else "DBIT"
    account = f"<Id><Othr><Id>ACCOUNT-{_number(one)}</Id></Othr></Id>"
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(one.cents) / 100:.2f}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>E-{_number(one)}</EndToEndId></Refs>"
        f"<RltdPties><DbtrAcct>{account}</DbtrAcct><CdtrAcct>{account}</CdtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{one.text}</Ustrd></RmtInf>"
        f"{'<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>' if one.is_return else ''}"
        "</TxDtls></NtryDtls></Ntry>"
    )


def _invoice(number: str) -> bytes:
    given = {"issued": "2026-02-20", "due": f"2026-03-{DUE[number]}", "terms": ""}
    return samples.ubl(number, "100.00", buyer_id=f"C-{number[2:]}", **given)


@pytest.fixture
def month(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Month]:
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=5)
    yield Month(engine, monkeypatch)
    engine.dispose()


def test_nobody_is_reminded_whose_money_was_in_a_statement(month: Month) -> None:
    month.receive(*map(_invoice, DUE))
    day = FIRST
    while day < LAST:
        before = len(month.told)
        month.live(day)
        for _, number, _ in month.told[before:]:
            assert month.known.get(number, 0) < 10_000, (day, number)
        day += timedelta(days=1)

    assert month.told == [
        (11, "R-1002", "polite"),
        (17, "R-1003", "renewed-money-back-1"),
        (18, "R-1002", "second"),
        (19, "R-1005", "polite"),
        (24, "R-1005", "second"),
        (25, "R-1003", "second"),
    ]
    assert month.owed() == dict.fromkeys(DUE, "0.00") | {"R-1005": "40.00"}
