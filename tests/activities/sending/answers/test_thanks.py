"""Thanks go out like any message: once, looked at last, not under a hold, and never in vain."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from adapters.ledger.cases import holds
from adapters.ledger.core.codec import read_policy, write_policy
from domain.message_types import MessageType
from domain.wire import CaseActivityInput, Decision
from tests.activities import sending_harness as application
from tests.activities.sending_harness import DEBTOR, NINE, Office, Speechless

A_DAY = timedelta(days=1)
CLOSED = ("close", "done")


@pytest.fixture
def office(office: Office, office_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A house that thanks everybody who pays, and has just been paid."""
    monkeypatch.setattr(application, "POLICY", replace(application.POLICY, thank_you="always"))
    grateful = Office(office_engine, f"{office.creditor}-thanks")
    grateful.pay()
    return grateful


def thank(office: Office) -> Decision:
    turn = CaseActivityInput(case=office.case, do="acknowledge", step="thanks", at=NINE)
    return office.sender().send(turn, office.clock)


def test_the_customer_is_thanked_and_the_case_is_over(office: Office) -> None:
    over = thank(office)

    assert over.outcome == "paid"
    assert office.results() == [("thanks", "accepted"), CLOSED]
    assert len(office.email.taken) == 1
    assert thank(office).outcome == "paid"
    assert len(office.email.taken) == 1


def test_money_that_goes_back_between_the_looks_is_not_thanked_for(office: Office) -> None:
    office.between["after_T1"] = lambda: office.say(MessageType.PAYMENT_REVERSED, ref="payment-1")

    assert thank(office).step == "renewed-money-back-1"
    assert office.email.calls == []
    assert office.results() == []


def test_under_a_hold_thanks_wait_and_are_let_go_after_a_week(office: Office) -> None:
    holds.set_hold(office.engine, office.creditor, on=True)
    thoughts = 0
    while not (decision := thank(office)).outcome:
        assert decision.at is not None
        assert decision.at > office.now
        office.now = decision.at
        thoughts += 1
    assert thoughts <= 24 * 8
    assert office.results() == [CLOSED]
    assert timedelta(days=7) < office.now - NINE <= timedelta(days=8)
    assert office.email.calls == []


def test_a_hold_that_ends_in_time_lets_thanks_go(office: Office) -> None:
    holds.set_hold(office.engine, office.creditor, on=True)
    thank(office)
    holds.set_hold(office.engine, office.creditor, on=False)
    office.now = NINE + A_DAY

    assert thank(office).outcome == "paid"
    assert office.results() == [("thanks", "accepted"), CLOSED]


def test_nobody_is_looked_for_in_order_to_be_thanked(office: Office) -> None:
    office.known(replace(DEBTOR, email="", phone=""))

    assert thank(office).outcome == "paid"
    assert office.results() == [("thanks", "rejected"), CLOSED]
    assert office.tasks() == []


def test_thanks_without_words_do_not_keep_the_case_open(office: Office) -> None:
    office.letters = Speechless()
    for _ in range(9 * 24):
        decision = thank(office)
        if decision.outcome:
            break
        assert decision.at is not None
        assert decision.at > office.now
        office.now = decision.at
    assert decision.outcome == "paid"
    assert office.results() == [CLOSED]


def test_a_policy_keeps_its_sum_if_it_thanks_nobody() -> None:
    sha, body = write_policy(application.POLICY)
    assert "thank" not in body
    assert read_policy(body) == application.POLICY
    grateful = replace(application.POLICY, thank_you="always")
    assert write_policy(grateful)[0] != sha
    assert read_policy(write_policy(grateful)[1]) == grateful
