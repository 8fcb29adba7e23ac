"""What a billing system says of its invoices becomes cases, once; how they stand goes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.ports.connectors.connector import (
    ConnectorError,
    NamedConnector,
    UnsignedCallError,
)
from activities.ports.stores.cases import CaseRow
from activities.ports.stores.errors import NotKnownError
from adapters.config.settings import Settings
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.runtime.machine import machine_clock
from domain.bank.statement import BankStatement, StatementKind
from domain.ids import CaseId
from domain.message_types import MessageType
from starter.application import Application
from starter.importing.connected.connectors import Connectors
from tests.adapters.connectors.test_connector_contract import MemoryBooks, MemoryConnector
from tests.starter.importing.connected.no_workflows import NoWorkflows

_numbers = itertools.count(1)
DUE = "2035-04-04"


@dataclass
class Connected:
    """A creditor whose invoices are written elsewhere."""

    application: Application
    creditor: str
    books: MemoryBooks = field(default_factory=MemoryBooks)
    starter: NoWorkflows = field(default_factory=NoWorkflows)

    def __post_init__(self) -> None:
        self.one = NamedConnector(
            name=self.creditor,
            creditor=self.creditor,
            connector=MemoryConnector(self.books),
            pushes=True,
        )
        self.connectors = Connectors(self.application, (self.one,), self.starter, machine_clock)

    def pull(self) -> dict[str, Any]:
        """Take in what changed."""
        return self.connectors.pull(self.one)

    def heard(self, number: str = "R-1") -> list[MessageType]:
        """What a case was told."""
        told = self.application.cases.messages(str(CaseId(self.creditor, number)))
        return [one.message.kind for one in told]

    def row(self, number: str = "R-1") -> CaseRow:
        """A case as it stands."""
        (row,) = self.application.cases.rows([str(CaseId(self.creditor, number))])
        return row


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    made = make_engine(postgres_url, pool_size=4)
    yield made
    made.dispose()


@pytest.fixture
def there(engine: Engine) -> Connected:
    return Connected(Application(Settings(), engine), f"connected-{next(_numbers)}")


def test_an_invoice_is_opened_once_however_often_it_is_told(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    first, again = there.pull(), there.pull()
    assert (first["opened"], again["opened"], again["known"]) == (1, 0, 1)
    assert there.starter.started == ["R-1"]
    assert (there.row().open.plain, there.row().customer) == ("100.00", "C-1")
    assert there.row().customer_name == "Hansen"


def test_money_credit_and_void_are_heard_with_the_next_pull(there: Connected) -> None:
    for number in ("R-1", "R-2", "R-3", "R-4"):
        there.books.issue(number, due=DUE)
    there.pull()
    there.books.change("R-1", paid=4_000)
    there.books.change("R-2", credited=3_000)
    there.books.change("R-3", is_void=True)
    there.books.change("R-4", paid=10_000)
    told = there.pull()
    assert {one["number"]: one["what"] for one in told["changed"]} == {
        "R-1": "paid",
        "R-2": "credited",
        "R-3": "withdrawn",
        "R-4": "paid",
    }
    assert "changed" not in there.pull()
    assert (there.row("R-1").paid.plain, there.row("R-2").credited.plain) == ("40.00", "30.00")
    assert there.row("R-4").open.minor == 0
    assert {"R-1", "R-2", "R-3", "R-4"} <= set(there.starter.woken)
    assert there.heard("R-3") == [MessageType.WITHDRAWN]


def test_a_name_in_place_of_a_number_stands_in_no_id(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    there.books.issue("R-2", due=DUE, customer="Liselotte Hansen")
    there.books.issue("R-3", due=DUE, customer="Liselotte Hansen 2")
    there.pull()
    ids = [there.row(number).customer for number in ("R-1", "R-2", "R-3")]
    assert ids[0] == "C-1"
    assert len(set(ids)) == 3
    assert not any("Hansen" in one for one in ids)


def test_what_was_settled_before_is_not_opened(there: Connected) -> None:
    there.books.issue("R-1", paid=10_000)
    there.books.issue("R-2", paid=2_500, due=DUE)
    there.pull()
    assert there.starter.started == ["R-2"]
    assert (there.row("R-2").open.plain, there.row("R-2").paid.plain) == ("75.00", "25.00")


def test_a_signed_call_is_heard_at_once_and_another_is_not(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    body, headers = there.books.call_about("R-1")
    assert there.connectors.heard(there.creditor, body, headers)["opened"] == 1
    there.books.change("R-1", is_void=True)
    for _ in range(2):
        there.connectors.heard(there.creditor, body, headers)
    assert there.heard() == [MessageType.WITHDRAWN]
    for name, wrong in ((there.creditor, {}), ("nobody", headers)):
        with pytest.raises(UnsignedCallError):
            there.connectors.heard(name, body, wrong)


def test_without_a_due_date_a_person_is_asked_and_nothing_is_opened(there: Connected) -> None:
    there.books.issue("R-1", due="")
    assert there.pull()["asked"] == ["R-1"]
    assert there.application.cases.rows([str(CaseId(there.creditor, "R-1"))]) == ()
    there.books.change("R-1", due=DUE)
    assert there.pull()["opened"] == 1


def test_without_a_due_date_the_terms_agreed_with_the_customer_hold(there: Connected) -> None:
    there.books.issue("R-1", due="")
    assert there.pull()["asked"] == ["R-1"]
    told = {"payment_terms": "30 Tage netto"}
    there.application.customers.set_contact(there.creditor, "C-1", told, by="ann")
    there.books.change("R-1")
    assert there.pull()["opened"] == 1
    assert str(there.row().due) == "2026-04-04"


def test_the_due_date_that_a_person_said_holds(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    there.pull()
    there.books.change("R-1", due="", paid=1_000)
    told = there.pull()
    assert ("asked" in told, there.row().open.plain) == (False, "90.00")


def test_an_invoice_of_another_customer_or_that_is_wrong_stops_none_of_the_others(
    there: Connected,
) -> None:
    there.books.issue("R-1", due=DUE)
    there.pull()
    there.books.change("R-1", customer="C-9", amount=20_000)
    there.books.issue("R-2", due=DUE)
    there.books.issue("R\n3", due=DUE)
    told = there.pull()
    assert (told["opened"], told["asked"]) == (1, ["R 3"])
    assert (there.row().customer, there.row().open.plain) == ("C-1", "100.00")
    assert told["kept"] == [{"number": "R-1", "why": "other_customer"}]


def test_another_sum_or_due_date_corrects(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    there.pull()
    there.books.change("R-1", amount=12_000, due="2035-05-05")
    there.pull()
    assert (there.row().amount.plain, str(there.row().due)) == ("120.00", "2035-05-05")


def test_how_a_case_stands_goes_back_once_and_again_when_it_changes(there: Connected) -> None:
    kept = there.books.issue("R-1", due=DUE)
    assert [there.pull()["pushed"], there.pull()["pushed"]] == [1, 0]
    assert "100.00 EUR open" in kept.notes[0]
    case = str(CaseId(there.creditor, "R-1"))
    body = {"id": "d-1", "reason": "wrong goods", "by": "ann"}
    there.application.desk.say(case, MessageType.DISPUTE_OPENED, body)
    assert (there.pull()["pushed"], kept.notes[0].count("held")) == (1, 1)


def test_what_failed_is_shown_and_asked_for_again(there: Connected) -> None:
    there.books.issue("R-1", due=DUE)
    there.books.is_down = True
    with pytest.raises(ConnectorError):
        there.pull()
    there.connectors.pull_all()
    (line,) = there.connectors.status()
    assert (line["failures"], line["failure"]) == (2, "memory cannot be reached")
    there.books.is_down = False
    there.connectors.pull_all()
    (line,) = there.connectors.status()
    assert (line["failures"], line["pulled_at"] is not None) == (0, True)
    assert there.row().open.plain == "100.00"
    with pytest.raises(NotKnownError):
        there.connectors.named("nobody")


def test_where_the_bank_tells_of_money_nobody_else_does(there: Connected) -> None:
    """The same payment, in the statement and in the billing system, would count twice."""
    there.books.issue("R-1", due=DUE)
    there.pull()
    today = machine_clock().date()
    empty = BankStatement(
        kind=StatementKind.STATEMENT, account="A", currency="EUR", first_day=today, last_day=today
    )
    there.application.bank.statements.take_in(there.creditor, [empty])
    there.books.change("R-1", paid=4_000)
    told = there.pull()
    assert told["kept"] == [{"number": "R-1", "why": "by_the_bank"}]
    assert there.row().open.plain == "100.00"
