"""The reconciler finds every case that nobody looks after, and no other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries import watch
from adapters.ledger.queries.rounds import SqlRoundLog
from tests.ledger import factories

LATER = factories.NOON + timedelta(minutes=1)
CLOSED = replace(factories.WAIT, do="wait", at=None, outcome="paid", stage="closed")


@pytest.fixture
def ledger(fresh_engine: Engine) -> SqlLedger:
    """A ledger of one's own: these questions are about all creditors."""
    return SqlLedger(fresh_engine)


@pytest.fixture
def creditor() -> str:
    return "acme"


def test_a_case_without_a_first_decision_is_half_opened(
    ledger: SqlLedger, fresh_engine: Engine, case: str
) -> None:
    assert watch.half_opened(fresh_engine) == (case,)
    assert watch.half_opened(fresh_engine, timedelta(hours=1)) == ()
    assert watch.running(fresh_engine) == ()

    with ledger.account_of(case) as account:
        factories.save(account, case)
    assert watch.half_opened(fresh_engine) == ()
    assert watch.running(fresh_engine) == (case,)


def test_a_case_sleeps_when_its_instant_has_passed(
    ledger: SqlLedger, fresh_engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        factories.save(account, case)

    assert watch.sleepers(fresh_engine, factories.NOON) == ()
    assert watch.sleepers(fresh_engine, LATER) == (case,)


def test_a_message_that_no_decision_has_seen_asks_for_a_wake(
    ledger: SqlLedger, fresh_engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid("P-1", 100), "applied", "")
        factories.save(account, case)
    assert watch.unwoken(fresh_engine) == ()

    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid("P-2", 100), "applied", "")
        factories.save(account, case, None)
    assert watch.unwoken(fresh_engine) == (case,)
    assert watch.unwoken(fresh_engine, timedelta(hours=1)) == ()

    with ledger.account_of(case) as account:
        factories.save(account, case)
    assert watch.unwoken(fresh_engine) == ()


def test_news_for_a_closed_case_is_not_overlooked(
    ledger: SqlLedger, fresh_engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        factories.save(account, case, CLOSED)
    assert watch.running(fresh_engine) == watch.sleepers(fresh_engine, LATER) == ()

    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid(), "applied", "")
    assert watch.unwoken(fresh_engine) == (case,)


def test_a_parked_case_is_left_alone(ledger: SqlLedger, fresh_engine: Engine, case: str) -> None:
    with ledger.account_of(case) as account:
        factories.save(account, case)
        account.messages.add(case, factories.paid(), "applied", "")
    watch.set_parked(fresh_engine, case, on=True)

    assert watch.running(fresh_engine) == watch.unwoken(fresh_engine) == ()
    assert watch.sleepers(fresh_engine, LATER) == ()


def test_running_cases_come_a_page_at_a_time(ledger: SqlLedger, fresh_engine: Engine) -> None:
    cases = [factories.opened(ledger, factories.invoice("acme", f"R-{n}")) for n in range(3)]
    with ledger.account("acme", "C-1") as account:
        for case in cases:
            factories.save(account, case)

    first = watch.running(fresh_engine, limit=2)
    assert (*first, *watch.running(fresh_engine, after=first[-1])) == tuple(cases)


def test_cases_that_must_run_are_counted_and_the_new_ones_listed(
    ledger: SqlLedger, fresh_engine: Engine, case: str
) -> None:
    before = datetime.now(UTC) - timedelta(seconds=60)
    assert watch.opened_since(fresh_engine, before, 10) == (), "not decided yet: half opened"
    with ledger.account_of(case) as account:
        factories.save(account, case)

    assert watch.count_running(fresh_engine) == 1
    assert watch.opened_since(fresh_engine, before, 10) == (case,)
    assert watch.opened_since(fresh_engine, before, 0) == ()
    assert watch.opened_since(fresh_engine, before + timedelta(days=1), 10) == ()

    with ledger.account_of(case) as account:
        factories.save(account, case, CLOSED)
    assert watch.count_running(fresh_engine) == 0
    assert watch.opened_since(fresh_engine, before, 10) == ()


def test_the_place_of_a_round_is_kept_beside_how_it_went(fresh_engine: Engine) -> None:
    rounds = SqlRoundLog(fresh_engine)
    assert rounds.place("missing") == ("", None)

    rounds.keep_place("missing", "invoice/acme/R-1", factories.NOON)
    rounds.failed("missing", "RPCError")
    assert rounds.place("missing") == ("invoice/acme/R-1", factories.NOON)
    rounds.keep_place("missing", "invoice/acme/R-2", LATER)
    assert rounds.place("missing") == ("invoice/acme/R-2", LATER)
    assert [part.failures for part in rounds.parts()] == [1]
    assert rounds.place("desk") == ("", None)
