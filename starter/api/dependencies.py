"""What the routes share: whose key it is, which case is meant, and the application."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.gateway import ApiKey
from activities.ports.types import CaseFile
from adapters.runtime.machine import machine_clock
from domain.answer_codes import AnswerCode
from domain.ids import CaseId
from domain.wire import Answer
from starter.api import access_log
from starter.api.errors import HttpProblem, coded, no_such
from starter.api.reading import named_object
from starter.api.wake_queue import WakeNews, WakeQueue
from starter.application import Application
from starter.views.looking import View, look_at_case
from starter.views.plain import plain_value

MOST_ITEMS = 200


class Ask:
    """One request: its key, the application that answers it, and the cases to wake afterwards."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.caller: ApiKey = request.state.caller
        self.application: Application = request.app.state.gate.application
        self._waking: WakeQueue = request.app.state.waking

    @property
    def creditor(self) -> str:
        """Whose data this key opens, and nobody else's."""
        return self.caller.creditor

    @property
    def key(self) -> str:
        """The idempotency key; empty if none came along."""
        given: str = getattr(self.request.state, "key", "")
        return given

    @property
    def now(self) -> datetime:
        """The instant of this request."""
        return machine_clock()

    @property
    def somebody(self) -> str:
        """The author, where nobody else is named: whoever has the key."""
        return self.caller.label or self.caller.id

    def case(self, segment: str) -> str:
        """Make the id of the case that a segment of the address names."""
        return str(CaseId(self.creditor, named_object(segment, "case")))

    def about(self, case_id: str) -> None:
        """Note for the log which case this was about, once it is known that there is one."""
        access_log.learned(self.request, case=case_id)

    def file(self, segment: str) -> CaseFile:
        """Read everything about that case."""
        case_id = self.case(segment)
        found = self.application.cases.file(case_id)
        if found is None:
            raise no_such("case")
        self.about(case_id)
        return found

    def row(self, segment: str) -> CaseRow:
        """Read the line of that case."""
        case_id = self.case(segment)
        found = self.application.cases.row(case_id)
        if found is None:
            raise no_such("case")
        self.about(case_id)
        return found

    def own_id(self, given: str | None, what: str) -> str:
        """Find the id of what is posted: the one given, else the idempotency key."""
        own = given or self.key
        if not own:
            reason = f"id: {what} needs an id, or an Idempotency-Key"
            raise HttpProblem("invalid", reason, field="id")
        return own

    def view(self, segment: str) -> View:
        """Look at the case as it stands now."""
        return look_at_case(self.file(segment), self.now)

    def wake(self, *found: WakeNews) -> None:
        """Wake these cases once the answer is on its way."""
        for one in found:
            self._waking.later(one)


async def _asked(request: Request) -> Ask:
    return Ask(request)  # asynchronous, so that no thread is needed for it


Asked = Annotated[Ask, Depends(_asked)]
Number = Annotated[
    str,
    Path(
        description="The invoice's number; a slash in it is written %2F.",
        min_length=1,
        examples=["2026-0007"],
    ),
]


class Page(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS, description="At most so many.")] = 50
    cursor: Annotated[str, Field(max_length=1000, description="The `next` of the page before.")] = (
        ""
    )

    @property
    def after(self) -> str:
        """What the page before ended with."""
        try:
            found = base64.b64decode(self.cursor, b"-_", validate=True).decode()
        except (binascii.Error, ValueError):
            found = "\0"
        if not found.isprintable():
            raise HttpProblem(
                "invalid", "cursor: use the `next` of the page before", field="cursor"
            )
        return found


def cursor(last: str) -> str:
    """Make a place in a list, to go on from."""
    return base64.urlsafe_b64encode(last.encode()).decode()


def shown_json(value: Any, status: int = 200) -> JSONResponse:
    """Write an answer as JSON: amounts as decimals in text, instants in UTC."""
    return JSONResponse(plain_value(value), status_code=status)


def answered(case_id: str, answer: Answer) -> JSONResponse:
    """Tell the sender what became of a message; a refusal is a problem of its code."""
    if not answer.accepted:
        raise coded(AnswerCode(answer.code), answer.text, field=answer.field or None)
    return shown_json(
        {
            "case": case_id,
            "accepted": True,
            "text": answer.text,
            "check_at": answer.check_at,
            "plan_b": answer.plan_b or None,
            "code": answer.code,
        }
    )
