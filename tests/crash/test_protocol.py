"""The send protocol step by step, in one process: who may call, and who must find out instead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine, text

from activities.cases.opening import open_case
from activities.payments.posting import post
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import BusyError, OutboundState
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import Sender
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.cases import holds
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.customers import people
from adapters.ledger.tasks.desk import find_tasks
from adapters.letters.writer import LetterWriter
from domain.parties.people import Creditor, Debtor
from domain.wire import CaseActivityInput, Decision
from tests.fakes import LOST_BUT_TAKEN, FakeChannel
from tests.ledger import factories

STEP = "polite"
_numbers = count(1)


class Death(BaseException):
    """The worker is gone: nothing catches it, and its transaction is rolled back."""


@dataclass
class Desk:
    """One late invoice whose reminder is due, and a sender that can be stopped at any point."""

    engine: Engine
    creditor: str
    at_point: dict[str, Callable[[], None]] = field(default_factory=dict)
    mail: FakeChannel = field(default_factory=FakeChannel)

    def __post_init__(self) -> None:
        self.ledger = SqlLedger(self.engine)
        company = Creditor(id=self.creditor, name="Acme", email="billing@acme.example")
        people.upsert_creditor(self.engine, company)
        debtor = Debtor(id="C-1", name="Doe", email="doe@customer.example")
        people.upsert_debtor(self.engine, self.creditor, debtor)
        # A banking day has passed since this due date, on the Monday of the test, and the account
        # has settled since the case was opened.
        due, opened = date(2026, 2, 26), factories.NOON - timedelta(minutes=15)
        invoice = factories.invoice(self.creditor, due=due, opened_at=opened)
        self.case = invoice.case_id
        open_case(self.ledger, invoice, factories.NOON, factories.POLICY)

    def send(self) -> Decision:
        """One attempt at the reminder."""
        channels = {"email": self.mail}
        sender = Sender(self.ledger, channels, LetterWriter(), self._pass)
        return sender.send(
            CaseActivityInput(case=self.case, do="remind", step=STEP), lambda: factories.NOON
        )

    def die_at(self, point: str) -> None:
        """One attempt whose worker dies there."""

        def death() -> None:
            raise Death

        self.at_point[point] = death
        with pytest.raises(Death):
            self.send()
        self.at_point.clear()

    def minutes_pass(self, minutes: int = 1) -> None:
        """For the database, whose clock alone says how old a call is."""
        older = "UPDATE outbound_message SET in_flight_since = in_flight_since - :age"
        values = {"c": self.creditor, "age": timedelta(minutes=minutes)}
        with self.engine.begin() as connection:
            connection.execute(text(f"{older} WHERE creditor = :c"), values)

    def state(self) -> OutboundState | None:
        """Where the message stands."""
        with self.ledger.account_of(self.case) as account:
            found = account.outbound.of_step(self.case, STEP, 1)
        return found.state if found else None

    def _pass(self, name: str) -> None:
        self.at_point.get(name, lambda: None)()


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, f"proto-{next(_numbers)}")


def test_a_due_reminder_is_sent_once_however_often_it_is_tried(desk: Desk) -> None:
    desk.send()
    desk.send()
    assert len(desk.mail.calls) == 1
    assert desk.state() is OutboundState.ACCEPTED


def test_the_mark_is_on_disk_before_the_call(desk: Desk) -> None:
    desk.die_at("before_POST")
    assert desk.state() is OutboundState.IN_FLIGHT
    assert desk.mail.calls == []


def test_who_finds_a_young_mark_of_another_comes_back_when_no_call_can_be_running(
    desk: Desk,
) -> None:
    desk.die_at("after_POST")
    with pytest.raises(ComeBackLaterError) as later:
        desk.send()
    assert 0 < later.value.wait.total_seconds() <= 10
    assert len(desk.mail.calls) == 1


@pytest.mark.parametrize("point", ["after_POST", "before_commit"])
def test_who_finds_that_the_provider_has_it_never_calls_again(desk: Desk, point: str) -> None:
    desk.die_at(point)
    desk.minutes_pass()
    desk.send()
    desk.send()
    assert len(desk.mail.calls) == 1
    assert desk.state() is OutboundState.ACCEPTED


def test_a_lost_answer_is_looked_up_and_counts_as_sent(desk: Desk) -> None:
    desk.mail.will(LOST_BUT_TAKEN)
    with pytest.raises(ComeBackLaterError):
        desk.send()
    desk.minutes_pass()
    desk.send()
    assert (len(desk.mail.taken), desk.state()) == (1, OutboundState.ACCEPTED)


def test_what_a_provider_that_knows_at_once_has_not_got_is_sent_by_a_new_attempt(
    desk: Desk,
) -> None:
    desk.die_at("before_POST")
    desk.minutes_pass()
    desk.send()
    assert desk.state() is OutboundState.NEW
    desk.send()
    assert len(desk.mail.calls) == 1
    assert desk.state() is OutboundState.ACCEPTED


def test_without_any_evidence_a_message_counts_as_sent_after_a_while_and_a_person_is_told(
    desk: Desk,
) -> None:
    desk.mail.blind = True
    desk.die_at("after_POST")
    desk.minutes_pass(2)
    with pytest.raises(ComeBackLaterError):
        desk.send()
    desk.minutes_pass(20)
    desk.send()
    assert (len(desk.mail.calls), desk.state()) == (1, OutboundState.UNKNOWN_CLOSED)
    rows = find_tasks(desk.engine, TaskFilter(case=desk.case))
    assert [row.task.kind for row in rows] == ["unknown"]


def test_a_payment_between_mark_and_call_stops_the_call(desk: Desk) -> None:
    """The look last: under the lock, in the transaction that calls."""
    money = factories.money_in(desk.creditor)
    desk.at_point["after_T1"] = lambda: _post(desk, money.id)
    decision = desk.send()
    assert desk.mail.calls == []
    assert desk.state() is OutboundState.NEW
    assert decision.outcome == "paid"


def test_no_payment_is_recorded_while_a_call_is_running(desk: Desk) -> None:
    """Recorded and accepted are in one order for everybody: the account is locked."""
    refused: list[BusyError] = []

    def try_the_account() -> None:
        try:
            with desk.ledger.account_of(desk.case):
                pytest.fail("somebody else got the account during a call")
        except BusyError as busy:
            refused.append(busy)

    desk.at_point["before_POST"] = try_the_account
    desk.send()
    assert len(refused) == 1


def test_what_is_on_hold_does_not_go_out_even_when_it_was_marked_before(desk: Desk) -> None:
    def hold() -> None:
        holds.set_hold(desk.engine, desk.creditor, on=True)

    desk.at_point["after_T1"] = hold
    desk.send()
    assert desk.mail.calls == []


def test_the_same_step_of_the_next_episode_is_another_message(desk: Desk) -> None:
    desk.send()
    with desk.ledger.account_of(desk.case) as account:
        assert account.outbound.of_step(desk.case, STEP, 2) is None


def test_the_same_payment_id_of_two_sources_is_two_payments(desk: Desk) -> None:
    money = replace(factories.money_in(desk.creditor, "B-1", 5000), invoices=("R-1",))
    post(desk.ledger, money, factories.NOON)
    post(desk.ledger, replace(money, source="till"), factories.NOON)
    with desk.ledger.account_of(desk.case) as account:
        assert len(factories.file_of(account, desk.case).messages) == 2


def _post(desk: Desk, payment: str) -> None:
    post(desk.ledger, factories.money_in(desk.creditor, payment), factories.NOON)
