"""What cannot be done now is asked again seldom: at most 24 decisions a day without news."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.ledger.cases import holds
from domain.wire import Decision
from tests.activities.sending_harness import NINE, Office
from tests.fakes import BUSY, DOWN, Outcome

A_DAY = timedelta(days=1)


def _one_day(office: Office, deed: Callable[[], Decision]) -> int:
    """How often a case thinks within a day, if each time it comes when it said it would."""
    until, thoughts = office.now + A_DAY, 0
    while office.now < until:
        decision = deed()
        assert decision.at is not None
        assert decision.at > office.now
        office.now = decision.at
        thoughts += 1
    return thoughts


@pytest.mark.parametrize("provider", [BUSY, DOWN], ids=["busy", "down"])
def test_a_provider_that_takes_nothing_all_day(office: Office, provider: Outcome) -> None:
    office.email.will(*[provider] * 200)
    assert _one_day(office, office.remind) <= 24
    assert office.email.taken == []


def test_an_emergency_hold_that_lasts_all_day(office: Office) -> None:
    holds.set_hold(office.engine, office.creditor, on=True)
    assert _one_day(office, office.remind) <= 24
    assert office.email.calls == []


def test_an_agency_that_takes_nothing_all_day(office: Office) -> None:
    office.remind()
    office.now = NINE + 2 * A_DAY
    office.agency.will(*[BUSY.receipt] * 200)
    assert _one_day(office, office.deliver) <= 24
    assert office.agency.got == {}
