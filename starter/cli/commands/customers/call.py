"""The noun `call`: how a call went, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer

from domain.briefing.call_script import CallScript
from domain.calls.results import ABOUT
from domain.suggestion import Act, Suggestion
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.call_options import CallResultOption, check_result
from starter.cli.errors import UsageError
from starter.cli.shapes import show_answer
from starter.cli.suggested import command_of

app = typer.Typer(help="How calls went.", no_args_is_help=True)

_Day = Annotated[
    str, typer.Option("--date", help="The day that was named: promised, in_approval, call_back.")
]
_Part = Annotated[
    str, typer.Option(help="How much is promised or contested, such as 50.00; else all.")
]
About = Annotated[str, typer.Option(help=f"What is disputed: {', '.join(ABOUT)}, or in words.")]


@app.command("record")
def record(
    case: o.CaseArgument,
    *,
    result: CallResultOption,
    day: _Day = "",
    amount: _Part = "",
    currency: o.Currency = "",
    about: About = "",
    note: o.Note = "",
    again: Annotated[str, typer.Option(help="The same as --date, for call_back.")] = "",
    owner: Annotated[str, typer.Option(help="Who looks after what is disputed.")] = "",
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
    application, given = open_application(), o.case_id(case, creditor)
    named = _day(day, again)
    check_result(result, named, about, amount)
    answer = application.client.call_result(
        given,
        result,
        amount=o.money(application, given, amount, currency),
        about=about,
        message_id=message_id,
        note=note,
        owner=owner,
        deadline=named,
        by=o.somebody(by),
    )
    show_answer(given, answer, output)


def _day(day: str, again: str) -> date | None:
    if day and again and day != again:
        raise UsageError("--date and --again name two days; write one of them")
    return o.day(day) or o.day(again, "--again")


_TITLES = {
    "beware": "Before you call",
    "ask_for": "Ask for",
    "opening": "How to begin",
    "offer": "If they cannot pay",
    "closing": "How to end",
    "voicemail": "To a machine",
    "to_others": "To anybody else",
}
_WHOLE = _TITLES | {
    "invoices": "Invoices, ready to be sent again",
    "before": "What was tried and agreed",
    "minor": "What can be put right at once",
    "major": "What needs a talk",
}
ORDER = (
    *("beware", "ask_for", "opening", "invoices", "before", "minor", "major"),
    *("offer", "closing", "voicemail", "to_others"),
)


def script_page(script: CallScript, *, whole: bool = False) -> Iterator[str]:
    """Show the script; beside a briefing only what that does not say already."""
    titles = _WHOLE if whole else _TITLES
    for name in ORDER:
        lines = getattr(script, name)
        if name == "offer":
            lines = (*lines, f"To propose instalments: {_proposal(script)}")
        if name in titles and (lines or name != "beware"):
            yield from section(titles[name], lines)
    yield from ("", "How it went (one command):")
    width = max(len(one.when) for one in script.outcomes)
    for one in script.outcomes:
        yield f"  {one.when:<{width}}  {one_line(command_of(one.suggestion))}"


def _proposal(script: CallScript) -> str:
    case = script.outcomes[0].suggestion.case
    return command_of(Suggestion(act=Act.PLAN_PROPOSED, case=case))


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Show a title with its lines."""
    yield ""
    yield f"{title}:"
    yield from (f"  - {one_line(line)}" for line in tuple(lines) or ("nothing",))


def one_line(text: str) -> str:
    """Show what people wrote in one line that plays no tricks with the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
