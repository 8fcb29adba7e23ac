"""The noun `reply`: what debtors answered, read by people and never acted on by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activities.ports.stores.replies import AnswerFilter
from adapters.runtime.files import write_whole
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.views.lines import received_file
from starter.views.records.record_lines import advice_lines, answer_line, answer_sheet

app = typer.Typer(help="Answers of debtors: list, show, get a file.", no_args_is_help=True)

_COLUMNS = ("key", "at", "channel", "sort", "state", "case", "customer", "attached")


@app.command("list")
def list_(
    *,
    creditor: Annotated[str, typer.Option(help="Only of this company, by its short id.")] = "",
    unrouted: Annotated[
        bool, typer.Option("--unrouted", help="Only those that name none of our messages.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10000, help="At most so many.")] = 100,
    output: o.Output = o.OUTPUT,
) -> None:
    """List the answers that came in, newest first, without their words.

    Example: amicable reply list --unrouted
    """
    found = open_application().replies.list(
        AnswerFilter(creditor=creditor, unrouted=unrouted, limit=limit)
    )
    show_rows([answer_line(row) for row in found], output, _COLUMNS, "Nobody has answered.")


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="The answer's key, as `reply list` shows it.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show one answer: who seems to have written it, and what was said, without quotes.

    Example: amicable reply show mail/3f0c
    """
    show_one(answer_sheet(open_application().replies.show(key)), output)


@app.command()
def get(
    key: Annotated[str, typer.Argument(help="The answer's key, as `reply list` shows it.")],
    file: Annotated[str, typer.Argument(help="The beginning of its hash, or its name.")],
    *,
    to: Annotated[Path | None, typer.Option(help="Where to write it; its name here.")] = None,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write a file that came with an answer to the disk; nothing there is overwritten.

    Example: amicable reply get mail/3f0c delivery-note.pdf
    """
    kept, body = open_application().replies.file(key, file)
    place = to or Path(kept.name)
    if place.exists():
        raise UsageError(f"{place} is there already; choose another place with --to")
    write_whole(place, body)
    show_one({"key": key, **received_file(kept), "written_to": str(place)}, output)


@app.command("remittance")
def remittance(
    key: Annotated[str, typer.Argument(help="The answer's key, as `reply list` shows it.")],
    *,
    record: Annotated[
        bool, typer.Option("--record", help="Record that the customer says it is paid.")
    ] = False,
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Show which open invoices an answer, or a file with it, lists as paid, and record the claim.

    No money moves by it: the ladder waits as for any such claim, one question lies on the desk,
    and money of that sum in the bank is compared with the advice.

    Example: amicable reply remittance mail/3f0c --record
    """
    application = open_application()
    answer, service = application.replies.show(key), application.bank.remittances
    found = service.read(answer)
    if record and found:
        woken, _ = service.record(answer, seen=found.seen, by=o.somebody(by))
        application.client.wake([one.case.invoice.case_id for one in woken])
    rows = advice_lines(found.advice if found else None)
    show_rows(rows, output, ("number", "paid", "open", "fit"), "It lists no open invoice.")
