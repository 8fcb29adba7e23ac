"""Whatever comes between the decision and the call is seen before the call: nothing stale goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from activities.ports.types import OutboundState
from adapters.ledger.cases import holds
from adapters.ledger.queries import watch
from domain.message_types import MessageType
from tests.activities.sending_harness import NINE, Office

Event = Callable[[Office], object]

BETWEEN: dict[str, Event] = {
    "money": lambda office: office.pay(),
    "money but a little": lambda office: office.say(MessageType.PAYMENT, amount="118.80"),
    "credit": lambda office: office.say(MessageType.CREDIT_NOTE, amount="119.00"),
    "dispute": lambda office: office.say(MessageType.DISPUTE_OPENED, reason="wrong goods"),
    "promise": lambda office: office.say(MessageType.PROMISE, date="2026-03-10"),
    "pause": lambda office: office.say(MessageType.PAUSE, date="2026-03-10"),
    "endless pause": lambda office: office.say(MessageType.PAUSE),
    "withdrawal": lambda office: office.say(MessageType.WITHDRAWN),
    "write-off": lambda office: office.say(MessageType.WRITE_OFF),
    "hold": lambda office: holds.set_hold(office.engine, office.creditor, on=True),
    "parking": lambda office: watch.set_parked(office.engine, office.case, on=True),
    "evening": lambda office: setattr(office, "now", NINE + timedelta(hours=9)),
}


@pytest.mark.parametrize("what", BETWEEN)
@pytest.mark.parametrize("when", ["before_T1", "after_T1"])
def test_nothing_is_sent_when_something_comes_between(office: Office, what: str, when: str) -> None:
    office.between[when] = lambda: BETWEEN[what](office)
    decision = office.remind()

    assert office.email.calls == office.sms.calls == []
    assert "polite" not in [step for step, _ in office.results()]
    expected = None if when == "before_T1" else OutboundState.NEW
    assert office.state() is expected, "the mark was taken back"
    later = decision.at is None or decision.at > office.now or decision.do != "remind"
    assert later, decision


@pytest.mark.parametrize("what", ["dispute", "endless pause", "hold", "parking", "evening"])
def test_what_was_stopped_goes_out_once_when_the_reason_is_gone(office: Office, what: str) -> None:
    office.between["after_T1"] = lambda: BETWEEN[what](office)
    office.remind()
    undo: dict[str, Event] = {
        "dispute": lambda office: office.say(MessageType.DISPUTE_SETTLED),
        "endless pause": lambda office: office.say(MessageType.RESUME),
        "hold": lambda office: holds.set_hold(office.engine, office.creditor, on=False),
        "parking": lambda office: office.desk.unpark(office.case),
        "evening": lambda _: None,
    }
    undo[what](office)
    office.now = NINE + timedelta(days=1)
    office.remind()
    office.remind()

    assert len(office.email.calls) == 1
    assert office.results() == [("polite", "accepted")]


def test_a_part_payment_in_between_is_in_the_letter(office: Office) -> None:
    office.between["after_T1"] = lambda: office.say(MessageType.PAYMENT, amount="19.00")
    office.remind()

    assert "100.00" in office.email.calls[0].text


def test_a_parked_case_stays_parked_whatever_runs_on(office: Office) -> None:
    office.between["after_T1"] = lambda: BETWEEN["parking"](office)
    decision = office.remind()

    assert decision.at is None
    assert office.case in watch.parked(office.engine, office.creditor)


GONE: dict[str, Event] = {
    "unwanted": lambda office: office.say(
        MessageType.CONTACT_NEWS, reason="opted_out", ref="email"
    ),
    "dead": lambda office: office.say(MessageType.CONTACT_NEWS, reason="bounced", ref="email"),
}


@pytest.mark.parametrize("what", GONE)
def test_a_way_that_is_closed_in_between_is_not_taken_any_more(office: Office, what: str) -> None:
    """A STOP or a bounce between the mark and the call; the next way is used (P14)."""
    office.between["after_T1"] = lambda: GONE[what](office)
    office.remind()

    assert office.email.calls == []
    assert len(office.sms.calls) == 1
    assert office.results() == [("polite", "accepted")]
