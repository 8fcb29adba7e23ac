"""The noun `dispute`: what a customer contests, and how it was settled."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from domain.disputes.reducer import DisputeEnd
from domain.policy.model import MAJOR_REASONS, MINOR_REASONS
from starter.application import open_application
from starter.cli import options as o
from starter.cli.shapes import show_answer

app = typer.Typer(help="What a customer contests.", no_args_is_help=True)

_OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
_Part = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]
_CODES = f"minor: {', '.join(MINOR_REASONS)}; major: {', '.join(MAJOR_REASONS)}, or any other word"
Code = Annotated[str, typer.Option(help=f"Why. {_CODES[0].upper()}{_CODES[1:]}.")]


class For(StrEnum):
    """For whom a dispute was settled."""

    US = DisputeEnd.FOR_US.value
    CUSTOMER = DisputeEnd.FOR_CUSTOMER.value
    SPLIT = DisputeEnd.SPLIT.value


@app.command("open")
def open_(
    case: o.CaseArgument,
    *,
    reason: Code = "",
    amount: _Part = "",
    currency: o.Currency = "",
    owner: Annotated[str, typer.Option(help="Who looks after it.")] = "",
    deadline: Annotated[str, typer.Option(help="By when it should be settled, ISO.")] = "",
    note: o.Note = "",
    channel: Annotated[str, typer.Option(help="How it was said: phone, email, letter.")] = "",
    message_id: _OptionalId = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer contests all of it, or a part; that is chased no more.

    A minor reason is put right at once, and the clock goes on.

    Example: amicable dispute open 2026-0007 --creditor acme --amount 40.00 --reason goods
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.open_dispute(
        given,
        o.money(application, given, amount, currency),
        reason=reason,
        message_id=message_id,
        owner=owner,
        deadline=o.day(deadline, "--deadline"),
        note=note,
        channel=channel,
        by=o.somebody(by),
    )
    show_answer(given, answer, output)


@app.command("settle")
def settle(
    case: o.CaseArgument,
    *,
    ref: Annotated[str, typer.Option(help="The dispute's own id; all unless given.")] = "",
    ended: Annotated[
        For | None, typer.Option("--for", help="for_us, for_customer or split.")
    ] = None,
    amount: Annotated[str, typer.Option(help="What is conceded: it is credited.")] = "",
    currency: o.Currency = "",
    note: o.Note = "",
    message_id: _OptionalId = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that a dispute is settled; the ladder goes on where it stood.

    Settled for the customer, all that was contested is credited unless an amount is named.

    Example: amicable dispute settle 2026-0007 --creditor acme --for split --amount 20.00
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.settle_dispute(
        given,
        o.money(application, given, amount, currency),
        ref=ref,
        ended=ended.value if ended else "",
        message_id=message_id,
        note=note,
        by=o.somebody(by),
    )
    show_answer(given, answer, output)
