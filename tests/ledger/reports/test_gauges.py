"""The house's own figures: sums that an operator can act on, and nothing about anyone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine, text

from activities.ports.types import OutboundState, Receipt, Sent, Task
from adapters.config.environment import SettingsError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import make_engine
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.reports import gauges
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.metrics import LedgerCollector, serve_metrics, split
from domain.parties.tasks import TaskKind
from infra.servers import tcp_ports
from tests.ledger import factories

ACCEPTED = Receipt(sent=Sent.ACCEPTED)


def sent(engine: Engine, number: str, channel: str = "email", *, to: str = "a@b.example") -> str:
    """A message that a provider took just now; answers its id."""
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice("acme", number))
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, "polite", 1, channel, to)
        account.outbound.land(flown, OutboundState.ACCEPTED, ACCEPTED)
    return flown.id


def told(engine: Engine, message: str, kind: str, seconds: int = 0) -> None:
    event = ProviderEvent(
        dedupe_key=f"{message}/{kind}",
        message_id=message,
        provider="sendgrid",
        kind=kind,
        at=datetime.now(UTC) + timedelta(seconds=seconds),
    )
    assert note_event(engine, event)


def test_delivery_bounces_and_opt_outs_are_counted_by_channel(fresh_engine: Engine) -> None:
    mails = [sent(fresh_engine, f"M-{number}") for number in range(4)]
    text_message = sent(fresh_engine, "S-1", "sms", to="+4915112345678")
    told(fresh_engine, mails[0], "delivered", 4)
    told(fresh_engine, mails[1], "delivered", 40)
    told(fresh_engine, mails[2], "bounced")
    told(fresh_engine, mails[3], "complained")
    told(fresh_engine, text_message, "opted_out")

    mail, sms = gauges.read_gauges(fresh_engine).channels
    assert (mail.channel, mail.sent, mail.delivered, mail.bounced) == ("email", 4, 2, 1)
    assert (mail.unwanted, sms.channel, sms.sent, sms.unwanted) == (1, "sms", 1, 1)
    assert mail.median is not None
    assert mail.slowest is not None
    assert 15 < mail.median < 30 < mail.slowest < 45
    assert sms.median is None


def test_what_is_old_counts_no_more(fresh_engine: Engine) -> None:
    sent(fresh_engine, "M-1")
    assert [one.sent for one in gauges.read_gauges(fresh_engine, days=1).channels] == [1]
    assert gauges.read_gauges(fresh_engine, days=0).channels == ()


def test_a_message_that_nobody_can_tell_left_is_unknown_until_a_person_has_looked(
    fresh_engine: Engine,
) -> None:
    ledger = SqlLedger(fresh_engine)
    case = factories.opened(ledger, factories.invoice("acme"))
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, "polite", 1, "email", "a@b.example")
    assert gauges.read_gauges(fresh_engine).unknown == 0  # it may land any moment
    age(fresh_engine)
    assert gauges.read_gauges(fresh_engine).unknown == 1

    with ledger.account_of(case) as account:
        account.outbound.land(flown, OutboundState.UNKNOWN_CLOSED, None)
    assert gauges.read_gauges(fresh_engine).unknown == 0
    put_task(
        fresh_engine, Task(key=f"unknown/{flown.id}", kind=TaskKind.UNKNOWN, case=case, title="?")
    )
    assert gauges.read_gauges(fresh_engine).unknown == 1


def test_the_backlog_is_what_should_have_been_done_ten_minutes_ago(fresh_engine: Engine) -> None:
    ledger = SqlLedger(fresh_engine)
    now = datetime.now(UTC)
    for number, at in (("late", now - timedelta(hours=1)), ("on time", now)):
        case = factories.opened(ledger, factories.invoice("acme", number))
        with ledger.account_of(case) as account:
            factories.save(account, case, replace(factories.WAIT, at=at))

    figures = gauges.read_gauges(fresh_engine)
    assert figures.due_steps == 1
    assert 3590 < figures.oldest_step < 3700


def test_the_page_says_all_of_it_and_names_nobody(fresh_engine: Engine) -> None:
    """G1: no address, no customer and no invoice stands in the figures."""
    told(fresh_engine, sent(fresh_engine, "SECRET-7", to="hilda@globex.example"), "bounced")
    put_task(fresh_engine, Task(key="call/1", kind=TaskKind.CALL, case="x", title="call Hilda"))
    with shown(fresh_engine) as page:
        lines = dict(line.rsplit(" ", 1) for line in page.splitlines() if line[0] != "#")

    assert lines['amicable_messages_bounced{channel="email"}'] == "1.0"
    assert lines['amicable_bounce_ratio{channel="email"}'] == "1.0"
    assert lines['amicable_tasks{kind="call",overdue="no"}'] == "1.0"
    assert lines["amicable_events_waiting"] == "1.0"
    assert lines["amicable_ledger_up"] == "1.0"
    assert not [word for word in ("hilda", "globex", "SECRET", "acme") if word in page]


def test_a_ledger_that_is_away_is_a_figure_too() -> None:
    engine = make_engine(f"postgresql://nobody@127.0.0.1:{tcp_ports.pick()}/none", pool_size=1)
    found = {family.name: family.samples for family in LedgerCollector(engine).collect()}
    engine.dispose()

    assert [sample.value for sample in found["amicable_ledger_up"]] == [0]
    assert len(found) == 1


@pytest.mark.parametrize("address", ["9464", ":9464", "127.0.0.1:", "127.0.0.1:x", "localhost"])
def test_what_is_no_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(SettingsError, match="AMICABLE_METRICS__LEDGER"):
        split(address, "AMICABLE_METRICS__LEDGER")


def test_nothing_is_shown_where_no_address_is_given(fresh_engine: Engine) -> None:
    assert serve_metrics(fresh_engine, "") is None


def age(engine: Engine) -> None:
    older = "UPDATE outbound_message SET in_flight_since = in_flight_since - interval '20 minutes'"
    with engine.begin() as connection:
        connection.execute(text(older))


@contextmanager
def shown(engine: Engine) -> Iterator[str]:
    """The page as Prometheus reads it."""
    address = f"127.0.0.1:{tcp_ports.pick()}"
    server = serve_metrics(engine, address)
    assert server is not None
    try:
        yield httpx.get(f"http://{address}/metrics", timeout=100).text
    finally:
        server.shutdown()
        server.server_close()
