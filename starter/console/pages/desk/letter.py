"""The next letter of a case before it leaves: looked at, changed for once, tried out, sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.errors import NotKnownError, Sought
from activities.sending.changed_letters import LAPSED_WORDS
from activities.services.letters.changing import ChangedMeanwhileError
from activities.services.letters.looking import LetterLook
from domain.contact.letter_changes import LetterChange
from domain.errors import CodedError
from domain.parties.console import COLLECTING
from starter.console.acts.acting import case_of, new_key
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.addresses import case_address, letter_address

_Flag = Annotated[str, Query(max_length=10)]


def leaving_letter_pages() -> APIRouter:
    """Make the addresses of the letter that leaves next."""
    router = APIRouter()
    router.add_api_route("/letter/{number:path}", leaving_letter_page, methods=["GET"])
    router.add_api_route("/letter-change", change_letter, methods=["POST"])
    router.add_api_route("/letter-undo", undo_letter_change, methods=["POST"])
    router.add_api_route("/letter-test", try_letter_out, methods=["POST"])
    router.add_api_route("/letter-send", send_letter, methods=["POST"])
    return router


def leaving_letter_page(
    number: str, visit: Visiting, now: _Flag = "", told: _Flag = ""
) -> HTMLResponse:
    """Show the letter as it will leave; nothing is sent by looking."""
    return _page(visit, case_of(visit, number), at_once=bool(now), told=told)


def change_letter(form: GivenForm, visit: Visiting) -> Response:
    """Change the letter that was looked at; what is refused keeps what was written."""
    row = _case(visit, form)
    given = {name: text_of(form, name) for name in ("passage", "instead", "recipient", "now")}
    wish = LetterChange(
        passage=given["passage"], instead=bool(given["instead"]), recipient=given["recipient"]
    )
    try:
        visit.application.letter_desk.changing.change(
            row.case_id, wish, seen=text_of(form, "seen"), by=visit.person.name
        )
    except CodedError as problem:
        return _page(visit, row, at_once=bool(given["now"]), problem=problem, given=given)
    return visit.back_to(letter_address(row.number, now=given["now"], told="changed"))


def undo_letter_change(form: GivenForm, visit: Visiting) -> Response:
    """Let the letter leave as it is worded."""
    row = _case(visit, form)
    visit.application.letter_desk.changing.undo(row.case_id, visit.person.name)
    return visit.back_to(letter_address(row.number, told="undone"))


def try_letter_out(form: GivenForm, visit: Visiting) -> Response:
    """Send the letter to a colleague; the customer hears nothing."""
    row = _case(visit, form)
    to = text_of(form, "to")
    try:
        visit.application.letter_desk.changing.try_out(row.case_id, to)
    except CodedError as problem:
        return _page(visit, row, problem=problem, given={"to": to})
    return visit.back_to(letter_address(row.number, told="tried"))


def send_letter(form: GivenForm, visit: Visiting) -> Response:
    """Let the letter leave at once, as it was looked at."""
    row = _case(visit, form)
    key = text_of(form, "id")[:100] or new_key()
    try:
        answer, woken = visit.application.letter_desk.changing.send_now(
            row.case_id, key, seen=text_of(form, "seen"), by=visit.person.name
        )
    except CodedError as problem:
        return _page(visit, row, at_once=True, problem=problem)
    visit.wake(woken)
    visit.services.worklist.refresh_customer(visit.creditor, row.customer)
    if not answer.accepted:
        return _page(visit, row, at_once=True, problem=CodedError(answer.text))
    return visit.back_to(case_address(row.number, told=key))


def _case(visit: Visit, form: FormData) -> CaseRow:
    visit.needs(COLLECTING)
    return case_of(visit, text_of(form, "number"))


def _page(  # noqa: PLR0913 - what a form said and what came of it
    visit: Visit,
    row: CaseRow,
    *,
    at_once: bool = False,
    told: str = "",
    problem: Exception | None = None,
    given: Mapping[str, str] | None = None,
) -> HTMLResponse:
    desk, file = visit.application.letter_desk, visit.application.cases.file(row.case_id)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    look, unwritten = _look(visit, row, at_once=at_once)
    change = look.change.change if look and look.change else LetterChange()
    typed = given if given is not None and "passage" in given else None
    return visit.page(
        "leaving_letter.html",
        _status(problem),
        title=visit.gettext("A letter before it leaves"),
        here="",
        number=row.number,
        debtor=file.debtor,
        look=look,
        unwritten=unwritten,
        mark=change.passage or (look.letter.opening if look else ""),
        given=typed or _filled(change),
        to=(given or {}).get("to", ""),
        at_once=at_once,
        told=told,
        problem=str(problem or ""),
        key=new_key(),
        ended=desk.looking.changes.ended(row.case_id),
        why_words={lapse.value: words for lapse, words in LAPSED_WORDS.items()},
    )


def _filled(change: LetterChange) -> Mapping[str, str]:
    """The form as it stands while nothing new was written into it."""
    told = {"passage": change.passage, "recipient": change.recipient}
    return told | {"instead": "yes" if change.instead else ""}


def _look(visit: Visit, row: CaseRow, *, at_once: bool) -> tuple[LetterLook | None, str]:
    """The letter, or why there is none to be looked at."""
    try:
        looking = visit.application.letter_desk.looking
        return looking.look(row.case_id, visit.now, at_once=at_once), ""
    except CodedError as problem:
        return None, str(problem)


def _status(problem: Exception | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, ChangedMeanwhileError) else 422
