"""The verbs of `agency` about placed cases: cases, show, news, tell, money, accounts."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from activities.services.agencies.money import MoneySaid
from activities.services.agencies.progress import THEIRS
from adapters.runtime.machine import machine_clock
from domain.message_types import MessageType
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.cli.shapes import show_answer
from starter.views.agency_lines import account_lines, agency_sheet, agency_words, report_line
from starter.views.looking import View, look_at_case

_CASES = ("case", "agency", "since", "state", "acts_next", "asks", "collected", "owed", "balance")
_ACCOUNTS = (
    *("case", "agency", "currency", "collected", "in_ledger"),
    *("fee", "paid_out", "owed", "balance"),
)
_MOST = 1000
_STATES = ", ".join(THEIRS)

_Money = Annotated[str, typer.Option(help="A plain amount, such as 119.00.")]


def cases(
    *,
    agency: Annotated[str, typer.Option(help="Only this agency's; all unless given.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """List the cases that were placed, where each stands there, and who must act next.

    Example: amicable agency cases --creditor acme
    """
    application = open_application()
    placed = application.agencies.progress.cases(creditor, agency, limit=_MOST)
    rows = [_case_line(application, one.case) for one in placed]
    show_rows(rows, output, _CASES, "No case was placed with an agency.")


def show(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show where a case stands at its agency: its words and ours, money, and who must act next.

    Example: amicable agency show 2026-0007 --creditor acme
    """
    application = open_application()
    view = _view(application, case, creditor)
    case_id = view.case.invoice.case_id
    reports = application.agencies.money.reports(case_id)
    sheet = agency_sheet(application, view) or {"agency": None}
    words, money = agency_words(view), [report_line(one) for one in reports]
    show_one({"case": case_id, **sheet, "words": words, "money": money}, output)


def news(
    case: o.CaseArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help=f"One of {_STATES}.")],
    *,
    message_id: o.MessageId = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record what an agency reports, such as by phone; `returned` and `closed` end its work.

    Example: amicable agency news 2026-0007 working --creditor acme --note "spoke to them"
    """
    if state not in THEIRS:
        raise UsageError(f"{state} is no state; write one of {_STATES}")
    application, given = open_application(), o.case_id(case, creditor)
    body = {"id": message_id, "reason": state, "note": note, "by": o.somebody(by)}
    body = {name: value for name, value in body.items() if value}
    answer, woken = application.desk.say(given, MessageType.AGENCY_NEWS, body)
    application.client.wake([woken.case.invoice.case_id])
    show_answer(given, answer, output)


def tell(
    case: o.CaseArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the agency is to know.")],
    *,
    message_id: o.MessageId = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write to the agency that has a case; it goes out at once, with the file as it stands.

    Example: amicable agency tell 2026-0007 "They moved to Bonn." --creditor acme --by ann
    """
    application, given = open_application(), o.case_id(case, creditor)
    progress, who = application.agencies.progress, o.somebody(by)
    answer, woken = progress.tell(given, text, by=who, key=message_id)
    application.client.wake([woken.case.invoice.case_id])
    show_answer(given, answer, output)


def money(
    case: o.CaseArgument,
    report: Annotated[str, typer.Option("--id", help="The agency's own id: it counts once.")],
    *,
    collected: _Money = "",
    fee: _Money = "",
    paid_out: _Money = "",
    reverses: Annotated[str, typer.Option(help="The id of a report that is taken back.")] = "",
    whose: Annotated[
        str, typer.Option("--agency", help="Which one, where another has the case by now.")
    ] = "",
    date: Annotated[str, typer.Option(help="When it was collected or paid out, ISO.")] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record what the agency collected, keeps and paid out; it counts as the customer's payment.

    Example: amicable agency money 2026-0007 --id S-1 --collected 100.00 --fee 12.50
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    placed = application.agencies.progress.placements(file.invoice.case_id)
    if not placed:
        raise UsageError(f"{file.invoice.case_id} was never placed with an agency")
    day = o.day(date, "--date")
    said = MoneySaid(
        id=report,
        collected=collected,
        fee=fee,
        paid_out=paid_out,
        reverses=reverses,
        at=datetime.combine(day, time(), UTC) if day else None,
    )
    agency, who = whose or placed[-1].agency, o.somebody(by)
    application.agencies.progress.had_case(file.invoice.case_id, agency)
    recorded, woken = application.agencies.money.record(file, agency, said, who)
    if woken:
        application.client.wake([one.case.invoice.case_id for one in woken])
    show_one(report_line(recorded), output)


def accounts(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Reconcile agencies' money with the ledger, case by case: collected, fee, paid out, owed.

    Example: amicable agency accounts --creditor acme
    """
    application = open_application()
    known = application.agencies.money.cases(creditor, limit=_MOST)
    rows = [line for case_id in known for line in _account_lines(application, case_id)]
    show_rows(rows, output, _ACCOUNTS, "No agency has reported money.")


def poll(
    *,
    agency: Annotated[str, typer.Option(help="Only this agency; all unless given.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Ask agencies with an interface of their own how their cases stand and what was paid.

    The worker does it by itself, each agency at its own pace; what is known changes nothing.

    Example: amicable agency poll --creditor acme
    """
    application = open_application()
    polled = application.agencies.polling.poll(creditor, agency)
    woken = {one.case.invoice.case_id for one in polled.woken}
    if woken:
        application.client.wake(sorted(woken))
    told = {"asked": polled.asked, "news": polled.news, "payments": polled.payments}
    show_one({**told, "unknown": polled.unknown, "failed": polled.failed}, output)


def _view(application: Application, case: str, creditor: str) -> View:
    return look_at_case(o.case_file_of(application, case, creditor), machine_clock())


def _case_line(application: Application, case_id: str) -> dict[str, Any]:
    sheet = agency_sheet(application, _view(application, case_id, ""))
    return {"case": case_id, **(sheet or {})}


def _account_lines(application: Application, case_id: str) -> list[dict[str, Any]]:
    currency = _view(application, case_id, "").case.invoice.amount.currency
    return account_lines(application, case_id, currency)
