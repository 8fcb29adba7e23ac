"""Nobody is asked for money on old bank data, and nothing waits where no statements come in."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.case.facts import Action
from domain.decision.state import CaseState
from domain.ladder.bank_age import after_new_statements
from domain.message_types import ActionType
from domain.parties.customer import Customer
from domain.parties.people import Debtor
from domain.policy.model import Policy
from tests.ledger import factories

DEBTOR = Debtor(id="C-1", name="Hansen", email="a@x.example", zone="Europe/Berlin", country="DE")
DUE = factories.invoice("acme").due


def _action(now: datetime, known: date | None, policy: Policy = factories.POLICY) -> Action:
    customer = Customer(bank_day=known)
    invoice = factories.invoice("acme")
    state = CaseState(invoice=invoice, policy=policy, debtor=DEBTOR, now=now, customer=customer)
    return state.next_action


REMINDED_AT = _action(factories.NOON, None).at
assert REMINDED_AT is not None
NOW: datetime = REMINDED_AT + timedelta(hours=1)
TODAY = NOW.date()


@pytest.mark.parametrize(("days", "waits"), [(0, False), (3, False), (4, True), (30, True)])
def test_a_reminder_waits_for_statements_that_are_too_old(days: int, *, waits: bool) -> None:
    action = _action(NOW, TODAY - timedelta(days=days))
    assert action.do is ActionType.REMIND
    assert action.at is not None
    assert (action.at > NOW, "bank statements are known up to" in action.why) == (waits, waits)


def test_it_is_looked_at_anew_on_the_next_working_day() -> None:
    action = _action(NOW, TODAY - timedelta(days=9))
    assert action.at is not None
    assert action.at.date() - TODAY <= timedelta(days=4)
    assert _action(action.at, TODAY - timedelta(days=9)).at != action.at


def test_what_is_still_to_come_is_planned_as_ever() -> None:
    known = TODAY - timedelta(days=9)
    assert _action(factories.NOON - timedelta(days=3), known).at == REMINDED_AT


def test_a_policy_may_wait_longer_or_not_at_all_and_without_statements_nothing_waits() -> None:
    old = TODAY - timedelta(days=9)
    for days, waits in ((0, False), (8, True), (9, False)):
        money = replace(factories.POLICY.money, statement_days=days)
        action = _action(NOW, old, replace(factories.POLICY, money=money))
        assert action.at is not None
        assert (days, action.at > NOW) == (days, waits)
    assert _action(NOW, None).at == REMINDED_AT


@pytest.mark.parametrize("do", [ActionType.ASK_PERSON, ActionType.CLOSE, ActionType.RECALL])
def test_what_asks_for_no_money_waits_for_nothing(do: ActionType) -> None:
    customer = Customer(bank_day=TODAY - timedelta(days=99))
    state = CaseState(
        invoice=factories.invoice("acme"),
        policy=factories.POLICY,
        debtor=DEBTOR,
        now=NOW,
        customer=customer,
    )
    action = Action(do=do, at=NOW, why="it is time")
    assert after_new_statements(action, state.facts, factories.POLICY, NOW) is action
