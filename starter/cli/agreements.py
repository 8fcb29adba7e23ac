"""The noun `promise`: what a collector agrees on with a customer."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.errors import DomainError
from starter.cli import options as o
from starter.cli.shapes import show_answer
from starter.house import open_house

promise = typer.Typer(help="Promises to pay, each with its Plan B.", no_args_is_help=True)

OptionalId = Annotated[str, typer.Option("--id", help="Your own id of it, so a repeat is known.")]
Part = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]


@promise.command("record")
def record(
    case: o.CaseId,
    *,
    date: Annotated[str, typer.Option(help="The day by which it will be paid, ISO.")],
    amount: Part = "",
    currency: o.Currency = "",
    message_id: OptionalId = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer promised to pay; answers when it is checked, and the Plan B.

    Example: amicable promise record 2026-0007 --creditor acme --date 2026-12-01 --amount 50.00
    """
    day = o.day(date)
    if day is None:
        raise DomainError("--date is empty; write it like 2026-12-31")
    house, given = open_house(), o.case_id(case, creditor)
    money = o.money(house, given, amount, currency)
    answer = house.client.record_promise(
        given, day, money, message_id=message_id, by=o.somebody(by)
    )
    show_answer(given, answer, output)
