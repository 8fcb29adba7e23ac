"""Credit limits on a real ledger: each passing is told once, whichever way invoices come in."""

from sqlalchemy import Engine, text

from activities.cases.opening import open_case
from activities.cases.session import Session
from activities.ports.stores.batches import CaseOpening
from activities.services.customers.checks import CreditCheckService
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch.open_many import open_many
from adapters.ledger.stores.customers import SqlCustomerStore
from adapters.wiring.advice.checks import check_service
from domain.credit.model import Credit
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
    open_many(engine, creditor, openings)
    open_many(engine, creditor, openings)
    assert told(engine, creditor) == [("357.00", "200.00")]


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
