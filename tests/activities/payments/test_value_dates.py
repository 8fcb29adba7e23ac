"""A bare value date is the debtor's own day, by whatever road the money is reported."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from activities.payments.posting import post
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.core.migrate import upgrade
from adapters.ledger.customers import people
from adapters.ledger.queries import reads
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.people import Debtor
from domain.payments.allocation import PaymentIn
from domain.policy.policy_file import standard_policy

NOW = datetime(2026, 3, 10, 20, tzinfo=UTC)
INVOICE = Invoice(
    creditor="acme",
    number="1",
    customer="C-1",
    issued=date(2026, 1, 1),
    due=date(2026, 2, 1),
    amount=Money(10000, "USD"),
    opened_at=datetime(2026, 1, 1, tzinfo=UTC),
)
PAYMENT = PaymentIn(
    creditor="acme",
    source="bank",
    id="B-1",
    customer="C-1",
    amount=Money(4000, "USD"),
    at=NOW,
    day=date(2026, 3, 10),
    invoices=("1",),
)


def test_midnight_is_the_debtors(fresh_database_url: Callable[[], str]) -> None:
    url = fresh_database_url()
    upgrade(url)
    engine = make_engine(url)
    ledger = SqlLedger(engine)
    people.upsert_debtor(engine, "acme", Debtor(id="C-1", zone="America/New_York"))
    with ledger.account("acme", "C-1") as account:
        account.cases.open(INVOICE, standard_policy())

    post(ledger, PAYMENT, NOW)

    heard = reads.file_of(engine, INVOICE.case_id)
    assert heard is not None
    assert [m.at for m in heard.messages] == [datetime(2026, 3, 10, 4, tzinfo=UTC)]
    engine.dispose()
