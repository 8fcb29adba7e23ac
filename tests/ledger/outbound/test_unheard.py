"""Reports that never came are noticed: lost events are lost bounces (fault matrix, row 16)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from activities.ports.incoming import ReportKind
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import OutboundState
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.outbound.unheard import unheard
from adapters.ledger.tasks.desk import find_tasks
from adapters.runtime.machine import machine_clock
from adapters.wiring.background import inbound_rounds, reporting
from tests.ledger import factories

LIVE: dict[str, Any] = {
    "live": True,
    "email": {"provider": "sendgrid"},
    "sendgrid": {"event_key": "key"},
    "sms": {"provider": "twilio"},
    "api": {"public_url": "https://gate.example"},
}


def sent(engine: Engine, number: str, hours: int) -> str:
    """A mail that was accepted so many hours ago; answers its id."""
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice("acme", number))
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, "polite", 1, "email", "a@b.example")
        account.outbound.land(flown, OutboundState.ACCEPTED, factories.ACCEPTED)
    with engine.begin() as link:
        link.execute(text("ALTER TABLE outbound_attempt DISABLE TRIGGER only_grows"))
        older = "UPDATE outbound_attempt SET at = at - make_interval(hours => :hours)"
        link.execute(text(f"{older} WHERE message_id = :id"), {"hours": hours, "id": flown.id})
        link.execute(text("ALTER TABLE outbound_attempt ENABLE TRIGGER only_grows"))
    return flown.id


@pytest.mark.parametrize(("hours", "count"), [(47, 0), (49, 1), (24 * 6, 1), (24 * 8, 0)])
def test_two_days_are_waited_and_a_week_is_looked_back(
    fresh_engine: Engine, hours: int, count: int
) -> None:
    sent(fresh_engine, "R-1", hours)

    assert unheard(fresh_engine, ["email"]) == count
    assert unheard(fresh_engine, ["sms"]) == 0


def test_any_word_is_a_word(fresh_engine: Engine) -> None:
    mid = sent(fresh_engine, "R-1", 72)
    now = datetime.now(UTC)
    event = ProviderEvent(
        dedupe_key="e", message_id=mid, provider="x", kind=ReportKind.ACCEPTED, at=now
    )
    note_event(fresh_engine, event)

    assert unheard(fresh_engine, ["email"]) == 0


def test_a_person_is_asked_once_a_day_and_only_where_reports_are_expected(
    fresh_engine: Engine,
) -> None:
    sent(fresh_engine, "R-1", 72)
    inbound_rounds(fresh_engine, Settings(), machine_clock).look_in()
    assert find_tasks(fresh_engine, TaskFilter(kind="question")) == ()

    live = inbound_rounds(fresh_engine, Settings(**LIVE), machine_clock)
    live.look_in()
    live.look_in()
    (row,) = find_tasks(fresh_engine, TaskFilter(kind="question"))
    assert row.task.title.startswith("1 messages have no word")


def test_which_channels_report(fresh_engine: Engine) -> None:
    assert reporting(Settings()) == ()
    assert reporting(Settings(**LIVE)) == ("email", "sms")
    assert reporting(Settings(**(LIVE | {"live": False}))) == ()
    assert reporting(Settings(**(LIVE | {"sendgrid": {}, "api": {}}))) == ()
