"""The noun `plan`: paying in instalments, each watched by itself."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from adapters.runtime.machine import machine_clock
from domain.agreements.plans import plan_state
from domain.agreements.text import instalments, what_follows
from domain.case.agreement_types import Plan
from domain.intake.plan_calculator import PlanWish, calculate_plan
from domain.money import parse_money
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.cases.agreement_options import ChannelOption, OptionalId, PlanBOption, Ref
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import show_one
from starter.cli.shapes import show_answer
from starter.client.messages import Instalments
from starter.views.looking import View, look_at_case
from starter.views.plan_sheet import plan_sheet

app = typer.Typer(help="Instalment plans, each part watched by itself.", no_args_is_help=True)

Every = Annotated[str, typer.Option(help="How often: week or month.")]
Count = Annotated[int, typer.Option(help="How many instalments; equal parts unless --amount.")]
First = Annotated[str, typer.Option("--date", help="The day of the first instalment, ISO.")]
Each = Annotated[str, typer.Option(help="How much each; the last one is what is left.")]
_Parts = Annotated[
    list[str] | None,
    typer.Option("--instalment", help="One by one instead: DATE=AMOUNT, such as 2026-12-31=50.00"),
]


@app.command("propose")
def propose(
    case: o.CaseArgument,
    *,
    every: Every = "",
    count: Count = 0,
    date: First = "",
    amount: Each = "",
    instalment: _Parts = None,
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
    plan_b: PlanBOption = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Propose a plan; it holds nothing until the customer accepts it in writing.

    Example: amicable plan propose 2026-0007 --every month --count 3 --date 2026-12-31
    """
    application, given = open_application(), o.case_id(case, creditor)
    parts = _parts(application, given, (every, count, date, amount), instalment or [])
    answer = application.client.propose_plan(
        given,
        parts,
        message_id=message_id,
        by=o.somebody(by),
        channel=channel,
        note=note,
        plan_b=plan_b,
    )
    show_answer(given, answer, output)


@app.command("calculate")
def calculate(
    case: o.CaseArgument,
    *,
    every: Every = "month",
    count: Count = 0,
    date: First = "",
    amount: Each = "",
    round_to: Annotated[str, typer.Option(help="Round parts up to multiples, such as 10.")] = "",
    plan_b: PlanBOption = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Calculate a plan; nothing is recorded. Says what is left after it, and who must approve it.

    Example: amicable plan calculate 2026-0007 --creditor acme --count 3 --date 2026-12-31
    """
    view = look_at_case(o.case_file_of(open_application(), case, creditor), machine_clock())
    wish = PlanWish(
        count=str(count or ""),
        every=every,
        first=date,
        amount=amount,
        round_to=round_to,
        plan_b=plan_b,
    )
    show_one(plan_sheet(calculate_plan(view.state, wish)), output)


@app.command("agree")
def agree(
    case: o.CaseArgument,
    *,
    ref: Ref = "",
    every: Every = "",
    count: Count = 0,
    date: First = "",
    amount: Each = "",
    instalment: _Parts = None,
    message_id: OptionalId = "",
    by: o.By = "",
    channel: ChannelOption = "",
    plan_b: PlanBOption = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that the customer accepted a plan in writing: the proposed one, or the one given.

    Example: amicable plan agree 2026-0007 --creditor acme --channel email
    """
    application, given = open_application(), o.case_id(case, creditor)
    parts = _parts(application, given, (every, count, date, amount), instalment or [])
    answer = application.client.agree_plan(
        given,
        parts or None,
        ref=ref,
        message_id=message_id,
        by=o.somebody(by),
        channel=channel,
        note=note,
        plan_b=plan_b,
    )
    show_answer(given, answer, output)


@app.command("end")
def end(
    case: o.CaseArgument,
    *,
    ref: Ref = "",
    message_id: OptionalId = "",
    by: o.By = "",
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Give a plan up; the ladder goes on where it stood.

    Example: amicable plan end 2026-0007 --creditor acme --note "the customer pays at once"
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.end_plan(
        given, ref=ref, message_id=message_id, by=o.somebody(by), note=note
    )
    show_answer(given, answer, output)


@app.command("show")
def show(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show every plan of a case: its instalments, how each stands, and the Plan B.

    Example: amicable plan show 2026-0007 --creditor acme
    """
    view = look_at_case(o.case_file_of(open_application(), case, creditor), machine_clock())
    given = view.case.invoice.case_id
    if not view.case.plans:
        raise NotFoundError(f"{given} has no plan; `amicable plan propose` makes one")
    show_one({"case": given, "plans": [_line(view, one) for one in view.case.plans]}, output)


def _line(view: View, one: Plan) -> dict[str, Any]:
    parts = instalments(view.case, one, view.now)
    return {
        "id": one.key,
        "state": plan_state(view.case, one, view.now).value,
        "accepted_at": one.accepted_at,
        "instalments": [
            {"date": day, "amount": amount, "state": how, "check_at": check_at}
            for (day, amount, how), check_at in zip(parts, one.checks, strict=True)
        ],
        "plan_b": what_follows(view.case, one),
    }


def _parts(
    application: Application, case: str, given: tuple[str, int, str, str], one_by_one: list[str]
) -> Instalments:
    """What was said of the instalments, and nothing that was not."""
    every, count, date, amount = given
    first, each = o.day(date), o.money(application, case, amount, "")
    parts = Instalments(every=every, count=count) if every or count else Instalments()
    if first:
        parts["first"] = first
    if each:
        parts["amount"] = each
    if one_by_one:
        currency = o.case_file_of(application, case, "").invoice.amount.currency
        parts["parts"] = [_written(text, currency) for text in one_by_one]
    return parts


def _written(text: str, currency: str) -> Any:
    day, _, amount = text.partition("=")
    if not (day and amount):
        raise UsageError(f"--instalment {text} is no DATE=AMOUNT; write it like 2026-12-31=50.00")
    return o.day(day, "--instalment"), parse_money(amount, currency)
