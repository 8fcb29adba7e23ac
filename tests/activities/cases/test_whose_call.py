"""Who gets a call, by when, and what else the desk gives to whom (P13, P81)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from activities.cases.person_tasks import PersonTasks
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks import team
from adapters.ledger.tasks.desk import find_tasks
from domain.case.invoice import Invoice
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.team import Role
from domain.policy.model import Anchor, Base, Step
from domain.wire import CaseActivityInput
from tests.activities.sending_harness import DEBTOR, NINE, POLICY, Office

CALLING = replace(POLICY, steps=(Step(id="call", on=Anchor(Base.DUE, 1), do=ActionType.CALL_TASK),))


def staff(office: Office, *names: str) -> None:
    for name in names:
        team.put_colleague(office.engine, office.creditor, name, Role.COLLECTOR)


def owns(office: Office, name: str) -> None:
    owned = team.Owned(creditor=office.creditor, customer="C1", owner=name)
    assert team.set_owner(office.engine, owned)


def called(office: Office, at: datetime = NINE) -> Task:
    """A call falls due at an instant: the task that lies on the desk then."""
    day = date(2026, 3, 1)
    invoice = Invoice(
        creditor=office.creditor,
        number="R-2",
        customer="C1",
        issued=day - timedelta(days=14),
        due=day,
        amount=Money(50000, "EUR"),
        opened_at=NINE - timedelta(days=10),
    )
    office.desk.open(invoice, CALLING)
    office.now = at
    turn = CaseActivityInput(case=invoice.case_id, do="call_task", step="call", at=NINE)
    PersonTasks(office.ledger).do(turn, office.clock)
    (row,) = find_tasks(office.engine, TaskFilter(case=invoice.case_id))
    return row.task


def desk(office: Office) -> list[Task]:
    return [row.task for row in find_tasks(office.engine, TaskFilter(case=office.case))]


def test_without_a_team_a_call_waits_for_everybody_until_the_window_closes(
    office: Office,
) -> None:
    task = called(office)
    assert (task.kind, task.owner) == ("call", "")
    assert task.due_at == NINE + timedelta(hours=8), "17:00 in Berlin"


def test_a_call_that_comes_late_in_the_day_is_due_on_the_next_one(office: Office) -> None:
    assert called(office, NINE + timedelta(hours=6, minutes=1)).due_at == NINE + timedelta(hours=32)


def test_a_call_goes_to_whoever_owns_the_customer(office: Office) -> None:
    staff(office, "ann", "bob")
    owns(office, "bob")
    assert called(office).owner == "bob"


def test_while_the_owner_is_away_who_has_least_gets_it(office: Office) -> None:
    staff(office, "ann", "bob", "cid")
    owns(office, "ann")
    team.set_away(office.engine, office.creditor, "ann", NINE)
    office.say(MessageType.DISPUTE_OPENED, reason="invoice_error")
    assert [task.owner for task in desk(office)] == ["bob"]
    assert called(office).owner == "cid"


def test_nobody_is_asked_to_call_who_does_not_want_to_be_called(office: Office) -> None:
    office.known(replace(DEBTOR, opted_out=("voice",)))
    task = called(office)
    assert task.kind == "question"
    assert "do not want to be called" in task.title


@pytest.mark.parametrize("code", ["invoice_not_received", "call_back", "paid_claim"])
def test_what_follows_from_a_call_stays_with_whoever_called(office: Office, code: str) -> None:
    """Ann would be next, but Bob knows what was said."""
    staff(office, "ann", "bob")
    office.desk.say(office.case, MessageType.CALL_RESULT, {"id": "c", "reason": code, "by": "bob"})
    assert [task.owner for task in desk(office)] == ["bob"]


def test_a_dispute_keeps_the_owner_that_was_named(office: Office) -> None:
    staff(office, "ann")
    office.say(MessageType.DISPUTE_OPENED, reason="goods", owner="warehouse")
    assert [task.owner for task in desk(office)] == ["warehouse"]


def missed(office: Office, number: int, code: str = "no_answer") -> list[Task]:
    """Nobody answers a call: what lies on the desk then."""
    office.desk.say(office.case, MessageType.CALL_RESULT, {"id": f"c-{number}", "reason": code})
    return desk(office)


@pytest.mark.parametrize("code", ["voicemail", "no_answer", "unreachable", "busy"])
def test_when_nobody_answers_the_next_day_is_tried_as_well_and_then_the_ladder_goes_on(
    office: Office, code: str
) -> None:
    """P14: persistent, but not for ever."""
    (again,) = missed(office, 1, code)
    assert (again.kind, again.due_at) == ("call", NINE + timedelta(hours=32))
    assert again.title == "R-1: nobody was reached: call once more"
    office.now += timedelta(days=1)
    assert missed(office, 2, code) == []


def test_a_talk_in_between_makes_the_next_miss_a_first_one(office: Office) -> None:
    missed(office, 1)
    missed(office, 2, "reached")
    assert [task.kind for task in missed(office, 3)] == ["call"]


def test_a_second_try_keeps_the_quiet_after_a_talk(office: Office) -> None:
    """P82: somebody spoke to them on Monday about another invoice; two days are kept."""
    missed(office, 1, "reached")
    office.now += timedelta(hours=1)
    (again,) = missed(office, 2)
    assert again.due_at == NINE + timedelta(days=2, hours=8)


@pytest.mark.parametrize("what", ["paused", "promised", "contested", "unwanted"])
def test_nobody_is_called_again_who_is_to_be_left_alone(office: Office, what: str) -> None:
    if what == "paused":
        office.say(MessageType.PAUSE)
    elif what == "promised":
        office.say(MessageType.PROMISE, date="2026-03-09")
    elif what == "contested":
        office.say(MessageType.DISPUTE_OPENED, reason="goods")
    else:
        office.known(replace(DEBTOR, opted_out=("voice",)))
    assert [task.kind for task in missed(office, 1)] == (["dispute"] if what == "contested" else [])
