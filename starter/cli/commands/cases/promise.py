"""The noun `promise`: a promise to pay, recorded and confirmed."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.cases.agreement_options import ChannelOption, OptionalId, PlanBOption, Ref
from starter.cli.shapes import show_answer

app = typer.Typer(help="Promises to pay, each with its Plan B.", no_args_is_help=True)

_Part = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]


@app.command("record")
def record(
    case: o.CaseArgument,
    *,
    date: Annotated[str, typer.Option(help="The day by which it will be paid, ISO.")],
    amount: _Part = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
    plan_b: PlanBOption = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer promised to pay; answers when it is checked, and the Plan B.

    Example: amicable promise record 2026-0007 --creditor acme --date 2026-12-01 --amount 50.00
    """
    day = o.day(date)
    if day is None:
        raise DomainError("--date is empty; write it like 2026-12-31")
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.record_promise(
        given,
        day,
        o.money(application, given, amount, currency),
        message_id=message_id,
        by=o.somebody(by),
        channel=channel,
        note=note,
        plan_b=plan_b,
    )
    show_answer(given, answer, output)


@app.command("confirm")
def confirm(
    case: o.CaseArgument,
    *,
    ref: Ref = "",
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "email",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer accepted a promise, a plan or an offer in writing.

    Example: amicable promise confirm 2026-0007 --creditor acme --channel email --note "their mail"
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.confirm_agreement(
        given, ref=ref, message_id=message_id, by=o.somebody(by), channel=channel, note=note
    )
    show_answer(given, answer, output)
