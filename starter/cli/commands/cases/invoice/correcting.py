"""The verb `invoice correct`: an invoice put right while it is chased."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.shapes import show_answer


def correct(
    case: o.CaseArgument,
    *,
    message_id: o.MessageId,
    amount: Annotated[str, typer.Option(help="The gross amount that holds from now on.")] = "",
    due: Annotated[str, typer.Option(help="The due date that holds from now on, ISO.")] = "",
    currency: o.Currency = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Put an invoice right while it is chased; what was sent stays, the ladder goes on from here.

    Example: amicable invoice correct 2026-0007 --creditor acme --amount 100.00 --id K-1
    """
    application, given = open_application(), o.case_id(case, creditor)
    money, day = o.money(application, given, amount, currency), o.day(due, "--due")
    if money is None and day is None:
        raise UsageError("name what is corrected: --amount, --due, or both")
    answer = application.client.correct_invoice(given, money, day, message_id=message_id, note=note)
    show_answer(given, answer, output)
