"""What a message asks for is what the ledger says at the last look, each cost by itself (P24)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from activities.cases.person_tasks import PersonTasks
from activities.cases.session import Session
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks import desk
from domain.case.model import Invoice
from domain.charges.statement import Statement
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.tasks import TaskState
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput
from tests.activities.sending_harness import DEBTOR, Office

CHARGING = parse_policy(
    """
name = "charging"
calendar = { window = "09:00-17:00", working_days_only = false }
[[step]]
id = "fee"
on = "due+1"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "polite"
on = "due+10"
do = "remind"
[[step]]
id = "call"
on = "due+11"
do = "call_task"
[charges]
interest = "law"
jurisdiction = "DE"
confirmed_by = "J. Doe, 2026-01-02"
compensation = true
"""
)


class Charged:
    """A case whose policy charges for being late, at the opening of its first reminder."""

    def __init__(self, office: Office, due: date) -> None:
        self.office = office
        office.known(replace(DEBTOR, id="C9", email="nine@nine.example"))
        opened = datetime(due.year, due.month, due.day, 8, tzinfo=UTC) - timedelta(days=10)
        self.invoice = Invoice(
            creditor=office.creditor,
            number="R-9",
            customer="C9",
            issued=due - timedelta(days=14),
            due=due,
            amount=Money(119000, "EUR"),
            opened_at=opened,
        )
        office.now = opened
        office.desk.open(self.invoice, CHARGING)
        office.now = opened + timedelta(days=20)
        with office.ledger.account_of(self.invoice.case_id) as account:
            session = Session(account, self.invoice.case_id, office.now)
            session.record(session.state.next_action)
            session.decide()

    def remind(self) -> str:
        """The text of the reminder."""
        turn = CaseActivityInput(
            case=self.invoice.case_id, do="remind", step="polite", at=self.office.now
        )
        self.office.sender().send(turn, self.office.clock)
        return self.office.email.calls[-1].text

    def statement(self) -> Statement:
        """What the ledger says now."""
        with self.office.ledger.account_of(self.invoice.case_id) as account:
            return Session(account, self.invoice.case_id, self.office.now).state.statement

    def page(self) -> str:
        """The case's page in the Temporal UI."""
        with self.office.ledger.account_of(self.invoice.case_id) as account:
            return Session(account, self.invoice.case_id, self.office.now).decide().details

    def call(self) -> Task:
        """The task of the call on the day after the reminder."""
        self.office.now += timedelta(days=1)
        turn = CaseActivityInput(case=self.invoice.case_id, do="call_task", step="call", episode=1)
        PersonTasks(self.office.ledger).do(turn, self.office.clock)
        wanted = TaskFilter(case=self.invoice.case_id, kind="call", limit=1000)
        return desk.find_tasks(self.office.engine, wanted)[0].task

    def calls(self, status: TaskState = TaskState.OPEN) -> list[str]:
        """The titles of its tasks to call."""
        wanted = TaskFilter(case=self.invoice.case_id, kind="call", status=status)
        return [row.task.title for row in desk.find_tasks(self.office.engine, wanted)]


def asked(text: str, name: str) -> str:
    found = re.search(rf"^{name}: (?:\+ )?EUR ([\d,.]+)$", text, re.MULTILINE)
    return found[1].replace(",", "") if found else ""


def test_each_cost_stands_by_itself_with_its_ground_and_they_add_up(office: Office) -> None:
    charged = Charged(office, date(2026, 3, 1))
    text, ledger = charged.remind(), charged.statement()

    assert asked(text, "Late fee") == "5.00"
    assert asked(text, "Fixed compensation") == "40.00"
    assert asked(text, "Interest") == ledger.lines[-1].amount.plain != "0.00"
    assert asked(text, "Amount owed") == ledger.total.plain
    assert sum(line.amount.minor for line in ledger.lines) + 119000 == ledger.total.minor
    grounds = re.findall(r"^  \((.*)\)$", text, re.MULTILINE)
    assert grounds[:2] == [
        "by the payment terms",
        "under section 288(5) of the German Civil Code (BGB)",
    ]
    assert grounds[2].startswith("under section 288(2) of the German Civil Code (BGB), from ")
    assert ledger.lines[2].law == "§ 288 Abs. 2 BGB"


def test_money_that_comes_before_the_call_is_in_the_figures(office: Office) -> None:
    """The amount equals the ledger at the last look, not at the decision."""
    charged = Charged(office, date(2026, 3, 1))
    body = {"id": "p1", "amount": "500.00"}
    office.between["after_T1"] = lambda: office.desk.say(
        charged.invoice.case_id, MessageType.PAYMENT, body
    )
    text = charged.remind()

    assert asked(text, "Invoice balance") == "690.00"
    assert asked(text, "Amount owed") == charged.statement().total.plain


@pytest.mark.usefixtures("quiet_desk")
def test_a_rate_that_is_not_known_is_asked_for_on_the_desk_and_not_of_the_debtor(
    office: Office,
) -> None:
    charged = Charged(office, date(2026, 6, 28))
    text = charged.remind()
    tasks = desk.find_tasks(office.engine, TaskFilter(kind="rate", creditor=office.creditor))
    mine = [row.task for row in tasks]

    assert "Interest: + EUR 0.67" in text.replace("\u00a0", " ")  # 1190 x 10.27 % x 2 / 365
    assert "Interest from 1 July 2026 on: not included" in text.replace("\u00a0", " ")
    assert [(task.key, task.case) for task in mine] == [("rates/DE/2026H2/add", "")]
    assert "2026H1" in mine[0].detail
