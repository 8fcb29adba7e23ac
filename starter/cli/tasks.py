"""The noun `task`: what waits for a person, and that it was done."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.ledger.desk import find_task, finish_task, list_tasks
from adapters.ledger.views import TaskFilter
from starter.cli import options as o
from starter.cli.ending import NotFoundError
from starter.cli.output import show_one, show_rows
from starter.cli.shapes import TASK_COLUMNS, task_line
from starter.house import open_house

app = typer.Typer(help="The collectors' desk: what waits for a person.", no_args_is_help=True)


@app.command("list")
def list_(
    *,
    kind: Annotated[str, typer.Option(help="call, question, refused, sales or credit.")] = "",
    owner: Annotated[str, typer.Option(help="Only this person's.")] = "",
    case: Annotated[str, typer.Option(help="Only of this case, by id or number.")] = "",
    creditor: Annotated[str, typer.Option(help="Only this creditor's.")] = "",
    done: Annotated[bool, typer.Option("--done", help="Those that were done, instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List what waits for a person, most urgent first.

    Example: amicable task list --kind call -o jsonl
    """
    wanted = TaskFilter(
        status="done" if done else "open",
        creditor=creditor,
        case=o.case_id(case, creditor or o.CREDITOR) if case else "",
        kind=kind,
        owner=owner,
        limit=limit,
    )
    rows = [task_line(row) for row in list_tasks(open_house().engine, wanted)]
    show_rows(rows, output, TASK_COLUMNS, "Nothing waits for anybody.")


@app.command("done")
def finish(
    key: Annotated[str, typer.Argument(help="The task's key, as `task list` shows it.")],
    *,
    note: o.Note = "",
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Tick a task off; ticking it off again changes nothing.

    Example: amicable task done call/invoice/acme/2026-0007/1/call --note "pays on Friday"
    """
    house = open_house()
    finish_task(house.engine, key, o.somebody(by), note)
    found = find_task(house.engine, key)
    if found is None:
        raise NotFoundError(f"there is no task {key}; `amicable task list` shows what there is")
    show_one(task_line(found), output)
