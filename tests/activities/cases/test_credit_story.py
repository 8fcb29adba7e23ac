"""Dated: two invoices of one customer, a broken promise, and credit that comes back when cured."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from activities.case_service import CaseService
from activities.cases.person_tasks import PersonTasks
from activities.cases.session import Session
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import credit
from adapters.ledger.customers.people import upsert_debtor
from domain.case.model import Invoice
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput, Decision

POLICY = parse_policy(
    """
name = "credit"
minimum_gap_days = 0
calendar = { window = "09:00-17:00", working_days_only = false }
plan_b = { on = "due+60", do = "ask_person" }

[agreements]
confirm_in_writing = false

[[step]]
id = "credit-hold"
on = "due+10"
do = "hold_credit"
""",
    file="credit.toml",
)
LATER = timedelta(days=5)


@dataclass
class Shop:
    """A shop with one customer and two invoices, lived day by day by the deeds themselves."""

    engine: Engine
    creditor: str
    now: datetime = datetime(2026, 1, 5, tzinfo=UTC)

    def __post_init__(self) -> None:
        self.ledger = SqlLedger(self.engine)
        upsert_debtor(self.engine, self.creditor, Debtor(id="C1", email="c@c.example"))
        first = self._invoice("R-1", date(2026, 2, 1))
        self.cases = (first.case_id, f"invoice/{self.creditor}/R-2")
        for invoice in (first, self._invoice("R-2", date(2026, 2, 1) + LATER)):
            self.front.open(invoice, POLICY)

    @property
    def front(self) -> CaseService:
        """Where clients speak, on the story's clock."""
        return CaseService(self.ledger, lambda: self.now)

    @property
    def status(self) -> str:
        """What the billing system is told."""
        return self.front.may_deliver(self.creditor, "C1").status.value

    def until(self, day: str) -> str:
        """Let every deed fall when it is due, up to the morning of a day; messages go nowhere."""
        end = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
        while due := min((d for c in self.cases if (d := self._due(c, end))), default=None):
            self.now = max(self.now, due[0])
            self._do(*due)
        self.now = end
        return self.status

    def say(self, at: int, kind: MessageType, **body: str) -> None:
        """Something is said to one of the two cases."""
        answer, _ = self.front.say(self.cases[at], kind, {"id": f"{kind}-{self.now:%d}", **body})
        assert answer.accepted, answer

    def _invoice(self, number: str, due: date) -> Invoice:
        return Invoice(
            creditor=self.creditor,
            number=number,
            customer="C1",
            issued=date(2026, 1, 4),
            due=due,
            amount=Money(10000, "EUR"),
            opened_at=self.now,
        )

    def _due(self, case: str, end: datetime) -> tuple[datetime, str, Decision] | None:
        decision = PersonTasks(self.ledger).decide(CaseActivityInput(case=case), lambda: self.now)
        return (decision.at, case, decision) if decision.at and decision.at <= end else None

    def _do(self, at: datetime, case: str, decision: Decision) -> None:
        turn = CaseActivityInput(
            case=case, do=decision.do, step=decision.step, episode=decision.episode, at=at
        )
        if decision.do in (ActionType.REMIND.value, ActionType.CONFIRM.value):
            self._sent(turn)
            return
        PersonTasks(self.ledger).do(turn, lambda: self.now)

    def _sent(self, turn: CaseActivityInput) -> None:
        with self.ledger.account_of(turn.case) as account:
            session = Session(account, turn.case, self.now)
            action = session.wants(turn.step, turn.episode)
            assert action
            session.record(action, channel="email")
            session.decide()


def test_two_invoices_hold_once_a_broken_promise_is_cash_only_and_cured_is_cured(
    office_engine: Engine,
) -> None:
    """P54, P60: R-1 was due on 1 February, R-2 on the 6th; a promise for the 20th is broken."""
    shop = Shop(office_engine, "credit-story")
    assert shop.until("2026-02-10") == "ok"
    assert shop.until("2026-02-11") == "held"
    assert shop.until("2026-02-16") == "held"

    shop.say(1, MessageType.PROMISE, date="2026-02-20")
    assert shop.until("2026-02-20") == "held"
    assert shop.until("2026-02-21") == "cash_only"

    shop.say(1, MessageType.PAYMENT, amount="100.00")
    assert shop.until("2026-02-23") == "cash_only"
    shop.say(0, MessageType.PAYMENT, amount="100.00")
    assert shop.until("2026-02-24") == "ok"

    page = credit.credit_page(office_engine, "credit-story", "C1")
    assert [change.after.value for change in page.changes] == ["ok", "cash_only", "held"]
    assert [change.case for change in page.changes] == [*shop.cases, shop.cases[0]]


def test_money_that_goes_back_holds_again(office_engine: Engine) -> None:
    """The case opens again; its step about credit waits for the word that the money came back."""
    shop = Shop(office_engine, "credit-back")
    shop.say(1, MessageType.PAYMENT, amount="100.00")
    assert shop.until("2026-02-12") == "held"
    shop.say(0, MessageType.PAYMENT, amount="100.00")
    assert shop.until("2026-02-13") == "ok"

    shop.say(0, MessageType.PAYMENT_REVERSED)
    assert shop.until("2026-02-20") == "ok"
    assert shop.until("2026-02-26") == "held"


def test_money_for_what_was_given_up_lifts_the_hold_and_wakes_the_closed_case(
    office_engine: Engine,
) -> None:
    """A write-off cures nothing; if the money comes after all, somebody has to run the release."""
    shop = Shop(office_engine, "credit-late")
    shop.say(1, MessageType.PAYMENT, amount="100.00")
    assert shop.until("2026-02-12") == "held"
    shop.say(0, MessageType.WRITE_OFF)
    assert shop.until("2026-03-01") == "held"
    assert shop.front.look(shop.cases[0]).is_over
    shop.say(0, MessageType.PAYMENT, amount="100.00")

    assert not shop.front.look(shop.cases[0]).is_over
    assert shop.until("2026-03-02") == "ok"
    assert shop.front.look(shop.cases[0]).is_over
