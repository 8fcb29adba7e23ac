"""Credit limits on a real ledger: each passing is told once, whichever way invoices come in."""

import pytest
from sqlalchemy import Engine, text

from activities.cases.opening import open_case
from activities.cases.session import Session
from activities.ports.stores.batches import CaseOpening
from activities.services.customers.checks import CreditCheckService
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch.open_many import open_many
from adapters.ledger.stores.customers import SqlCustomerStore
from adapters.wiring.advice.checks import check_service
from domain.case.model import Message
from domain.credit.model import Credit
from domain.message_types import MessageType
from domain.money import Money
from tests.ledger import factories

SOME = Money(11900, "EUR")


def service(engine: Engine) -> CreditCheckService:
    return check_service(engine, lambda: factories.NOON)


def opens(ledger: SqlLedger, creditor: str, *numbers: str, amount: Money = SOME) -> None:
    for number in numbers:
        invoice = factories.invoice(creditor, number, amount=amount)
        open_case(ledger, invoice, factories.NOON, factories.POLICY)


def limited(engine: Engine, creditor: str, limit: Money | str) -> None:
    service(engine).set_limit(creditor, "C-1", limit, why="bank reference", by="ann")


def told(engine: Engine, creditor: str) -> list[tuple[str, str]]:
    query = text(
        "SELECT data->>'open', data->>'limit' FROM happening WHERE creditor = :creditor "
        "AND kind = 'credit.limit_passed' ORDER BY recorded_at"
    )
    with engine.connect() as link:
        return [(row[0], row[1]) for row in link.execute(query, {"creditor": creditor})]


def test_a_passing_is_told_once_until_the_next(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    opens(ledger, creditor, "R-1")
    limited(engine, creditor, Money(23800, "EUR"))
    opens(ledger, creditor, "R-2")
    assert told(engine, creditor) == []  # exactly the limit
    opens(ledger, creditor, "R-3", "R-4", "R-4")
    assert told(engine, creditor) == [("357.00", "238.00")]

    for number in ("R-1", "R-2", "R-3"):
        with ledger.account(creditor, "C-1") as account:
            session = Session(account, f"invoice/{creditor}/{number}", factories.NOON)
            session.add(factories.paid(f"P-{number}"))
            session.decide()
    opens(ledger, creditor, "R-5")
    assert len(told(engine, creditor)) == 1
    opens(ledger, creditor, "R-6")
    assert told(engine, creditor) == [("357.00", "238.00")] * 2
    assert SqlCustomerStore(engine).credit(creditor, "C-1").credit is Credit.OK


def test_many_at_once_are_told_as_one_passing(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    opens(ledger, creditor, "R-1")
    limited(engine, creditor, Money(20000, "EUR"))
    of_another = factories.invoice(creditor, "R-9", customer="C-2")
    invoices = [factories.invoice(creditor, number) for number in ("R-2", "R-3")]
    openings = [
        CaseOpening(invoice=one, policy=factories.POLICY, decision=factories.WAIT)
        for one in (*invoices, of_another)
    ]
    open_many(engine, creditor, openings, (), factories.FILE)
    open_many(engine, creditor, openings, (), factories.FILE)
    assert told(engine, creditor) == [("357.00", "200.00")]


def hears(ledger: SqlLedger, creditor: str, number: str, *messages: Message) -> None:
    with ledger.account(creditor, "C-1") as account:
        session = Session(account, f"invoice/{creditor}/{number}", factories.NOON)
        for message in messages:
            session.add(message)
        session.decide()


def said(kind: MessageType, key: str, minor: int | None = None, ref: str = "") -> Message:
    amount = None if minor is None else Money(minor, "EUR")
    return Message(key=key, kind=kind, at=factories.NOON, amount=amount, ref=ref)


_T = MessageType


@pytest.mark.parametrize(
    ("down", "up"),
    [
        (factories.paid("B"), said(_T.PAYMENT_REVERSED, "up")),
        (factories.paid("B"), said(_T.REFUND, "up", 11900)),
        (said(_T.CREDIT_NOTE, "N", 11900), said(_T.CREDIT_NOTE_CANCELLED, "up", ref="N")),
        (said(_T.WRITE_OFF, "W"), said(_T.WRITE_OFF_UNDONE, "up")),
        (said(_T.INVOICE_CORRECTED, "I", 100), said(_T.INVOICE_CORRECTED, "up", 11900)),
    ],
    ids=lambda one: str(one.kind),
)
def test_whatever_makes_more_open_passes_the_limit_once(
    engine: Engine, ledger: SqlLedger, creditor: str, down: Message, up: Message
) -> None:
    opens(ledger, creditor, "R-1", "R-2")
    hears(ledger, creditor, "R-1", down)
    limited(engine, creditor, Money(20000, "EUR"))
    assert told(engine, creditor) == []
    hears(ledger, creditor, "R-1", up)
    hears(ledger, creditor, "R-1", said(_T.NUDGE, "n"))
    opens(ledger, creditor, "R-3", amount=Money(100, "EUR"))
    assert told(engine, creditor) == [("238.00", "200.00")]


def test_a_file_of_what_was_settled_passes_nothing(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    opens(ledger, creditor, "R-1")
    limited(engine, creditor, Money(20000, "EUR"))
    paid_before = {"R-2": 11900, "R-3": 11900, "R-4": 6000}
    openings = [
        CaseOpening(
            invoice=factories.invoice(creditor, number),
            policy=factories.POLICY,
            decision=factories.WAIT,
            settled_minor=minor,
        )
        for number, minor in paid_before.items()
    ]
    open_many(engine, creditor, openings, (), factories.FILE)
    for number, minor in paid_before.items():
        hears(ledger, creditor, number, factories.paid(number, minor))
    assert told(engine, creditor) == []
    hears(ledger, creditor, "R-4", said(_T.PAYMENT_REVERSED, "up", ref="R-4"))
    assert told(engine, creditor) == [("238.00", "200.00")]


def test_a_limit_below_what_is_open_is_told_at_once_and_other_currencies_do_not_count(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    opens(ledger, creditor, "R-1")
    opens(ledger, creditor, "R-2", amount=Money(99900, "USD"))
    limited(engine, creditor, Money(11900, "EUR"))
    limited(engine, creditor, Money(11899, "EUR"))
    assert told(engine, creditor) == [("119.00", "118.99")]
    limited(engine, creditor, "EUR")
    opens(ledger, creditor, "R-3")
    assert len(told(engine, creditor)) == 1
    assert service(engine).limits.limits(creditor, "C-1") == ()


def test_the_newest_report_is_shown_and_looking_writes_nothing(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    opens(ledger, creditor, "R-1")
    checks, day = service(engine), factories.NOON.date()
    given = {"source": "Example Bureau", "limit": Money(500000, "EUR"), "by": "ann"}
    checks.keep_report(creditor, "C-1", day=day, said="grade B", **given)  # type: ignore[arg-type]
    older = day.replace(year=2025)
    checks.keep_report(creditor, "C-1", day=older, said="grade A", **given)  # type: ignore[arg-type]
    limited(engine, creditor, SOME)

    found = checks.check(creditor, "C-1", Money(1, "EUR"))
    assert found.report is not None
    assert (found.report.said, found.report.source, found.report.day) == (
        "grade B",
        "Example Bureau",
        day,
    )
    assert (found.score, found.customer_class) == (None, "new")
    assert found.warnings == (
        "119.01 EUR open with the order of 0.01 EUR: 0.01 EUR more than the limit of 119.00 EUR",
    )
    assert told(engine, creditor) == []
