"""The noun `call`: how a call went, for whoever calls next."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.calls import ATTEMPTS, CONVERSATIONS
from starter.cli import options as o
from starter.cli.shapes import show_answer
from starter.house import open_house

app = typer.Typer(help="How calls went.", no_args_is_help=True)

WORDS = f"Attempts: {', '.join(ATTEMPTS)}; conversations: {', '.join(CONVERSATIONS)}."


@app.command("record")
def record(
    case: o.CaseId,
    *,
    result: Annotated[str, typer.Option(help=WORDS)],
    note: o.Note = "",
    again: Annotated[str, typer.Option(help="When to call again, ISO, for call_back.")] = "",
    message_id: Annotated[str, typer.Option("--id", help="Your own id of the call.")] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record how a call went; the case's call tasks are done with it.

    Who says that it is paid is left alone for two working days, once; money counts when it arrives.

    Example: amicable call record 2026-0007 --creditor acme --result reached --note "pays Friday"
    """
    house, given = open_house(), o.case_id(case, creditor)
    answer = house.client.call_result(
        given,
        result,
        message_id=message_id,
        note=note,
        deadline=o.day(again, "--again"),
        by=o.somebody(by),
    )
    show_answer(given, answer, output)
