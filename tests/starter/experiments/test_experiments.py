"""Champion and challenger on new cases: who comes in, who is left alone, what may be concluded."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from activities.case_service import CaseService
from activities.ports.stores.policies import PolicyScope
from activities.services.experiments.experiments import ExperimentService
from activities.services.experiments.outcomes import outcome_of
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.cases.holds import set_hold
from adapters.ledger.core.engine import Engine
from adapters.ledger.customers.people import upsert_debtor
from adapters.ledger.policies.policies import choose_policy
from adapters.ledger.queries.reads import file_of
from adapters.wiring.advice.experiments import experiment_service
from domain.case.model import Invoice
from domain.errors import RefusedError
from domain.experiments.arms import Arm, arm_of
from domain.experiments.comparing import Conclusion
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.policy_file import shipped_policies, standard_policy

_numbers = itertools.count(1)
DUE = date(2026, 4, 1)
ANY_HOUR = shipped_policies("any_hour")
STANDARD, TRIED = standard_policy(), replace(standard_policy(), name="tried")


class Book:
    """A creditor who tries a policy, on a clock of the test's own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.creditor = f"trial-{os.getpid()}-{next(_numbers)}"
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.desk = CaseService(SqlLedger(engine), self.clock)
        self._invoices = itertools.count(1)

    def clock(self) -> datetime:
        """The test's instant."""
        return self.now

    @property
    def service(self) -> ExperimentService:
        """What is tested."""
        return experiment_service(self.engine, self.clock)

    def open(self, customer: str) -> str:
        """A new invoice of a customer; answers its case."""
        invoice = Invoice(
            creditor=self.creditor,
            number=f"R-{next(self._invoices)}",
            customer=customer,
            issued=date(2026, 3, 1),
            due=DUE,
            amount=Money(10000, "EUR"),
            opened_at=self.now,
        )
        return self.desk.open(invoice).case.invoice.case_id

    def policy(self, case: str) -> str:
        """The name of the policy that a case follows."""
        query = text("SELECT p.name FROM case_file f JOIN policy p ON p.sha256 = f.policy_sha "
                     "WHERE f.case_id = :case")  # fmt: skip
        with self.engine.connect() as link:
            return str(link.execute(query, {"case": case}).scalar_one())

    def arm(self, customer: str) -> Arm:
        """The arm that is drawn for a customer."""
        return arm_of("gentler", self.creditor, customer)

    def someone(self, arm: Arm) -> str:
        """A customer for whom an arm is drawn."""
        names = (f"X-{number}" for number in itertools.count(1))
        return next(name for name in names if self.arm(name) is arm)


@pytest.fixture
def book(engine: Engine) -> Book:
    """A creditor whose new cases follow the standard policy, and half of them another one."""
    found = Book(engine)
    found.service.start(found.creditor, "gentler", TRIED, "ann")
    return found


def test_new_cases_are_split_by_customer_and_nobody_is_split(book: Book) -> None:
    cases = {f"C-{number}": book.open(f"C-{number}") for number in range(12)}
    again = {customer: book.open(customer) for customer in cases}

    for customer, case in cases.items():
        wanted = "tried" if book.arm(customer) is Arm.CHALLENGER else "standard"
        assert book.policy(case) == book.policy(again[customer]) == wanted
    assert {book.policy(case) for case in cases.values()} == {"tried", "standard"}


def told(book: Book, customer: str, what: str) -> None:
    """Make a customer one who must be left alone, or who is known from before."""
    debtor = Debtor(id=customer, name="Globex")
    upsert_debtor(book.engine, book.creditor, debtor)
    if what in ("do_not_contact", "vulnerable"):
        _set(book, customer, f"{what} = true")
    elif what == "opted_out":
        _set(book, customer, "opted_out = '{email}'")
    elif what == "erased":
        _set(book, customer, "erased_at = now()")
    elif what == "own policy":
        scope = PolicyScope(creditor=book.creditor, customer=customer)
        choose_policy(book.engine, scope, ANY_HOUR, "ann")
    elif what == "hold":
        set_hold(book.engine, book.creditor, on=True)


def _set(book: Book, customer: str, what: str) -> None:
    mine = {"creditor": book.creditor, "customer": customer}
    query = f"UPDATE account SET {what} WHERE creditor = :creditor AND customer = :customer"  # noqa: S608 - words above
    with book.engine.begin() as link:
        link.execute(text(query), mine)


OUTSIDE = ("do_not_contact", "vulnerable", "opted_out", "erased", "own policy", "hold")


@pytest.mark.parametrize("what", OUTSIDE)
def test_who_must_be_left_alone_or_has_an_own_policy_is_in_neither(book: Book, what: str) -> None:
    customer = book.someone(Arm.CHALLENGER)
    told(book, customer, what)
    case = book.open(customer)

    assert book.policy(case) == (ANY_HOUR.name if what == "own policy" else "standard")
    assert book.service.report(book.creditor).customers == {Arm.CHAMPION: 0, Arm.CHALLENGER: 0}


