"""What collectors do beside messages to cases: the same services as commands and console."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from activities.ports.stores.tasks import TaskRow
from activities.services.many.orders import BulkAct, BulkOrder
from domain.evidence.model import filed
from domain.intake.plan_calculator import PlanWish, calculate_plan
from starter.api.dependencies import Ask, Asked, Number, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Name, Short, Strict, Text
from starter.api.reading import named_object
from starter.many import bulk_of, notes_of
from starter.views.plain import plain_value
from starter.views.plan_sheet import plan_sheet

_Key = Annotated[
    str, Path(description="The task's key; each slash in it is written %2F.", min_length=1)
]
_Customer = Annotated[str, Path(description="Your id of the customer.", min_length=1)]
_Names = Annotated[list[Name], Field(max_length=500)]


class PlanAsked(BaseModel):
    """What a plan is to look like."""

    model_config = ConfigDict(extra="forbid")

    count: Short = ""
    every: Literal["week", "month"] = "month"
    date: Short = ""
    amount: Short = ""
    round_to: Short = ""
    plan_b: Short = ""


def calculate_over_http(
    number: Number, wanted: Annotated[PlanAsked, Query()], ask: Asked
) -> JSONResponse:
    """Calculate a plan of instalments; nothing is recorded."""
    wish = PlanWish(
        count=wanted.count,
        every=wanted.every,
        first=wanted.date,
        amount=wanted.amount,
        round_to=wanted.round_to,
        plan_b=wanted.plan_b,
    )
    return shown_json(plain_value(plan_sheet(calculate_plan(ask.view(number).state, wish))))


class DoneBy(Strict):
    """Who does it; whoever has the key, if nobody is named."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "ann"}]})

    by: Name | None = None


def take_over_http(key: _Key, said: DoneBy, ask: Asked) -> JSONResponse:
    """Take a task, from whoever has it."""
    tasks = ask.application.tasks
    mine = tasks.show(named_object(key, "task"), ask.creditor)
    return _task(tasks.take(mine.task.key, said.by or ask.somebody))


def undo_over_http(key: _Key, said: DoneBy, ask: Asked) -> JSONResponse:
    """Open a task again that the same person ticked off by mistake, within a day."""
    tasks = ask.application.tasks
    mine = tasks.show(named_object(key, "task"), ask.creditor)
    return _task(tasks.undo(mine, said.by or ask.somebody))


def _task(row: TaskRow) -> JSONResponse:
    task = row.task
    told = {"key": task.key, "case": task.case or None, "status": row.status, "owner": task.owner}
    return shown_json(told)


class NewNote(Strict):
    """A note about a customer, or about one invoice."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"said": "prefers mornings"}]})

    said: Text
    number: Short = ""
    by: Name | None = None


def note_over_http(customer: _Customer, note: NewNote, ask: Asked) -> JSONResponse:
    """Keep a note about a customer."""
    known = _known(customer, ask)
    case_id = ask.row(note.number).case_id if note.number else ""
    notes_of(ask.application).add_note(
        ask.creditor, known, note.said, by=note.by or ask.somebody, case_id=case_id
    )
    return shown_json({"customer": known, "kept": True})


def _known(customer: str, ask: Ask) -> str:
    """The customer of an address, who is there and the caller's own."""
    named = named_object(customer, "customer")
    ask.application.customers.debtor(ask.creditor, named)
    return named


class Owner(Strict):
    """Who looks after a customer; an empty name means nobody in particular."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"owner": ""}]})

    owner: Short


def give_over_http(customer: _Customer, said: Owner, ask: Asked) -> JSONResponse:
    """Hand a customer over to a colleague."""
    known = _known(customer, ask)
    ask.application.team.set_owner(ask.creditor, known, said.owner)
    return shown_json({"customer": known, "owner": said.owner})


_BULK: dict[str, Any] = {"act": "note", "customers": ["C1"], "value": "in the new list"}


class Bulk(Strict):
    """An act on at most 500 customers or invoices; with `look` nothing is changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_BULK]})

    id: Name | None = None
    act: Literal["assign", "snooze", "note", "class", "pause", "resume", "send-now"]
    customers: _Names = Field(default_factory=list)
    numbers: _Names = Field(default_factory=list)
    value: Text = ""
    reason: Short = ""
    look: bool = False
    by: Name | None = None


def act_on_many(said: Bulk, ask: Asked) -> JSONResponse:
    """Do something to many customers or invoices; each line has an answer of its own."""
    order = BulkOrder(
        id="look" if said.look else ask.own_id(said.id, "act"),
        creditor=ask.creditor,
        act=BulkAct(said.act),
        customers=tuple(said.customers),
        numbers=tuple(said.numbers),
        value=said.value,
        reason=said.reason,
        by=said.by or ask.somebody,
    )
    service = bulk_of(ask.application)
    lines, woken = (service.look(order), ()) if said.look else service.carry_out(order)
    ask.wake(*woken)
    told = [
        {"customer": one.customer, "number": one.number, "ok": one.ok, "text": one.text}
        for one in lines
    ]
    return shown_json({"looked": said.look, "lines": told})


_FILE: dict[str, Any] = {"name": "photo.png", "content": "iVBORw0KGgo=", "note": "as delivered"}


class FileToKeep(Strict):
    """A file that is kept with a case, or with one of its disputes (`ref`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FILE]})

    name: Name
    content: Annotated[str, Field(min_length=4, description="The file itself, in Base64.")]
    ref: Short = ""
    note: Text = ""
    by: Name | None = None


def keep_file(number: Number, new: FileToKeep, ask: Asked) -> JSONResponse:
    """Keep a file with a case."""
    case_id = ask.row(number).case_id
    given = filed(
        new.name, file_body(new.content), ref=new.ref, note=new.note, by=new.by or ask.somebody
    )
    kept = ask.application.desk.file_evidence(case_id, given)
    return shown_json({"sha256": kept.sha256, "name": kept.name, "role": kept.role})


def file_body(content: str) -> bytes:
    """Read a file that came in Base64.

    Raises:
        HttpProblem: if it is none.
    """
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise HttpProblem("invalid", "content: is no Base64", field="content") from None
