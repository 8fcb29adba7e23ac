"""One call and one note for all late invoices of a customer, and one conversation answers them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.cases.person_tasks import PersonTasks
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks.desk import find_tasks
from domain.message_types import ActionType, MessageType
from domain.policy.model import Anchor, Base, Policy, Step
from domain.wire import CaseActivityInput
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, NINE, POLICY, Office

CALLING = replace(
    POLICY,
    steps=(
        Step(id="call", on=Anchor(Base.DUE, 1), do=ActionType.CALL_TASK, order=0),
        Step(id="sales", on=Anchor(Base.DUE, 1), do=ActionType.NOTIFY_SALES, order=1),
    ),
    contact=replace(POLICY.contact, bundle_days=2),
    plan_b=replace(POLICY.plan_b, on=Anchor(Base.DUE, 60)),
)


class Calls(Several):
    """R-2, R-3 … of one customer, all of them to be called about; R-1 is the office's own."""

    def __init__(self, office: Office, *days: int, policy: Policy = CALLING) -> None:
        super().__init__(office)
        office.pay()
        for later in days:
            self.add(later, policy)

    def person(self, which: int, do: str = "call_task", step: str = "call") -> None:
        """One attempt at a step for people."""
        case = self.cases[which - 1]
        turn = CaseActivityInput(case=case, do=do, step=step, at=self.office.now)
        PersonTasks(self.office.ledger).do(turn, self.office.clock)

    def desk(self, kind: str = "call") -> list[Task]:
        """The open tasks of a kind about any of them."""
        engine = self.office.engine
        rows = find_tasks(engine, TaskFilter(creditor=self.office.creditor, kind=kind))
        return [row.task for row in rows]

    def hears(self, which: int, result: str) -> None:
        """How a call went, recorded with one of them."""
        self.say(which, MessageType.CALL_RESULT, reason=result)


def test_three_late_invoices_make_one_call_and_one_note(office: Office) -> None:
    """D1: CC1, CC2 and CC3 of one customer, due on one day."""
    calls = Calls(office, 0, 0, 0)
    for which in (2, 3, 4):
        calls.person(which)
        calls.person(which, "notify_sales", "sales")

    (call,), (note,) = calls.desk(), calls.desk("sales")
    assert call.title.startswith("3 invoices (R-2, R-3, R-4): call the customer")
    assert note.title.startswith("3 invoices (R-2, R-3, R-4): tell the sales")
    assert call.cases == note.cases == tuple(calls.cases[1:])
    for which in (2, 3, 4):
        assert calls.results(which)[:2] == [("call", "done"), ("sales", "done")]


@pytest.mark.parametrize(("later", "together"), [(1, True), (2, True), (3, False)])
def test_what_is_due_within_the_policys_days_is_called_about_at_once(
    office: Office, later: int, together: bool
) -> None:
    """A call five days after the due date; another invoice due one, two, three days later."""
    fifth = replace(CALLING.steps[0], on=Anchor(Base.DUE, 5))
    calls = Calls(office, 0, later, policy=replace(CALLING, steps=(fifth,)))
    office.now = NINE + timedelta(days=4)
    calls.person(2)

    assert (("call", "done") in calls.results(3)) is together
    (call,) = calls.desk()
    assert calls.cases[2] in call.cases, "it is late as well, so the call speaks of it"


@pytest.mark.parametrize("result", ["reached", "in_approval", "no_answer"])
def test_a_call_answers_them_all_whichever_it_is_recorded_with(office: Office, result: str) -> None:
    """The others do not become due the same day; who was not reached is tried once more, once."""
    calls = Calls(office, 0, 0, 0)
    calls.person(2)
    calls.hears(4, result)
    for which in (2, 3, 4):
        calls.person(which)

    again = [task.cases for task in calls.desk()]
    missed = (calls.cases[3], calls.cases[1], calls.cases[2])
    assert again == ([missed] if result == "no_answer" else [])


def test_a_second_call_joins_the_one_that_is_still_open(office: Office) -> None:
    """Nobody has called for days: another invoice becomes late, and there is still one call."""
    calls = Calls(office, 0, 6)
    calls.person(2)
    office.now = NINE + timedelta(days=6)
    calls.person(3)

    (call,) = calls.desk()
    assert call.cases == tuple(calls.cases[1:])
    assert ("call", "done") in calls.results(3)


def test_what_is_paid_leaves_the_call_and_the_last_one_ends_it(office: Office) -> None:
    calls = Calls(office, 0, 0)
    calls.person(2)
    calls.say(2, MessageType.PAYMENT, amount="20.00")
    calls.person(2)

    (call,) = calls.desk()
    assert (call.case, call.also) == (calls.cases[2], ())
    assert call.title.startswith("R-3: call the customer")

    calls.say(3, MessageType.PAYMENT, amount="30.00")
    calls.person(3)
    assert calls.desk() == []


@pytest.mark.parametrize(("later", "is_named"), [(0, True), (1, False), (2, False)])
def test_a_late_invoice_whose_call_is_not_due_is_named_and_keeps_its_own(
    office: Office, later: int, is_named: bool
) -> None:
    """Due yesterday, today, tomorrow; its own call would come a week later."""
    slow = replace(CALLING.steps[0], on=Anchor(Base.DUE, 9))
    calls = Calls(office, 0)
    calls.add(later, replace(CALLING, steps=(slow,)))
    calls.person(2)

    (call,) = calls.desk()
    assert call.also == ((calls.cases[2],) if is_named else ())
    assert calls.results(3) == []


def test_nobody_calls_about_several_who_does_not_want_to_be_called(office: Office) -> None:
    office.known(replace(DEBTOR, opted_out=("voice",)))
    calls = Calls(office, 0, 0)
    calls.person(2)

    assert calls.desk() == []
    (asked,) = calls.desk("question")
    assert asked.title.startswith("2 invoices (R-2, R-3): a call is due, but they do not want")
