"""One account, one hand at a time: senders give up at once, payments wait for their turn."""

import threading
import time

import pytest
from sqlalchemy import Engine, event

from activities.ports.types import BusyError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.customers import people
from adapters.ledger.queries import watch
from domain.parties.people import Debtor
from tests.ledger import factories


class _OnPurposeError(Exception):
    """Something broke while the pages were open."""


def test_a_sender_is_told_at_once_that_the_account_is_busy(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    with ledger.account(creditor, "C-1"):
        begun = time.monotonic()
        with pytest.raises(BusyError, match="somebody else"), ledger.account_of(case):
            pytest.fail("two hands on one account")
        assert time.monotonic() - begun < 1

    with ledger.account_of(case) as account:
        assert account.cases.read(case) is not None


def test_a_payment_waits_for_the_sender_and_sees_what_it_wrote(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    seen: list[int] = []

    def post() -> None:
        with ledger.account(creditor, "C-1") as account:
            seen.append(len(factories.file_of(account, case).deeds))

    poster = threading.Thread(target=post)
    with ledger.account_of(case) as account:
        poster.start()
        time.sleep(0.3)
        assert seen == []
        account.cases.add_deed(case, factories.deed())
    poster.join(100)

    assert seen == [1]


def test_a_wait_without_end_ends_as_busy(postgres_url: str, engine: Engine, creditor: str) -> None:
    hasty = make_engine(postgres_url, pool_size=1)

    @event.listens_for(hasty, "connect")
    def _(connection: object, _record: object) -> None:
        connection.autocommit = True  # type: ignore[attr-defined]  # psycopg's own attribute
        connection.execute("SET lock_timeout = '100ms'")  # type: ignore[attr-defined]
        connection.autocommit = False  # type: ignore[attr-defined]

    with SqlLedger(engine).account(creditor, "C-1"):
        with pytest.raises(BusyError), SqlLedger(hasty).account(creditor, "C-1"):
            pytest.fail("two hands on one account")
        with pytest.raises(BusyError):
            people.upsert_debtor(hasty, creditor, Debtor(id="C-1"))
    hasty.dispose()


def test_other_accounts_are_not_held_up(ledger: SqlLedger, creditor: str, case: str) -> None:
    other = factories.opened(ledger, factories.invoice(creditor, "R-2", customer="C-2"))
    with ledger.account_of(case), ledger.account_of(other) as account:
        assert account.cases.read(other) is not None
        assert ledger.customer_of(case) == "C-1"


def test_two_first_invoices_of_a_new_customer_take_turns(ledger: SqlLedger, creditor: str) -> None:
    starting_line = threading.Barrier(4)

    def open_one(number: int) -> None:
        starting_line.wait(100)
        factories.opened(ledger, factories.invoice(creditor, f"R-{number}"))

    threads = [threading.Thread(target=open_one, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)

    with ledger.account(creditor, "C-1") as account:
        assert len(account.cases.open_invoices()) == 4


def test_what_breaks_on_the_pages_leaves_nothing_behind(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    def break_off() -> None:
        with ledger.account_of(case) as account:
            account.messages.add(case, factories.paid(), "new", "")
            account.cases.add_deed(case, factories.deed())
            raise _OnPurposeError

    with pytest.raises(_OnPurposeError):
        break_off()

    with ledger.account_of(case) as account:
        file = factories.file_of(account, case)
    assert (file.recorded, file.deeds) == ((), ())


def test_the_lock_is_the_account_and_not_the_case(
    ledger: SqlLedger, creditor: str, case: str
) -> None:
    second = factories.opened(ledger, factories.invoice(creditor, "R-2"))
    with (
        ledger.account_of(case),
        pytest.raises(BusyError),
        ledger.account_of(second),
    ):
        pytest.fail("two invoices of one customer at once")


def test_a_case_is_parked_under_the_lock(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    assert watch.set_parked(engine, case, on=True) is True
    with ledger.account_of(case) as account:
        assert factories.file_of(account, case).parked is True
    assert watch.parked(engine, creditor) == (case,)

    assert watch.set_parked(engine, case, on=False) is True
    assert watch.parked(engine, creditor) == ()
    assert watch.set_parked(engine, "invoice/nobody/0", on=True) is False