@pytest.mark.parametrize("kind", [None, MessageType.DISPUTE_OPENED, MessageType.PAUSE])
def test_whose_invoice_runs_from_before_is_in_neither(
    engine: Engine, kind: MessageType | None
) -> None:
    book = Book(engine)
    customer = book.someone(Arm.CHALLENGER)
    case = book.open(customer)
    if kind:
        book.desk.say(case, kind, {"id": "x"})
    book.service.start(book.creditor, "gentler", TRIED, "ann")

    assert book.policy(book.open(customer)) == "standard"


def test_who_came_in_stays_in_its_arm_whatever_happens(book: Book) -> None:
    customer = book.someone(Arm.CHALLENGER)
    first = book.open(customer)
    told(book, customer, "vulnerable")

    assert book.policy(first) == book.policy(book.open(customer)) == "tried"


def test_a_policy_that_is_applied_to_all_leaves_the_arms_alone(book: Book) -> None:
    from adapters.ledger.policies.policies import movable  # noqa: PLC0415 - one test only

    for number in range(6):
        book.open(f"C-{number}")
    assert movable(book.engine, PolicyScope(creditor=book.creditor), "another") == []


def test_one_experiment_runs_at_a_time_on_two_different_policies(book: Book) -> None:
    with pytest.raises(RefusedError, match="another experiment runs"):
        book.service.start(book.creditor, "second", ANY_HOUR, "ann")
    book.service.stop(book.creditor, "gentler", None, "ann")
    with pytest.raises(RefusedError, match="same"):
        book.service.start(book.creditor, "second", STANDARD, "ann")
    with pytest.raises(RefusedError, match="does not run"):
        book.service.stop(book.creditor, "gentler", None, "ann")


@pytest.mark.parametrize(
    ("kind", "said", "disputed", "lost"),
    [
        (MessageType.CONTACT_NEWS, {"reason": "opted_out", "ref": "email"}, 0, 1),
        (MessageType.CONTACT_NEWS, {"reason": "replied", "ref": "email"}, 0, 0),
        (MessageType.DISPUTE_OPENED, {"reason": "goods"}, 1, 0),
        (MessageType.PAYMENT, {"amount": "100.00", "date": "2026-04-03"}, 0, 0),
    ],
)
def test_who_wishes_no_more_letters_is_lost_and_who_contests_is_not(
    book: Book, kind: MessageType, said: dict[str, str], disputed: int, lost: int
) -> None:
    case = book.open(book.someone(Arm.CHALLENGER))
    book.now = datetime(2026, 4, 4, 9, tzinfo=UTC)
    book.desk.say(case, kind, {"id": "x", **said})
    file = file_of(book.engine, case)
    assert file
    outcome = outcome_of(file, Arm.CHALLENGER, datetime(2026, 5, 3, tzinfo=UTC))

    assert outcome
    assert (int(outcome.disputed), int(outcome.lost)) == (disputed, lost)


def test_the_report_says_when_one_may_conclude_and_the_better_is_kept(book: Book) -> None:
    """170 customers: who gets the challenger's letters pays, of the others one in two does."""
    champions = 0
    for number in range(170):
        case = book.open(f"C-{number}")
        is_champion = book.arm(f"C-{number}") is Arm.CHAMPION
        champions += is_champion
        if not is_champion or champions % 2:
            paid = {"id": f"B-{number}", "amount": "100.00", "date": "2026-04-03"}
            book.now = datetime(2026, 4, 4, 9, tzinfo=UTC)
            book.desk.say(case, MessageType.PAYMENT, paid)
            book.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    early = book.service.report(book.creditor)
    book.now = datetime.combine(DUE + timedelta(days=32), datetime.min.time(), UTC)
    late = book.service.report(book.creditor, "gentler")

    assert early.first.comparison.verdict is Conclusion.TOO_FEW
    assert sum(late.known.values()) == sum(late.customers.values()) == 170
    assert min(late.known.values()) >= 50, "five standard deviations off"
    assert late.first.comparison.verdict is Conclusion.CHALLENGER
    assert "challenger is better" in late.sentence
    assert late.money[Arm.CHALLENGER] == (Money(10000 * late.known[Arm.CHALLENGER], "EUR"),)
    by_name = {line.measure: line for line in late.lines}
    assert by_name["days late"].challenger.mean == 2
    assert by_name["days late"].comparison.verdict is Conclusion.CHALLENGER

    book.service.stop(book.creditor, "", Arm.CHALLENGER, "ann")
    assert book.policy(book.open("N-1")) == "tried"
    assert book.service.find(book.creditor).kept == "challenger"


def test_another_creditors_experiment_is_not_there(book: Book, engine: Engine) -> None:
    other = Book(engine)
    customer = other.someone(Arm.CHALLENGER)
    assert other.service.every(other.creditor) == ()
    assert other.policy(other.open(customer)) == "standard"
    assert book.service.report(book.creditor).customers[Arm.CHALLENGER] == 0
