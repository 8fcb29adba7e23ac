"""An approval is an act of a supervisor, never a word of the one who asks, on a real ledger."""

from __future__ import annotations

from typing import Any

import pytest

from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.queries import reads
from adapters.ledger.tasks.desk import find_tasks
from adapters.ledger.tasks.team import put_colleague
from domain.message_types import MessageType
from domain.parties.team import Role
from domain.suggestion import Act
from domain.wire import Answer
from tests.activities.sending_harness import Office

THIRD = "p-3"
WAITS = "2 promises were made before; a supervisor must approve one more (approved_by)"


def tell(office: Office, kind: MessageType, **body: Any) -> Answer:
    return office.desk.say(office.case, kind, body)[0]


def approve(office: Office, who: str, ref: str = THIRD) -> Answer:
    return office.desk.approve(office.case, ref, who)[0]


@pytest.fixture
def waiting(office: Office) -> Office:
    """Ann has recorded a third promise; M. Weber and Ann are supervisors, Tom is none."""
    for name, role in (
        ("ann", Role.SUPERVISOR),
        ("m.weber", Role.SUPERVISOR),
        ("tom", Role.COLLECTOR),
    ):
        put_colleague(office.engine, office.creditor, name, role)
    for number in "12":
        assert tell(
            office, MessageType.PROMISE, id=f"p-{number}", date="2026-03-13", by="ann"
        ).accepted
    third = tell(office, MessageType.PROMISE, id=THIRD, date="2026-03-20", by="ann")
    assert (third.accepted, third.code, third.text) == (False, "refused_by_policy", WAITS)
    return office


def test_what_goes_beyond_the_limits_waits_on_the_desk_with_the_act_that_lets_it_through(
    waiting: Office,
) -> None:
    task = _task(waiting)

    assert task.title == f"promise waits for an approval: {WAITS}"
    [suggested] = task.suggestions
    assert (suggested.act, dict(suggested.fields)) == (Act.APPROVAL, {"ref": THIRD})


def test_a_supervisor_who_is_somebody_else_lets_it_take_effect(waiting: Office) -> None:
    """The promise is Ann's, of the day it was approved, with its check; the task is done."""
    answer = approve(waiting, "m.weber")
    kept = next(
        one.message
        for one in reads.messages_of(waiting.engine, waiting.case)
        if one.message.key == f"{THIRD}/approved"
    )

    assert answer.accepted
    assert answer.check_at is not None
    assert (kept.by, kept.approved_by, str(kept.day)) == ("ann", "m.weber", "2026-03-20")
    assert _open_titles(waiting) == []
    assert approve(waiting, "m.weber") == answer


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("ann", "ann agreed on it and cannot approve it"),
        ("tom", "tom is no supervisor in the team of "),
        ("nobody", "nobody is no supervisor in the team of "),
    ],
)
def test_nobody_else_may(waiting: Office, who: str, why: str) -> None:
    answer = approve(waiting, who)

    assert (answer.accepted, answer.code) == (False, "refused_by_policy")
    assert answer.text.startswith(why)
    assert _open_titles(waiting) == [f"promise waits for an approval: {WAITS}"]


def test_nobody_can_say_that_somebody_else_has_allowed_it(waiting: Office) -> None:
    """Whatever the kind, and also of a name that is a supervisor's."""
    body = {"date": "2026-03-20", "by": "ann", "approved_by": "m.weber"}
    for number, kind in enumerate((MessageType.PROMISE, MessageType.SETTLEMENT)):
        answer = tell(waiting, kind, id=f"claim-{number}", amount="50.00", **body)

        assert (answer.accepted, answer.code) == (False, "refused_by_policy")
        assert answer.text.startswith("approved_by is not believed from the one who asks")


def test_what_waits_for_nothing_cannot_be_approved(waiting: Office) -> None:
    assert approve(waiting, "m.weber", "p-1").text == "'p-1' waits for no approval"
    assert approve(waiting, "m.weber", "p-9").text == "'p-9' waits for no approval"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MessageType.SETTLEMENT, {"amount": "20.00", "date": "2026-03-13"}),
        (MessageType.PLAN_AGREED, {"every": "week", "count": 30, "date": "2026-03-13"}),
    ],
)
def test_plans_and_offers_are_approved_alike(
    waiting: Office, kind: MessageType, body: dict[str, Any]
) -> None:
    asked = tell(waiting, kind, id="beyond", by="tom", **body)
    assert "a supervisor must approve it" in asked.text

    assert approve(waiting, "ann", "beyond").accepted


def _task(office: Office) -> Any:
    found = find_tasks(office.engine, TaskFilter(case=office.case, kind="refused"))
    return found[0].task


def _open_titles(office: Office) -> list[str]:
    return [title for title in office.tasks("refused") if "waits" in title]
