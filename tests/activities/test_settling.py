"""Invoices opened one after the other on the real ledger: one mail about all, and no call before.

Each workflow asks for its deed at the instant that it was told when its case was opened.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.cases.person_tasks import PersonTasks
from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.tasks.desk import find_tasks
from domain.message_types import ActionType
from domain.policy.model import Anchor, Base, Step
from domain.wire import CaseActivityInput
from tests.activities.sending.bundles import SENT, Several
from tests.activities.sending_harness import MINUTE, NINE, POLICY, Office

HOUR = timedelta(hours=1)
TEN = NINE + HOUR
CALLING = replace(
    POLICY,
    steps=(
        *POLICY.steps,
        Step(id="call", on=Anchor(Base.DUE, 4), do=ActionType.CALL_TASK, order=1),
        Step(id="hold", on=Anchor(Base.DUE, 4), do=ActionType.HOLD_CREDIT, order=2),
    ),
    plan_b=replace(POLICY.plan_b, on=Anchor(Base.DUE, 60)),
)


def opened(office: Office, *minutes: int) -> Several:
    """R-2, R-3 … opened so many minutes after ten; R-1 is the office's own, and paid."""
    office.pay()
    several = Several(office)
    for minute in minutes:
        office.now = TEN + minute * MINUTE
        several.add(policy=CALLING, opened=office.now)
    return several


def ask(several: Several, which: int) -> None:
    """What the workflow of one of them asks for next, if it is due."""
    decision = several.decision(which)
    if decision.at is None or decision.at > several.office.now:
        return
    if decision.do == "remind":
        several.take(which)
        return
    turn = CaseActivityInput(
        case=several.cases[which - 1], do=decision.do, step=decision.step, at=decision.at
    )
    PersonTasks(several.office.ledger).do(turn, several.office.clock)


def test_five_invoices_opened_one_after_the_other_stand_in_one_mail(office: Office) -> None:
    several = opened(office, 0, 2, 5, 9, 14)
    for minute in range(45):
        office.now = TEN + minute * MINUTE
        for which in range(2, 7):
            ask(several, which)

    (letter,) = several.letters
    assert all(f"R-{which}" in letter for which in range(2, 7))
    assert [several.results(which) for which in range(2, 7)] == [SENT] * 5
    assert not find_tasks(office.engine, TaskFilter(creditor=office.creditor, kind="call"))


@pytest.mark.parametrize(("minute", "letters"), [(28, 0), (29, 1), (30, 1)])
def test_the_mail_goes_a_quarter_of_an_hour_after_the_last_of_them(
    office: Office, minute: int, letters: int
) -> None:
    """An older plan wakes a workflow too early: it looks anew, and waits on."""
    several = opened(office, 0, 14)
    office.now = TEN + minute * MINUTE
    several.take(2)

    assert len(several.letters) == letters
    if not letters:
        assert several.decision(2).at == TEN + 29 * MINUTE


def test_a_call_that_is_due_names_no_invoice_of_which_nothing_was_written(office: Office) -> None:
    """Its wait is not over while another invoice of the customer is called about."""
    several = opened(office, 0)
    office.now = TEN + 15 * MINUTE
    several.take(2)
    office.now = TEN + timedelta(days=10)
    several.add(policy=CALLING, opened=office.now)
    ask(several, 2)

    (task,) = find_tasks(office.engine, TaskFilter(creditor=office.creditor, kind="call"))
    assert task.task.cases == (several.cases[1],)


def test_what_only_waits_goes_along_with_whatever_goes_before(office: Office) -> None:
    """R-3 was opened when the mail about R-2 was due: it is not left to a mail of its own."""
    several = opened(office, 0)
    office.now = TEN + 15 * MINUTE + timedelta(seconds=3)
    several.add(policy=CALLING, opened=office.now)
    several.take(2)

    (letter,) = several.letters
    assert "R-2" in letter
    assert "R-3" in letter
