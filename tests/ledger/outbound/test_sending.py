"""The send protocol's memory: marked before the call, told apart by attempt, never sent twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from activities.ports.types import BusyError, ConflictError, OutboundState, Receipt, Sent
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.inbound import events
from adapters.ledger.queries import reads, watch
from adapters.ledger.queries.watch import Stale
from tests.ledger import factories

STEP = ("polite", 1)


def test_a_message_is_in_flight_before_anybody_calls(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        assert account.outbound.of_step(case, *STEP) is None
        flown = account.outbound.take_off(case, *STEP, "email", "a@b.example")

    with ledger.account_of(case) as account:
        seen = account.outbound.of_step(case, *STEP)
    assert seen is not None
    assert (seen.id, seen.state, seen.attempt) == (flown.id, OutboundState.IN_FLIGHT, 1)
    assert (seen.channel, seen.recipient, seen.since) == ("email", "a@b.example", flown.since)
    assert timedelta() <= flown.age < seen.age < timedelta(seconds=10)


def test_nobody_takes_off_with_a_message_that_is_in_flight(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        account.outbound.take_off(case, *STEP, "email", "a@b.example")
        with pytest.raises(BusyError, match="in flight"):
            account.outbound.take_off(case, *STEP, "email", "a@b.example")


@pytest.mark.parametrize(
    "end", [OutboundState.ACCEPTED, OutboundState.UNKNOWN_CLOSED, OutboundState.REJECTED]
)
def test_a_message_that_has_ended_is_never_sent_again(
    ledger: SqlLedger, case: str, end: OutboundState
) -> None:
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, *STEP, "email", "a@b.example")
        account.outbound.land(
            flown, end, factories.ACCEPTED if end is OutboundState.ACCEPTED else None
        )
        landed = account.outbound.of_step(case, *STEP)
        assert landed is not None
        assert landed.state is end
        with pytest.raises(ConflictError, match="never resent"):
            account.outbound.take_off(case, *STEP, "email", "a@b.example")
        with pytest.raises(ConflictError, match="is not in_flight now"):
            account.outbound.land(flown, OutboundState.NEW, None)


def test_a_mark_taken_back_makes_the_next_attempt_a_new_one(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        first = account.outbound.take_off(case, *STEP, "email", "a@b.example")
        account.outbound.land(first, OutboundState.NEW, Receipt(sent=Sent.NOT_SENT, detail="429"))
        second = account.outbound.take_off(case, *STEP, "email", "a@b.example")
        with pytest.raises(ConflictError):
            account.outbound.land(first, OutboundState.ACCEPTED, factories.ACCEPTED)

    assert (second.id, second.attempt) == (first.id, 2)


def test_when_a_channel_says_no_the_next_is_tried_and_all_is_told(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        account.outbound.turn_down(
            account.outbound.take_off(case, *STEP, "email", "a@b.example"), factories.REFUSED
        )
        turned = account.outbound.of_step(case, *STEP)
        assert turned is not None
        assert (turned.state, turned.tried) == (OutboundState.NEW, ("email",))
        account.outbound.land(
            account.outbound.take_off(case, *STEP, "sms", "+4930123"),
            OutboundState.ACCEPTED,
            factories.ACCEPTED,
        )

    told = [(a.attempt, a.channel, a.result, a.detail) for a in reads.attempts_of(engine, case)]
    assert told == [(1, "email", "rejected", "mailbox unknown"), (2, "sms", "accepted", "")]


def test_a_dead_address_says_nothing_against_its_channel(ledger: SqlLedger, case: str) -> None:
    """P14: another address of the same customer may still be tried by the same message."""
    with ledger.account_of(case) as account:
        dead = replace(factories.REFUSED, bad_point=True)
        account.outbound.turn_down(
            account.outbound.take_off(case, *STEP, "email", "a@b.example"), dead
        )
        turned = account.outbound.of_step(case, *STEP)

    assert turned is not None
    assert (turned.state, turned.tried) == (OutboundState.NEW, ())


def test_a_message_that_no_channel_took_is_closed(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        account.outbound.turn_down(
            account.outbound.take_off(case, *STEP, "email", "a@b.example"), factories.REFUSED
        )
        turned = account.outbound.of_step(case, *STEP)
        assert turned is not None
        account.outbound.land(turned, OutboundState.REJECTED, None)
        closed = account.outbound.of_step(case, *STEP)

    assert closed is not None
    assert closed.state is OutboundState.REJECTED


def test_another_episode_is_another_message(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        first = account.outbound.take_off(case, "polite", 1, "email", "a@b.example")
        second = account.outbound.take_off(case, "polite", 2, "email", "a@b.example")
    assert first.id != second.id


def test_whoever_dies_between_mark_and_end_leaves_a_mark_that_grows_old(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        account.outbound.take_off(case, *STEP, "email", "a@b.example")

    def die() -> None:
        with ledger.account_of(case) as account:
            flown = account.outbound.of_step(case, *STEP)
            assert flown is not None
            account.outbound.land(flown, OutboundState.ACCEPTED, factories.ACCEPTED)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        die()

    ages = [stale.age for _ in range(2) for stale in _in_flight(engine, case)]
    assert len(ages) == 2
    assert ages[0] < ages[1]
    assert [attempt.result for attempt in reads.attempts_of(engine, case)] == ["in_flight"]


def _in_flight(engine: Engine, case: str) -> list[Stale]:
    return [s for s in watch.stale_in_flight(engine, timedelta()) if s.case_id == case]


def test_the_age_is_the_databases_business(ledger: SqlLedger, engine: Engine, case: str) -> None:
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, *STEP, "email", "a@b.example")
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE outbound_message SET in_flight_since = in_flight_since - interval '1 hour' "
                "WHERE id = :id"
            ),
            {"id": flown.id},
        )

    (old,) = [s for s in watch.stale_in_flight(engine, timedelta(minutes=59)) if s.case_id == case]
    assert timedelta(hours=1) <= old.age < timedelta(hours=1, minutes=1)


def test_a_providers_event_proves_the_newest_attempt_only(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        flown = account.outbound.take_off(case, *STEP, "email", "a@b.example")
    told = events.ProviderEvent(
        dedupe_key=f"{flown.id}/delivered", message_id=flown.id, provider="p", kind="delivered"
    )
    assert events.note_event(engine, told) is True
    assert events.note_event(engine, told) is False

    with ledger.account_of(case) as account:
        seen = account.outbound.of_step(case, *STEP)
        assert seen is not None
        assert seen.seen_by_provider is True
        account.outbound.turn_down(seen, factories.REFUSED)
        assert account.outbound.take_off(case, *STEP, "sms", "+4930123").seen_by_provider is False
