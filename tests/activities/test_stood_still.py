"""A worker that stood still between its last look and its call sends nothing: it looks again."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from activities.ports.clock import LastLook, StaleLookError
from activities.ports.types import Dossier, OutboundState, Receipt
from activities.sending.holding_back import LookAgainError
from tests.activities.sending_harness import NINE, Office

STOOD = 120.0


@pytest.fixture
def stands_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the clock that runs on in a suspended machine jump ahead (seconds); no other one does."""
    real, ahead = time.clock_gettime, [0.0]
    runs_on = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    monkeypatch.setattr(
        time, "clock_gettime", lambda which: real(which) + (ahead[0] if which == runs_on else 0)
    )

    def stand(seconds: float) -> None:
        ahead[0] += seconds

    return stand


@pytest.mark.parametrize(
    ("ago", "holds"),
    [(0.0, True), (9.9, True), (10.0, True), (10.1, False), (3600.0, False)],
)
def test_a_look_holds_for_ten_seconds(
    ago: float, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figure of docs/reliability.md: as long as one call may take, and not longer."""
    monkeypatch.setattr(time, "clock_gettime", lambda _: 1000.0)
    look = LastLook(at=1000.0 - ago)

    if holds:
        look.must_hold()
    else:
        with pytest.raises(StaleLookError):
            look.must_hold()


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux has this clock")
def test_the_look_is_timed_by_the_clock_that_runs_in_a_suspended_machine() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    look = LastLook()
    assert before <= look.at <= time.clock_gettime(time.CLOCK_BOOTTIME)


def _end_its_transaction(office: Office) -> None:
    """What PostgreSQL does to a worker that says nothing for a minute."""
    query = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE state = 'idle in transaction' AND pid <> pg_backend_pid() "
        "AND datname = current_database()"
    )
    with office.engine.begin() as link:
        assert link.execute(query).rowcount == 1


def test_nothing_goes_out_when_the_money_came_while_the_worker_stood_still(
    office: Office, stands_still: Callable[[float], None]
) -> None:
    """P11: frozen after the look for two minutes; its transaction ended, a payment acknowledged."""

    def frozen() -> None:
        _end_its_transaction(office)
        office.pay()
        stands_still(STOOD)

    office.between["before_POST"] = frozen
    with pytest.raises(LookAgainError):
        office.remind()

    assert office.email.taken == []
    assert office.state() is OutboundState.NEW, "that nothing left is certain"
    decision = office.remind()
    assert (office.email.taken, decision.outcome, office.tasks()) == ([], "paid", [])


def test_nothing_goes_out_when_the_ledger_was_killed_and_money_came_as_soon_as_it_was_back(
    office: Office,
) -> None:
    """P11: within the ten seconds, for a ledger is back after one."""

    def restarted() -> None:
        _end_its_transaction(office)
        office.pay()

    office.between["before_POST"] = restarted
    with pytest.raises(LookAgainError):
        office.remind()

    assert office.email.taken == []
    assert office.state() is OutboundState.NEW, "that nothing left is certain"
    decision = office.remind()
    assert (office.email.taken, decision.outcome) == ([], "paid")


def test_without_money_it_goes_out_at_the_next_look(
    office: Office, stands_still: Callable[[float], None]
) -> None:
    """The step is not lost either: nobody waits for proof of what never was."""
    office.between["before_POST"] = lambda: stands_still(STOOD)
    with pytest.raises(LookAgainError):
        office.remind()
    office.remind()

    assert len(office.email.taken) == 1
    assert office.results() == [("polite", "accepted")]


def test_a_pause_within_ten_seconds_changes_nothing(
    office: Office, stands_still: Callable[[float], None]
) -> None:
    office.between["before_POST"] = lambda: stands_still(8)
    office.remind()
    assert office.results() == [("polite", "accepted")]


def test_what_somebody_found_out_meanwhile_stays(
    office: Office, stands_still: Callable[[float], None]
) -> None:
    """Another worker took the message over while this one stood still, and sent it."""

    def frozen() -> None:
        _end_its_transaction(office)
        office.older(timedelta(seconds=30))
        office.remind()
        office.remind()
        stands_still(STOOD)

    office.between["before_POST"] = frozen
    with pytest.raises(LookAgainError):
        office.remind()

    assert len(office.email.taken) == 1
    assert office.state() is OutboundState.ACCEPTED


def test_a_handoff_is_held_back_as_well(
    office: Office, stands_still: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held back under its lock, before the file is handed over; then the money counts."""
    office.remind()
    office.now = NINE + timedelta(days=2)
    deliver = office.agency.deliver

    def frozen(dossier: Dossier) -> Receipt:
        _end_its_transaction(office)
        office.pay()
        stands_still(STOOD)
        monkeypatch.setattr(office.agency, "deliver", deliver)
        return deliver(dossier)

    monkeypatch.setattr(office.agency, "deliver", frozen)
    with pytest.raises(LookAgainError):
        office.deliver()

    assert office.agency.got == {}
    assert office.deliver().outcome == "paid"
    assert office.agency.got == {}


def test_no_case_is_handed_over_when_the_ledger_was_killed_and_money_came(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the ten seconds: a killed ledger is back after one, and takes the payment."""
    office.remind()
    office.now = NINE + timedelta(days=2)
    deliver = office.agency.deliver

    def restarted(dossier: Dossier) -> Receipt:
        _end_its_transaction(office)
        office.pay()
        monkeypatch.setattr(office.agency, "deliver", deliver)
        return deliver(dossier)

    monkeypatch.setattr(office.agency, "deliver", restarted)
    with pytest.raises(LookAgainError):
        office.deliver()

    assert office.agency.got == {}
    assert office.deliver().outcome == "paid"
    assert office.agency.got == {}
