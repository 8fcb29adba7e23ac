"""The noun `call`: how a call went, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from domain.calls.results import ABOUT, ATTEMPTS, CONVERSATIONS, DISPUTED, PROMISED, code_of
from starter.cli import options as o
from starter.cli.ending import UsageError
from starter.cli.shapes import show_answer
from starter.house import open_house

app = typer.Typer(help="How calls went.", no_args_is_help=True)

WORDS = f"Attempts: {', '.join(ATTEMPTS)}; conversations: {', '.join(CONVERSATIONS)}."

Result = Annotated[str, typer.Option(help=WORDS)]
Day = Annotated[
    str, typer.Option("--date", help="The day that was named: promised, in_approval, call_back.")
]
Part = Annotated[
    str, typer.Option(help="How much is promised or contested, such as 50.00; else all.")
]
About = Annotated[str, typer.Option(help=f"What is disputed: {', '.join(ABOUT)}, or in words.")]
ApprovedBy = Annotated[
    str, typer.Option(help="The supervisor who allowed a promise, where the policy asks for one.")
]


@app.command("record")
def record(
    case: o.CaseId,
    *,
    result: Result,
    day: Day = "",
    amount: Part = "",
    currency: o.Currency = "",
    about: About = "",
    note: o.Note = "",
    again: Annotated[str, typer.Option(help="The same as --date, for call_back.")] = "",
    owner: Annotated[str, typer.Option(help="Who looks after what is disputed.")] = "",
    approved_by: ApprovedBy = "",
    message_id: Annotated[str, typer.Option("--id", help="Your own id of the call.")] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record how a call went, and what was said in it; the case's call tasks are done with it.

    A promise or a dispute needs no command of its own. What cannot stand is refused in words; that
    somebody called is kept all the same.

    Example: amicable call record 2026-0007 --creditor acme --result promised --date 2026-12-01
    """
    house, given = open_house(), o.case_id(case, creditor)
    named = _day(day, again)
    check(result, named, about, amount)
    answer = house.client.call_result(
        given,
        result,
        amount=o.money(house, given, amount, currency),
        about=about,
        approved_by=approved_by,
        message_id=message_id,
        note=note,
        owner=owner,
        deadline=named,
        by=o.somebody(by),
    )
    show_answer(given, answer, output)


def check(result: str, day: date | None, about: str, amount: str) -> None:
    """Ask at once for what makes a promise or a dispute one.

    Raises:
        UsageError: naming the option.
    """
    code = code_of(result)
    if code == PROMISED and day is None:
        raise UsageError("promised needs --date, the day by which it will be paid")
    if code == DISPUTED and not (about or amount):
        raise UsageError(f"disputed needs --about: {', '.join(ABOUT)}, or a few words")


def _day(day: str, again: str) -> date | None:
    if day and again and day != again:
        raise UsageError("--date and --again name two days; write one of them")
    return o.day(day) or o.day(again, "--again")
