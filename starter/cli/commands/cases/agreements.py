"""The nouns `promise` and `settlement`: what a collector agrees on with a customer."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.shapes import show_answer

promise = typer.Typer(help="Promises to pay, each with its Plan B.", no_args_is_help=True)
settlement = typer.Typer(help="Offers that settle it all, with an expiry.", no_args_is_help=True)

OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
_Part = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]
ChannelOption = Annotated[str, typer.Option(help="How it was said: email, phone, letter …")]
_ApprovedBy = Annotated[
    str, typer.Option(help="The supervisor who allowed it, where the policy asks for one.")
]
Ref = Annotated[str, typer.Option(help="The id of the agreement; the last one unless given.")]


@promise.command("record")
def record(
    case: o.CaseId,
    *,
    date: Annotated[str, typer.Option(help="The day by which it will be paid, ISO.")],
    amount: _Part = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
    approved_by: _ApprovedBy = "",
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
        approved_by=approved_by,
        note=note,
    )
    show_answer(given, answer, output)


@promise.command("confirm")
def confirm(
    case: o.CaseId,
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


@settlement.command("offer")
def offer(
    case: o.CaseId,
    *,
    date: Annotated[str, typer.Option(help="The last day on which the money may come, ISO.")],
    amount: Annotated[
        str, typer.Option(help="What settles it all; without it only the costs are let go.")
    ] = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
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
    )
    show_answer(given, answer, output)
