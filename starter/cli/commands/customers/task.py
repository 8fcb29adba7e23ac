"""The noun `task`: what waits for a person, who has it, and that it was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.runtime.machine import machine_clock
from domain.parties.tasks import CALLS, TaskState
from domain.words import misspelt_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.call_options import CallResultOption, check_result
from starter.cli.errors import UsageError
from starter.cli.output import Format, say, show_one, show_rows, show_text
from starter.cli.shapes import TASK_COLUMNS, refuse_answer
from starter.cli.suggested import script_shown, task_shown

if TYPE_CHECKING:
    from activities.ports.types import CaseFile
    from starter.application import Application

app = typer.Typer(help="The collectors' desk: what waits for a person.", no_args_is_help=True)

_KINDS = ("call", "call_back", "question", "refused", "sales", "credit")

_Key = Annotated[str, typer.Argument(help="The task's key, as `task list` shows it.")]


@app.command("list")
def list_(
    *,
    kind: Annotated[str, typer.Option(help=f"{', '.join(_KINDS)}.")] = "",
    owner: Annotated[str, typer.Option(help="Only this person's.")] = "",
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only what should have been done by now.")
    ] = False,
    case: Annotated[str, typer.Option(help="Only of this case, by id or number.")] = "",
    creditor: o.Creditor = "",
    done: Annotated[bool, typer.Option("--done", help="Those that were done, instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List what waits for a person, most urgent first.

    On top is what was passed on to everybody in turn and is still not done.

    Example: amicable task list --kind call --owner ann -o jsonl
    """
    application = open_application()
    if meant := misspelt_word(kind, _KINDS):
        raise UsageError(f"--kind {kind} is not known; did you mean {meant}?")
    about = o.case_named(application, case, creditor) if case else ""
    wanted = TaskFilter(
        status=TaskState.DONE if done else TaskState.OPEN,
        creditor=creditor,
        case=about,
        kind=kind,
        owner=owner,
        limit=limit,
    )
    rows = [task_shown(row) for row in application.tasks.list(wanted, overdue=overdue)]
    if about and not rows:
        o.case_known(application, about)
    filters = any((kind, owner, overdue, case, done))
    show_rows(rows, output, TASK_COLUMNS, _nothing(application, owner, creditor, narrow=filters))


def _nothing(application: Application, owner: str, creditor: str, *, narrow: bool) -> str:
    """Say that nothing is there; of a name that nobody of the team has, which one was meant."""
    if not narrow:
        return "Nothing waits for anybody."
    team = [one.name for one in application.team.list(creditor)] if owner and creditor else []
    if meant := misspelt_word(owner, team):
        return f"No task fits; did you mean --owner {meant}?"
    return "No task fits."


@app.command("show")
def show(key: _Key, *, output: o.Output = o.OUTPUT) -> None:
    """Show a task: what is to be done, by when here and there, and for a call what to say.

    Example: amicable task show call/invoice/acme/2026-0007/1/call
    """
    application = open_application()
    show_task(application, application.tasks.show(key), output)


@app.command("take")
def take(key: _Key, *, by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Take a task, from whoever has it.

    Example: amicable task take call/invoice/acme/2026-0007/1/call --by ann
    """
    row = open_application().tasks.take(key, o.somebody(by))
    show_one(task_shown(row), output)


@app.command("done")
def finish(
    key: _Key,
    *,
    result: CallResultOption = "",
    date: Annotated[str, typer.Option(help="The day that was named in the call, ISO.")] = "",
    note: o.Note = "",
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Tick a task off; ticking it off again changes nothing. A call needs its --result.

    What was contested or promised in part is told by `amicable call record`.

    Example: amicable task done call/invoice/acme/2026-0007/1/call --result no_answer
    """
    application = open_application()
    row = application.tasks.show(key)
    if result or (row.task.kind in CALLS and row.status is TaskState.OPEN):
        _record(application, row, (result, date, note, by))
        after = application.tasks.show(key)
    else:
        after = application.tasks.done(row, o.somebody(by), note)
    show_one(task_shown(after), output)


@app.command("undo")
def undo(key: _Key, *, by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Open a task again that you ticked off by mistake, within a day.

    A call that was recorded wrongly is undone with its case: `amicable case undo`.

    Example: amicable task undo call/invoice/acme/2026-0007/1/call --by ann
    """
    application = open_application()
    row = application.tasks.undo(application.tasks.show(key), o.somebody(by))
    show_one(task_shown(row), output)


def _record(application: Application, row: TaskRow, said: tuple[str, str, str, str]) -> None:
    """A call is done by saying how it went: that is what the next caller needs."""
    result, date, note, by = said
    if not result:
        raise UsageError(
            "how did the call go? write --result, such as no_answer, reached, or promised with "
            "--date; `amicable task show` has every result"
        )
    named = o.day(date)
    check_result(result, named, "", "")
    case_id = row.task.case
    answer = application.client.call_result(
        case_id,
        result,
        message_id=f"task/{row.task.key}",
        note=note,
        deadline=named,
        by=o.somebody(by),
    )
    say(answer.text)
    refuse_answer(answer)


def show_task(application: Application, row: TaskRow, output: Format) -> None:
    """Show a task; a call brings its script."""
    from starter.cli.commands.customers.call import script_page  # noqa: PLC0415 - not for a list

    file = application.cases.file(row.task.case) if row.task.case else None
    told = task_shown(row) | _due(row.task.due_at, file) | _whose(file)
    script = None
    if file and row.task.kind in CALLS:
        also = [application.cases.file(case_id) for case_id in row.task.also]
        known = [one for one in (file, *also) if one]
        script = application.briefings.prepare(known)[1]
    if output is not Format.TABLE:
        show_one(told | ({"script": script_shown(script)} if script else {}), output)
        return
    show_one(told, output)
    for line in script_page(script, whole=True) if script else ():
        show_text(line)


def _whose(file: CaseFile | None) -> dict[str, str]:
    """Who has the case: the agency may have taken over since the task was laid out."""
    if file is None:
        return {}
    from domain.decision.describing import who_has  # noqa: PLC0415 - a list needs no rules
    from starter.views.looking import look_at_case  # noqa: PLC0415 - a list needs no rules

    view = look_at_case(file, machine_clock())
    return {"who_has_the_case": who_has(view.case, view.state.calendar)}


def _due(due_at: datetime | None, file: CaseFile | None) -> dict[str, str]:
    """By when, on the customer's wall and on the collector's."""
    if due_at is None:
        return {}
    here = {"due_here": _wall(due_at.astimezone())}
    if file is None:
        return here
    from domain.decision.state import debtor_calendar  # noqa: PLC0415 - a list needs no rules

    there = debtor_calendar(file.policy, file.debtor).wall(due_at)
    return {"due_there": f"{_wall(there)} ({file.debtor.zone})"} | here


def _wall(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}"
