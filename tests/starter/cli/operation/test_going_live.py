"""Nothing leaves a live installation before a person has seen what would go, and said yes."""

import os
import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest

from activities.case_service import CaseService
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.cases.holds import is_held
from adapters.ledger.core.engine import make_engine
from adapters.ledger.core.migrate import upgrade
from adapters.runtime.machine import machine_clock
from adapters.wiring.live import wait_for_a_word
from domain.case.model import Invoice
from domain.money import Money
from domain.policy.policy_file import shipped_policies
from tests.starter.cli.conftest import COMMAND

LIVE = {
    "AMICABLE_LIVE": "1",
    "AMICABLE_ENVIRONMENT": "test",
    "AMICABLE_EMAIL__PROVIDER": "sendgrid",
    "AMICABLE_SENDGRID__API_KEY": "SG.made-up",
}


@pytest.fixture
def url(fresh_database_url: Callable[[], str]) -> str:
    """A ledger with one late invoice."""
    url = fresh_database_url()
    upgrade(url)
    engine = make_engine(url)
    today = machine_clock().date()
    invoice = Invoice(
        creditor="acme",
        number="R-1",
        customer="C-1",
        issued=today - timedelta(days=40),
        due=today - timedelta(days=10),
        amount=Money(11900, "EUR"),
        opened_at=machine_clock(),
    )
    CaseService(SqlLedger(engine), machine_clock).open(invoice, shipped_policies("any_hour"))
    engine.dispose()
    return url


def _off(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "hold", "off", *words],
        env={**os.environ, **LIVE, "AMICABLE_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_live_nothing_is_held(url: str) -> None:
    engine = make_engine(url)

    assert not wait_for_a_word(engine, live=False)
    assert not is_held(engine)
    engine.dispose()


def test_the_first_live_worker_waits_until_a_person_has_seen_and_agreed(url: str) -> None:
    engine = make_engine(url)
    assert wait_for_a_word(engine, live=True)
    assert is_held(engine)

    looked = _off(url)
    assert looked.returncode == 2
    assert "invoice/acme/R-1" in looked.stdout
    assert "1 messages would be sent" in looked.stderr
    assert is_held(engine)

    assert _off(url, "--yes").returncode == 0
    assert not is_held(engine)
    assert not wait_for_a_word(engine, live=True)
    engine.dispose()
