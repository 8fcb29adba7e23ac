"""`amicable doctor` sees rounds that fail and cases that are stuck."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import Engine

from activities.watching.parts import WHOLE
from activities.watching.ports import FAILED_ATTEMPTS, ROUNDS_IN_VAIN
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.queries.breakers import SqlBreakers
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from adapters.ledger.reports.gauges import read_gauges
from domain.contact.breaker import FAILURES_RUNNING
from infra import findings


@pytest.fixture
def engine(fresh_database_url: Callable[[], str]) -> Iterator[Engine]:
    """A ledger of this test's own."""
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=1)
    yield engine
    engine.dispose()


def found(engine: Engine) -> list[str]:
    """What the doctor finds wrong."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as link:
        return [one.what for one in findings.rounds_and_cases(link) if not one.ok]


def test_where_nothing_ever_ran_nothing_is_wrong(engine: Engine) -> None:
    assert found(engine) == []


def test_a_ledger_without_the_tables_is_not_asked(fresh_database_url: Callable[[], str]) -> None:
    with psycopg.connect(fresh_database_url().replace("+psycopg", "")) as link:
        assert list(findings.rounds_and_cases(link)) == []


def test_a_part_that_failed_is_named_until_it_goes_well(engine: Engine) -> None:
    log = SqlRoundLog(engine)
    log.failed("incoming", "OperationalError")
    assert found(engine) == ["The reconciler's round fails at its part incoming (OperationalError)"]

    log.ended("incoming")
    assert found(engine) == []


@pytest.mark.parametrize(("minutes", "wrong"), [(29, False), (31, True)])
def test_a_round_that_does_not_end_is_found_after_half_an_hour(
    engine: Engine, minutes: int, wrong: bool
) -> None:
    log = SqlRoundLog(engine)
    log.begin()
    ago = f"begun_at = now() - interval '{minutes} minutes'"
    with engine.begin() as link:
        link.exec_driver_sql(f"UPDATE round_part SET {ago}")  # noqa: S608 - a number of this test
    assert bool(found(engine)) is wrong

    log.ended(WHOLE)
    assert found(engine) == []


@pytest.mark.parametrize("rounds", [ROUNDS_IN_VAIN - 1, ROUNDS_IN_VAIN])
def test_a_case_woken_in_vain_so_often_is_found(engine: Engine, rounds: int) -> None:
    for _ in range(rounds):
        SqlStuckCases(engine).woken_in_vain(["invoice/acme/1"])

    assert bool(found(engine)) is (rounds == ROUNDS_IN_VAIN)


@pytest.mark.parametrize("attempts", [FAILED_ATTEMPTS - 1, FAILED_ATTEMPTS])
def test_a_case_that_failed_so_often_is_found(engine: Engine, attempts: int) -> None:
    SqlStuckCases(engine).failed("invoice/acme/1", attempts, "KeyError")

    assert bool(found(engine)) is (attempts == FAILED_ATTEMPTS)


def test_many_stuck_cases_are_one_line(engine: Engine) -> None:
    for number in range(3):
        SqlStuckCases(engine).failed(f"invoice/acme/{number}", FAILED_ATTEMPTS, "KeyError")

    assert found(engine) == ["invoice/acme/0 does not go on by itself (and 2 more)"]


def test_a_provider_that_is_left_alone_is_found_until_it_answers(engine: Engine) -> None:
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    breakers = SqlBreakers(engine)
    for _ in range(FAILURES_RUNNING):
        breakers.failed("email/sendgrid", nine, "")
    assert found(engine) == ["email/sendgrid fails again and again; it is asked again at 09:05 UTC"]
    assert read_gauges(engine).left_alone == 1

    breakers.answered("email/sendgrid")
    assert found(engine) == []
    assert read_gauges(engine).left_alone == 0
