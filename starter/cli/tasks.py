"""The noun `task`, and the switch `hold`: what people do, and what stops the machine."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.ledger.desk import finish_task, list_tasks
from adapters.ledger.holds import EVERYONE, holds, set_hold
from adapters.ledger.views import TaskFilter
from starter.cli import options as o
from starter.cli.ending import NotFoundError
from starter.cli.output import say, show_one, show_rows
from starter.cli.shapes import TASK_COLUMNS, task_line
from starter.house import open_house

app = typer.Typer(help="The collectors' desk: what waits for a person.", no_args_is_help=True)
hold = typer.Typer(help="Stop everything that would go out, at once.", no_args_is_help=True)

ALL = 10**7
Scope = Annotated[str, typer.Option("--creditor", help="Only this creditor's; all unless given.")]


@app.command("list")
def list_(
    *,
    kind: Annotated[str, typer.Option(help="call, question, refused, sales or credit.")] = "",
    owner: Annotated[str, typer.Option(help="Only this person's.")] = "",
    case: Annotated[str, typer.Option(help="Only of this case, by its whole id.")] = "",
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
        case=case,
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
    everything = list_tasks(house.engine, TaskFilter(status="", limit=ALL))
    found = next((row for row in everything if row.task.key == key), None)
    if found is None:
        raise NotFoundError(f"there is no task {key}; `amicable task list` shows what there is")
    show_one(task_line(found), output)


@hold.command("on")
def on(*, scope: Scope = "", by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Stop everything that would go out, at once: the last look before each message asks.

    Example: amicable hold on --creditor acme
    """
    house = open_house()
    if not set_hold(house.engine, scope or EVERYONE, on=True, by=o.somebody(by)):
        say("It was on hold already.")
    show_one({"creditor": scope or EVERYONE, "hold": True}, output)


@hold.command("off")
def off(*, scope: Scope = "", output: o.Output = o.OUTPUT) -> None:
    """Let messages go again; what was held back asks again within the hour.

    Example: amicable hold off --creditor acme
    """
    house = open_house()
    if not set_hold(house.engine, scope or EVERYONE, on=False):
        say("It was not on hold.")
    left = [one.scope for one in holds(house.engine)]
    if left:
        say(f"Still on hold: {', '.join(left)}")
    show_one({"creditor": scope or EVERYONE, "hold": False}, output)


@hold.command("show")
def show(*, output: o.Output = o.OUTPUT) -> None:
    """Show what is on hold now, since when and by whom.

    Example: amicable hold show -o json
    """
    rows = [
        {"creditor": one.scope, "since": one.since, "by": one.by}
        for one in holds(open_house().engine)
    ]
    show_rows(rows, output, ("creditor", "since", "by"), "Nothing is on hold.")
