"""What is due now goes together, however it was planned (D2, D4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.message_types import ActionType, MessageType
from domain.policy.model import Anchor, Base, Step
from domain.wire import CaseActivityInput
from tests.activities.sending.bundles import SENT, Several
from tests.activities.sending_harness import NINE, POLICY, Office

ASKING = replace(
    POLICY,
    steps=(Step(id="ask", on=Anchor(Base.DUE, -6), do=ActionType.CONFIRM, channels=("email",)),),
)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_two_mails_planned_a_second_apart_and_both_past_are_one(office: Office, later: int) -> None:
    """D4: a second before, at once, a second after the other; the worker comes three seconds on."""
    several = Several(office, 0)
    case, at = several.cases[1], NINE + timedelta(seconds=later)
    with office.ledger.account_of(case) as account:
        file = account.cases.read(case)
        assert file
        assert file.decision
    office.now = NINE + timedelta(seconds=3)
    turn = CaseActivityInput(case=office.case, do="remind", step="polite", at=at)
    office.sender().send(turn, office.clock)

    assert several.results(1) == several.results(2) == SENT
    (text,) = several.letters
    assert "R-1" in text
    assert "R-2" in text


def test_questions_about_two_invoices_are_one_mail_in_their_own_words(office: Office) -> None:
    """P02 D2."""
    office.pay()
    several = Several(office)
    for _ in range(2):
        several.add(6, ASKING)
    several.take(2, "ask", "confirm")

    assert several.results(2) == several.results(3) == [("ask", "accepted")]
    (text,) = several.letters
    assert "confirm briefly that they have reached you" in text
    assert "R-2" in text
    assert "R-3" in text


def test_a_question_gives_way_to_a_word_of_tomorrow(office: Office) -> None:
    """The gap of two days would cost the other invoice its word before the due date."""
    office.pay()
    several = Several(office)
    gentle = Step(id="gentle", on=Anchor(Base.DUE, -1), do=ActionType.REMIND, channels=("email",))
    several.add(6, ASKING)
    several.add(3, replace(POLICY, steps=(gentle,)))
    several.take(2, "ask", "confirm")

    assert several.results(2) == []
    at = several.decision(3).at
    assert at
    assert several.decision(2).at == at + timedelta(minutes=1)


def test_a_ladders_letter_waits_a_minute_for_the_word_about_a_broken_promise(
    office: Office,
) -> None:
    """P52, D: the call and the hold about R-2 come first, and then one letter about both."""
    several = Several(office)
    several.add(-20)
    office.now = NINE - timedelta(days=7)
    several.say(2, MessageType.PROMISE, date="2026-02-27")
    office.now += timedelta(minutes=20)
    several.take(2, "agreement-1-confirmed", "acknowledge")
    office.now = NINE
    assert several.decision(2).step == "agreement-1-call"
    put_off = several.take(1)

    assert put_off.at == NINE + timedelta(minutes=1)
    assert several.results(1) == []
    office.now = NINE + timedelta(minutes=1)
    several.take(1)
    assert several.results(1) == SENT
