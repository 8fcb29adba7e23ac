"""One task as a person reads it: what, by when here and there, who had it, and how to call."""

from __future__ import annotations

from datetime import datetime

import typer

from activities.ports.types import CaseFile
from adapters.ledger.core.views import TaskRow
from adapters.ledger.queries import reads
from domain.calls.results import CALL_BACK
from starter.call_sheet import prepared
from starter.cli.call_page import script_page
from starter.cli.output import Format, show_one
from starter.house import House
from starter.lines import task_line
from starter.plain import plain

CALLS = ("call", CALL_BACK)


def show_task(house: House, row: TaskRow, output: Format) -> None:
    """Show a task; a call brings its script."""
    file = reads.file_of(house.engine, row.task.case) if row.task.case else None
    told = task_line(row) | _due(row.task.due_at, file)
    script = prepared(house, [file])[1] if file and row.task.kind in CALLS else None
    if output is not Format.TABLE:
        show_one(told | ({"script": plain(script)} if script else {}), output)
        return
    show_one(told, output)
    for line in script_page(script, whole=True) if script else ():
        typer.echo(line)


def _due(due_at: datetime | None, file: CaseFile | None) -> dict[str, str]:
    """By when, on the customer's wall and on the collector's."""
    if due_at is None:
        return {}
    here = {"due_here": _wall(due_at.astimezone())}
    if file is None:
        return here
    debtor = file.debtor
    calendar = file.policy.calendar(debtor.zone, debtor.country, debtor.subdivision)
    return {"due_there": f"{_wall(calendar.wall(due_at))} ({debtor.zone})"} | here


def _wall(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}"
