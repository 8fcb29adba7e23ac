"""What programs look up of what is kept: the same services as commands and console."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse

from activities.ports.stores.holds import EVERYONE
from activities.services.customers.customers import HEARD_AT_ONCE
from domain.evidence.model import as_invoice, filed
from domain.intake.reading import read_day
from domain.parties.team import Colleague
from starter.api.dependencies import Ask, Asked, Number, shown_json
from starter.api.desk.routes import FileToKeep, file_body
from starter.api.errors import HttpProblem
from starter.api.reading import named_object
from starter.api.records import bodies
from starter.views.bank_lines import entry_line, entry_sheet
from starter.views.lines import task_line
from starter.views.records.record_lines import (
    evidence_line,
    payment_line,
)
from starter.views.records.statement_sheet import statement_sheet

_Entry = Annotated[str, Path(description="The entry's id, as the list shows it.", min_length=1)]
_Key = Annotated[str, Path(description="The key; each slash in it is written %2F.", min_length=1)]
_File = Annotated[str, Path(description="A file's SHA-256.", min_length=1)]
_Colleague = Annotated[str, Path(description="The colleague's name.", min_length=1)]


def show_statement_over_http(
    number: Number, wanted: Annotated[bodies.DayAsked, Query()], ask: Asked
) -> JSONResponse:
    """Show what settles a case on a day: the principal, each cost with its ground, the total."""
    day = read_day(wanted.on) if wanted.on else None
    return shown_json(statement_sheet(ask.file(number), ask.now, day))


def list_evidence(number: Number, ask: Asked) -> JSONResponse:
    """List the files that are kept with a case, oldest first."""
    found = ask.application.evidence.list(ask.row(number).case_id)
    return shown_json({"items": [evidence_line(one) for one in found]})


def get_evidence(number: Number, sha256: _File, ask: Asked) -> JSONResponse:
    """Read a file that is kept with a case."""
    case_id, evidence = ask.row(number).case_id, ask.application.evidence
    kept = evidence.find(case_id, named_object(sha256, "file"))
    content = base64.b64encode(evidence.content(case_id, kept)).decode()
    return shown_json({**evidence_line(kept), "content": content})


def keep_copy(number: Number, new: FileToKeep, ask: Asked) -> JSONResponse:
    """Keep a copy of the invoice as a PDF: letters that ask for payment attach the newest."""
    case_id = ask.row(number).case_id
    by = new.by or ask.somebody
    given = as_invoice(filed(new.name, file_body(new.content), note=new.note, by=by))
    kept = ask.application.desk.file_evidence(case_id, given)
    return shown_json({"sha256": kept.sha256, "name": kept.name, "role": kept.role})


def payments_over_http(
    wanted: Annotated[bodies.PaymentsAsked, Query()], ask: Asked
) -> JSONResponse:
    """List payments and stand-alone credit notes, newest first, with what is left of each."""
    rows = ask.application.payments.list(
        ask.creditor, wanted.customer, unallocated=wanted.unallocated, limit=wanted.limit
    )
    return shown_json({"items": [payment_line(row) for row in rows]})


def task_over_http(key: _Key, ask: Asked) -> JSONResponse:
    """Show a task, and what may be done about it."""
    return shown_json(
        task_line(ask.application.tasks.show(named_object(key, "task"), ask.creditor))
    )


def list_bank_entries(wanted: Annotated[bodies.EntriesAsked, Query()], ask: Asked) -> JSONResponse:
    """List money that came into the bank or went back, newest first, and what became of it."""
    states = (wanted.state,) if wanted.state else ()
    rows = ask.application.bank.entries.entries(ask.creditor, states, wanted.limit)
    return shown_json({"items": [entry_line(row) for row in rows]})


def show_bank_entry(entry: _Entry, ask: Asked) -> JSONResponse:
    """Show one entry with what the payer wrote, and what it may be meant for."""
    named = named_object(entry, "bank entry")
    return shown_json(entry_sheet(ask.application.bank.entries.show(ask.creditor, named)))


def assign_bank_entry(entry: _Entry, said: bodies.EntryAssigned, ask: Asked) -> JSONResponse:
    """Say which invoices of one customer an entry pays; they are paid in this order."""
    named, by = named_object(entry, "bank entry"), said.by or ask.somebody
    row, woken = ask.application.bank.entries.assign(ask.creditor, named, said.invoices, by)
    ask.wake(*woken)
    return shown_json(entry_sheet(row))


def dismiss_bank_entry(entry: _Entry, said: bodies.EntryDecided, ask: Asked) -> JSONResponse:
    """Say that an entry is no customer's money, or that it was dealt with elsewhere."""
    named, by = named_object(entry, "bank entry"), said.by or ask.somebody
    row, woken = ask.application.bank.entries.dismiss(ask.creditor, named, by, said.note)
    ask.wake(*woken)
    return shown_json(entry_sheet(row))


def undo_bank_entry(entry: _Entry, said: bodies.EntryDecided, ask: Asked) -> JSONResponse:
    """Take back what became of an entry: its invoices are owed again, and a person is asked."""
    named, by = named_object(entry, "bank entry"), said.by or ask.somebody
    row, woken = ask.application.bank.entries.undo(ask.creditor, named, by, said.note)
    ask.wake(*woken)
    return shown_json(entry_sheet(row))


def show_hold(ask: Asked) -> JSONResponse:
    """Show whether everything that would go out is stopped, since when and by whom."""
    return _holds(ask)


def hold_on(said: bodies.HoldWish, ask: Asked) -> JSONResponse:
    """Stop everything of this creditor that would go out, at once."""
    ask.application.holds.stop(ask.creditor, said.by or ask.somebody)
    return _holds(ask)


def hold_off(said: bodies.HoldWish, ask: Asked) -> JSONResponse:
    """Let this creditor's messages go again; what was held back goes in its contact window."""
    if ask.application.settings.live and not said.agreed:
        detail = "agreed: messages really leave here; say that what waited may be sent at once"
        raise HttpProblem("invalid", detail, field="agreed")
    waited = ask.application.holds.release(ask.creditor, said.by or ask.somebody)
    ask.wake(*map(ask.application.desk.look, (waited or ())[:HEARD_AT_ONCE]))
    return _holds(ask)


def _holds(ask: Ask) -> JSONResponse:
    mine = (ask.creditor, EVERYONE)
    found = [one for one in ask.application.holds.list() if one.scope in mine]
    told = [{"all": one.scope == EVERYONE, "since": one.since, "by": one.by} for one in found]
    return shown_json({"hold": bool(found), "holds": told})


def team_over_http(ask: Asked) -> JSONResponse:
    """List the team: who is there, and how many open tasks each has."""
    found = ask.application.team.list(ask.creditor)
    return shown_json({"items": [_colleague(one) for one in found]})


def colleague_away(name: _Colleague, _nothing: bodies.Absence, ask: Asked) -> JSONResponse:
    """Note that a colleague is not there: others get their open tasks at once."""
    named, team = named_object(name, "colleague"), ask.application.team
    moved = team.away(ask.creditor, named)
    return shown_json({**_colleague(team.show(ask.creditor, named)), "passed_on": moved})


def colleague_back(name: _Colleague, _nothing: bodies.Absence, ask: Asked) -> JSONResponse:
    """Note that a colleague is there again, and gets new tasks."""
    return shown_json(
        _colleague(ask.application.team.back(ask.creditor, named_object(name, "colleague")))
    )


def _colleague(one: Colleague) -> dict[str, Any]:
    return {"name": one.name, "role": one.role.value, "away": one.away, "tasks": one.load}
