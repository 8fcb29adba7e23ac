"""The inbox: what customers answered, beside what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from activities.ports.incoming import ReplyKind
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.replies import AnswerFilter, AnswerRow
from activities.ports.stores.tasks import TaskFilter, TaskRow
from domain.errors import DomainError
from domain.parties.console import COLLECTING
from domain.parties.tasks import TaskKey, TaskKind
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.saving import to_be_saved

_PAGE = 50
_Word = Annotated[str, Query(max_length=400)]


def inbox_pages() -> APIRouter:
    """Make the addresses of answers and of what came with them."""
    router = APIRouter()
    router.add_api_route("/inbox", inbox_page, methods=["GET"])
    router.add_api_route("/reply-file", give_reply_file, methods=["GET"])
    router.add_api_route("/remittance", record_remittance, methods=["POST"])
    return router


def inbox_page(
    visit: Visiting, of: _Word = "open", told: _Word = "", after: _Word = ""
) -> HTMLResponse:
    """Show a page of the answers, newest first, each with its task; or only those that wait."""
    wanted = AnswerFilter(
        creditor=visit.creditor, waiting=of != "all", after=after, limit=_PAGE + 1
    )
    found = visit.application.replies.list(wanted)
    answers = found[:_PAGE]
    waiting = _tasks_of(visit, answers)
    rows = [(one, waiting.get(_task_key(one))) for one in answers]
    # Machines' answers list no invoices.
    asked = [one for one, task in rows if task and one.sort == ReplyKind.REPLY]
    advices = visit.application.bank.remittances.read_many(visit.creditor, asked)
    return visit.page(
        "inbox.html",
        title=visit.gettext("Inbox"),
        here="inbox",
        rows=[(one, task, advices.get(one.key)) for one, task in rows],
        of=of,
        next=answers[-1].key if len(found) > _PAGE else "",
        told=told,
    )


def _task_key(answer: AnswerRow) -> str:
    return str(TaskKey.of(TaskKind.REPLY, answer.key))


def _tasks_of(visit: Visit, answers: Sequence[AnswerRow]) -> dict[str, TaskRow]:
    """The open tasks about some answers, by key."""
    keys = tuple(_task_key(one) for one in answers)
    wanted = TaskFilter(creditor=visit.creditor, keys=keys, limit=len(keys))
    return {row.task.key: row for row in visit.application.tasks.list(wanted)}


def record_remittance(form: GivenForm, visit: Visiting) -> Response:
    """Record what a remittance advice lists as said to be paid; money counts when it is there."""
    visit.needs(COLLECTING)
    answer = visit.application.replies.show(text_of(form, "key"))
    if answer.creditor != visit.creditor:
        raise NotKnownError(Sought.REPLY, "there is no such answer")
    chosen = [one for one in form.getlist("case") if isinstance(one, str)]
    if not chosen:
        raise DomainError("choose at least one invoice", field="case")
    woken, _ = visit.application.bank.remittances.record(
        answer, seen=text_of(form, "seen"), by=visit.person.name, cases=chosen
    )
    for one in woken:
        visit.wake(one)
    visit.services.worklist.refresh_customer(visit.creditor, answer.customer)
    return visit.back_to("/inbox?told=claimed")


def give_reply_file(visit: Visiting, key: _Word = "", sha256: _Word = "") -> Response:
    """Give out a file that came with an answer, to be saved and never to be run."""
    replies = visit.application.replies
    found = replies.show(key)
    if found.creditor != visit.creditor:
        raise NotKnownError(Sought.FILE, "no such file is kept")
    kept, body = replies.file(key, sha256)
    return to_be_saved(kept.name, body)
