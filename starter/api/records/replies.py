"""Routes for answers of customers: their words, their files, and what they list as paid."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.replies import AnswerFilter, AnswerRow
from activities.services.remittances.service import FoundAdvice
from domain.ids import CaseId
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.fields import Name, Strict
from starter.api.reading import named_object
from starter.api.records.bodies import LineLimit
from starter.api.schemas import Shown
from starter.views.lines import received_file
from starter.views.records.record_lines import advice_lines, answer_line, answer_sheet

_Key = Annotated[str, Path(description="The answer's key; a slash in it is written %2F.")]
_File = Annotated[str, Path(description="A file's SHA-256, as the answer shows it.", min_length=1)]


class AnswersAsked(BaseModel):
    """Which answers are wanted."""

    model_config = ConfigDict(extra="forbid")

    waiting: Annotated[bool, Field(description="Only those about which a task is open.")] = False
    limit: LineLimit = 100


class AnswerShown(Shown):
    """What a customer answered: who seems to have written it, and what was said."""

    key: str
    said: str


class ReplyFileShown(Shown):
    """A file that came with an answer, with its content in Base64."""

    key: str
    sha256: str
    name: str
    content: str


class RemittanceShown(Shown):
    """The open invoices that an answer lists as paid; `seen` is the mark of just these lines."""

    key: str
    seen: str | None
    items: list[dict[str, Any]]


_CLAIM: dict[str, Any] = {"seen": "5f2b0c8de1a94477b3aa01c2"}


class RemittanceClaimed(Strict):
    """That the customer says to have paid what was shown, or some of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CLAIM]})

    seen: Annotated[Name, Field(description="The mark of what was shown.")]
    invoices: Annotated[
        list[Name], Field(max_length=1000, description="Only these of them; all unless given.")
    ] = []  # noqa: RUF012 - pydantic gives each its own
    by: Name | None = None


def list_replies(wanted: Annotated[AnswersAsked, Query()], ask: Asked) -> JSONResponse:
    """List the answers that came in, newest first, without their words."""
    asked = AnswerFilter(creditor=ask.creditor, waiting=wanted.waiting, limit=wanted.limit)
    found = ask.application.replies.list(asked)
    return shown_json({"items": [answer_line(row) for row in found]})


def show_reply(key: _Key, ask: Asked) -> JSONResponse:
    """Show one answer: who seems to have written it, and what was said, without quotes."""
    return shown_json(answer_sheet(_answer(key, ask)))


def get_reply_file(key: _Key, sha256: _File, ask: Asked) -> JSONResponse:
    """Read a file that came with an answer; it is a stranger's, so open it with care."""
    found = _answer(key, ask)
    kept, body = ask.application.replies.file(found.key, named_object(sha256, "file"))
    content = base64.b64encode(body).decode()
    return shown_json({"key": found.key, **received_file(kept), "content": content})


def show_remittance(key: _Key, ask: Asked) -> JSONResponse:
    """Show which open invoices an answer, or a file with it, lists as paid."""
    answer = _answer(key, ask)
    return _shown(answer, ask.application.bank.remittances.read(answer))


def record_remittance_over_http(key: _Key, said: RemittanceClaimed, ask: Asked) -> JSONResponse:
    """Record that the customer says to have paid them; no money moves by it."""
    answer, service = _answer(key, ask), ask.application.bank.remittances
    cases = [str(CaseId(ask.creditor, number)) for number in said.invoices]
    woken, chosen = service.record(answer, seen=said.seen, by=said.by or ask.somebody, cases=cases)
    ask.wake(*woken)
    return _shown(answer, FoundAdvice(advice=chosen))


def _answer(key: str, ask: Ask) -> AnswerRow:
    """An answer to this creditor; of another's nobody learns that it is there."""
    found = ask.application.replies.show(named_object(key, "reply"))
    if found.creditor != ask.creditor:
        raise NotKnownError(Sought.REPLY, "there is no such answer")
    return found


def _shown(answer: AnswerRow, found: FoundAdvice | None) -> JSONResponse:
    lines = advice_lines(found.advice if found else None)
    return shown_json({"key": answer.key, "seen": found.seen if found else None, "items": lines})
