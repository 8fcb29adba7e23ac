"""When a customer's newest invoices were opened, as the ledger tells it to the rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from activities.ports.stores.batches import CaseOpening
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.batch.first_decisions import newcomers
from adapters.ledger.batch.open_many import open_many
from domain.case.model import Invoice
from domain.money import Money
from domain.policy.policy_file import standard_policy
from tests.ledger import factories

NOON = datetime(2026, 2, 5, 12, tzinfo=UTC)


def invoice(creditor: str, number: int, opened: datetime, customer: str = "C-1") -> Invoice:
    return Invoice(
        creditor=creditor,
        number=f"R-{number}",
        customer=customer,
        issued=date(2026, 1, 5),
        due=date(2026, 2, 4),
        amount=Money(10000, "EUR"),
        opened_at=opened,
    )


def opened(ledger: SqlLedger, creditor: str, *instants: datetime) -> tuple[datetime, ...]:
    """Cases are opened at these instants; answers what the rules hear of it."""
    for number, at in enumerate(instants, start=1):
        with ledger.account(creditor, "C-1") as account:
            account.cases.open(invoice(creditor, number, at), standard_policy())
    with ledger.account(creditor, "C-1") as account:
        return account.customer.known.openings


def seconds(*counts: int) -> tuple[datetime, ...]:
    return tuple(NOON + timedelta(seconds=one) for one in counts)


def test_of_each_minute_the_first_and_the_last_are_told(ledger: SqlLedger, creditor: str) -> None:
    told = opened(ledger, creditor, *seconds(50, 0, 10, 20, 61, 200))
    assert told == seconds(0, 50, 61, 200)


@pytest.mark.parametrize(("days", "known"), [(5, 2), (6, 1), (7, 1)])
def test_what_was_opened_long_before_the_newest_is_not(
    ledger: SqlLedger, creditor: str, days: int, known: int
) -> None:
    assert len(opened(ledger, creditor, NOON - timedelta(days=days), NOON)) == known


def test_an_account_hears_of_what_it_has_just_opened(ledger: SqlLedger, creditor: str) -> None:
    first, second = seconds(0, 90)
    with ledger.account(creditor, "C-1") as account:
        told = list[tuple[datetime, ...]]()
        for number, at in enumerate((first, second), start=1):
            account.cases.open(invoice(creditor, number, at), standard_policy())
            told.append(account.customer.known.openings)
    assert told == [(first,), (first, second)]


def test_an_import_hears_the_same_of_each_of_its_customers(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    earlier = NOON - timedelta(minutes=3)
    opened(ledger, creditor, earlier)
    new = [invoice(creditor, 2, NOON), invoice(creditor, 3, NOON, customer="C-2")]
    open_many(
        engine,
        creditor,
        [CaseOpening(invoice=one, policy=standard_policy()) for one in new],
        (),
        factories.FILE,
    )

    with newcomers(engine, creditor, [one.case_id for one in new]) as accounts:
        told = [accounts[one.case_id].customer.known.openings for one in new]
    assert told == [(earlier, NOON), (NOON,)]


def test_there_is_an_index_for_it(engine: Engine) -> None:
    """It is asked before every decision, of customers with thousands of invoices, too."""
    query = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_case_file_account_opened'")
    with engine.connect() as connection:
        defined = str(connection.execute(query).scalar_one())
    assert defined.endswith("(creditor, customer, opened_at)")
