"""The noun `settlement`: an offer that settles it all if it is paid by a day."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.cases.agreement_options import ChannelOption, OptionalId, PlanBOption
from starter.cli.shapes import show_answer

app = typer.Typer(help="Offers that settle it all, with an expiry.", no_args_is_help=True)


@app.command("offer")
def offer(
    case: o.CaseArgument,
    *,
    date: Annotated[str, typer.Option(help="The last day on which the money may come, ISO.")],
    amount: Annotated[
        str, typer.Option(help="What settles it all; without it only the costs are let go.")
    ] = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
    plan_b: PlanBOption = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Offer to be content with less, or without the costs, if it is paid by a day.

    Example: amicable settlement offer 2026-0007 --creditor acme --date 2026-12-15 --amount 90.00
    """
    until = o.day(date)
    if until is None:
        raise DomainError("--date is empty; write it like 2026-12-31")
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.offer_settlement(
        given,
        until,
        o.money(application, given, amount, currency),
        message_id=message_id,
        by=o.somebody(by),
        channel=channel,
        note=note,
        plan_b=plan_b,
    )
    show_answer(given, answer, output)
