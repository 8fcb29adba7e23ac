"""The agency hears everything at least once under one id, and money that crosses it recalls."""

from datetime import timedelta

import pytest

from activities.ports.types import OutboundState, Receipt, Sent
from activities.sending.holding_back import ComeBackLaterError
from adapters.ledger.cases import holds
from domain.message_types import MessageType
from tests.activities.sending_harness import NINE, Office

UNKNOWN = Receipt(sent=Sent.UNKNOWN, detail="time-out")


@pytest.fixture
def late(office: Office) -> Office:
    """The same case two days later: the agency's turn."""
    office.remind()
    office.now = NINE + timedelta(days=2)
    return office


def _kinds(office: Office) -> list[str]:
    return [dossier.kind for dossier in office.agency.got.values()]


def test_a_handoff_is_delivered_once_with_the_whole_file(late: Office) -> None:
    late.deliver()
    decision = late.deliver()

    (dossier,) = late.agency.got.values()
    assert dossier.kind == "case.handed_off"
    assert [entry["what"] for entry in dossier.history] == ["remind"]
    assert late.results() == [("polite", "accepted"), ("plan-b", "done")]
    assert decision.stage == "with_agency"


@pytest.mark.parametrize("when", ["before", "marked"])
def test_money_that_comes_first_stops_the_handoff(late: Office, when: str) -> None:
    if when == "before":
        late.pay()
    else:
        late.between["agency_marked"] = late.pay
    decision = late.deliver()

    assert late.agency.got == {}
    assert decision.outcome == "paid"


def test_money_that_crosses_a_handoff_recalls_the_case(late: Office) -> None:
    late.agency.will(UNKNOWN)
    with pytest.raises(ComeBackLaterError):
        late.deliver()
    late.pay()
    decision = late.deliver()
    assert (decision.do, late.state("plan-b")) == ("recall", OutboundState.ACCEPTED)
    decision = late.deliver("recall", decision.step)

    assert _kinds(late) == ["case.handed_off", "case.recalled"]
    assert decision.outcome == "paid"


def test_a_part_payment_at_the_agency_is_told(late: Office) -> None:
    late.deliver()
    late.now += timedelta(hours=1)
    late.say(MessageType.PAYMENT, amount="19.00")
    looked = late.desk.look(late.case)
    assert looked.stage == "with_agency"
    decision = late.deliver()
    assert decision.do == "inform_agency"
    late.deliver("inform_agency", decision.step)

    assert _kinds(late) == ["case.handed_off", "case.updated"]


def test_a_busy_agency_is_asked_again_later(late: Office) -> None:
    late.agency.will(Receipt(sent=Sent.NOT_SENT, retry_after=timedelta(minutes=40)))
    decision = late.deliver()

    assert decision.at == late.now + timedelta(minutes=40)
    assert late.state("plan-b") is OutboundState.NEW


def test_a_refusal_of_the_agency_is_a_persons_task(late: Office) -> None:
    late.agency.will(Receipt(sent=Sent.REJECTED, detail="no contract"))
    decision = late.deliver()

    assert decision.at == late.now + timedelta(hours=4)
    assert late.tasks("question") == ["the agency refused (hand off): no contract"]


def test_the_emergency_hold_stops_a_handoff_but_never_a_recall(late: Office) -> None:
    holds.set_hold(late.engine, late.creditor, on=True)
    late.deliver()
    assert late.agency.got == {}
    holds.set_hold(late.engine, late.creditor, on=False)
    late.deliver()
    holds.set_hold(late.engine, late.creditor, on=True)
    late.pay()
    decision = late.deliver()
    late.deliver("recall", decision.step)

    assert _kinds(late) == ["case.handed_off", "case.recalled"]
