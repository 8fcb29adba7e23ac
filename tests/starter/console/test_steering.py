"""What was typed wrongly is undone, a step is left out, a letter is wanted out: by forms."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tables.desk import task as task_table
from adapters.ledger.tasks.desk import find_task, put_task
from adapters.runtime.machine import machine_clock
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind
from tests.starter.console.factories import Console, Visitor, in_days, words_of


def test_a_promise_typed_wrongly_is_gone_and_the_page_says_so(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    ann.post("/acts/promise", number="R-1", id="slip", date=in_days(5))
    assert 'value="slip">Promise for' in ann.get("/cases/R-1").text
    undone = ann.post("/acts/undo", number="R-1", id="u-1", ref="slip")
    page = words_of(ann.get(undone.headers["location"]))

    assert undone.status_code == 303
    assert "Recorded." in page
    assert "taken back" in page
    assert "Promise for" not in page.partition("Undo what")[2]
    file = console.application.cases.file(case_id)
    assert file
    assert [one.message.kind for one in file.recorded] == [
        MessageType.PROMISE,
        MessageType.TAKEN_BACK,
    ]
    assert case_id in console.told()


def test_a_call_recorded_wrongly_opens_its_task_again_and_ends_what_it_asked_for(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    call = Task(key=f"call/{case_id}/1/call", kind=TaskKind.CALL, case=case_id, title="Call")
    put_task(console.application.engine, call)
    ann.post("/acts/outcome", number="R-1", id="c-1", reason="call_back", date=in_days(2))
    tasks = console.application.tasks
    asked = {row.task.kind for row in tasks.list(TaskFilter(case=case_id))}
    ann.post("/acts/undo", number="R-1", id="u-1", ref="c-1")
    again = {row.task.kind for row in tasks.list(TaskFilter(case=case_id))}

    assert (asked, again) == ({TaskKind.CALL_BACK}, {TaskKind.CALL})


def test_a_step_is_left_out_with_its_reason_and_an_unknown_one_names_the_nearest(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    wrong = ann.post("/acts/skip", number="R-1", ref="secnd", reason="we met")
    silent = ann.post("/acts/skip", number="R-1", ref="second", reason="")
    done = ann.post("/acts/skip", number="R-1", id="s-1", ref="second", reason="we met")
    page = words_of(ann.get(done.headers["location"]))
    twice = ann.post("/acts/skip", number="R-1", ref="second", reason="we met")

    assert "second is behind this invoice already" in words_of(twice)
    assert (wrong.status_code, silent.status_code, done.status_code) == (422, 422, 303)
    assert "did you mean second?" in words_of(wrong)
    assert "say why" in words_of(silent)
    assert "Second" in page
    assert "left out ann left it out: we met" in page


def test_what_cannot_leave_today_is_refused_with_what_comes_instead(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    ann.post("/acts/promise", number="R-1", date=in_days(5))
    refused = ann.post("/acts/send-now", number="R-1", ref="final")

    assert refused.status_code == 422
    assert "final cannot leave today: next comes" in words_of(refused)


def test_a_task_ticked_off_by_mistake_is_open_again_for_a_day_and_for_its_doer_only(
    console: Console, ann: Visitor
) -> None:
    case_id, engine = console.opened(ann.creditor), console.application.engine
    key = f"question/{case_id}/1"
    put_task(engine, Task(key=key, kind=TaskKind.QUESTION, case=case_id, title="What now?"))
    ann.post("/task/done", key=key, note="oops")
    ben = console.visitor(ann.creditor, name="ben")
    others = ben.post("/task/undo", key=key)
    offered = words_of(ann.get("/tasks"))
    undone = ann.post("/task/undo", key=key)
    after = find_task(engine, key)

    assert "It was a mistake" in offered
    assert (others.status_code, undone.status_code) == (422, 303)
    assert "ann did it" in words_of(others)
    assert after
    assert (after.status, after.done_by, after.done_at) == ("open", "", None)

    ann.post("/task/done", key=key)
    with engine.begin() as connection:
        long_ago = machine_clock() - timedelta(days=2)
        connection.execute(task_table.update().values(done_at=long_ago))
        assert connection.execute(select(task_table.c.key)).all()
    assert "more than a day ago" in words_of(ann.post("/task/undo", key=key))


@pytest.mark.parametrize("name", ["undo", "skip", "send-now"])
def test_they_are_offered_only_where_there_is_something_to_name(
    console: Console, ann: Visitor, name: str
) -> None:
    console.opened(ann.creditor)
    ann.post("/acts/withdrawal", number="R-1", reason="twice")
    page = ann.get("/cases/R-1").text

    assert f'action="/acts/{name}"' not in page
