"""The noun `dispute`: what a customer contests, and how it was settled."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.cli import options as o
from starter.cli.shapes import show_answer
from starter.house import open_house

app = typer.Typer(help="What a customer contests.", no_args_is_help=True)

OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
Part = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]


@app.command("open")
def open_(
    case: o.CaseId,
    *,
    reason: o.Reason = "",
    amount: Part = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer contests all of it, or a part; that is chased no more.

    Example: amicable dispute open 2026-0007 --creditor acme --amount 40.00 --reason damaged
    """
    house, given = open_house(), o.case_id(case, creditor)
    money = o.money(house, given, amount, currency)
    answer = house.client.open_dispute(
        given, money, reason=reason, message_id=message_id, by=o.somebody(by)
    )
    show_answer(given, answer, output)


@app.command("settle")
def settle(
    case: o.CaseId,
    *,
    ref: Annotated[str, typer.Option(help="The dispute's own id; all unless given.")] = "",
    note: o.Note = "",
    message_id: OptionalId = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that a dispute is settled; the ladder goes on where it stood.

    Example: amicable dispute settle 2026-0007 --creditor acme --note "replaced, all is well"
    """
    house, given = open_house(), o.case_id(case, creditor)
    answer = house.client.settle_dispute(given, ref=ref, note=note, message_id=message_id)
    show_answer(given, answer, output)
