"""The verbs of `payment` about money on its way: in-flight, failed."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import options as o
from starter.cli.shapes import show_answer

_HowMuch = Annotated[
    str, typer.Option(help="How much, such as 50.00; all that is open unless given.")
]


def in_flight(
    case: o.CaseArgument,
    *,
    message_id: o.MessageId,
    amount: _HowMuch = "",
    date: Annotated[str, typer.Option(help="The day by which it should be here, ISO.")] = "",
    ref: Annotated[str, typer.Option(help="The id under which the payment will come.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that money is on its way (a direct debit, a card): it is not chased meanwhile.

    Example: amicable payment in-flight 2026-0007 --creditor acme --date 2026-12-04 --id DD-1
    """
    application, given = open_application(), o.case_id(case, creditor)
    money = o.money(application, given, amount, "")
    answer = application.client.in_flight(given, money, o.day(date), message_id=message_id, ref=ref)
    show_answer(given, answer, output)


def failed(
    case: o.CaseArgument,
    *,
    message_id: o.MessageId,
    ref: Annotated[str, typer.Option(help="The id of what was on its way; all unless given.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that money on its way will not come; the ladder goes on at once, where it stood.

    Example: amicable payment failed 2026-0007 --creditor acme --ref DD-1 --id DD-1-back
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.flight_failed(given, message_id=message_id, ref=ref)
    show_answer(given, answer, output)
