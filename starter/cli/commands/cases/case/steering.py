"""The verbs of `case` that steer it: pause, skip, send, undo, correct, write off, hand over."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say
from starter.cli.shapes import show_answer


def pause(
    case: o.CaseArgument,
    *,
    until: Annotated[str, typer.Option(help="Its last day, ISO; until resumed if not given.")] = "",
    reason: o.Reason = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Chase no more, up to and including a day, or until resumed.

    Example: amicable case pause 2026-0007 --creditor acme --until 2026-12-31 --reason holiday
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.pause(given, o.day(until, "--until"), reason=reason)
    show_answer(given, answer, output)


def resume(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Go on after a pause, or take up a case whose workflow was cancelled.

    Example: amicable case resume 2026-0007 --creditor acme
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    given = file.invoice.case_id
    answer = application.client.take_up(given, parked=file.parked)
    if file.parked:
        say("The case was parked; it is looked after again.")
    show_answer(given, answer, output)


def withdraw(
    case: o.CaseArgument,
    *,
    reason: o.Reason = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say that the invoice should never have been: it is chased no more.

    Example: amicable case withdraw 2026-0007 --creditor acme --reason "sent twice"
    """
    application, given = open_application(), o.case_id(case, creditor)
    show_answer(given, application.client.withdraw(given, reason=reason), output)


def write_off(
    case: o.CaseArgument,
    *,
    amount: Annotated[str, typer.Option(help="How much; all that is open unless given.")] = "",
    currency: o.Currency = "",
    reason: o.Reason = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Give up what is open, or a part of it.

    Example: amicable case write-off 2026-0007 --creditor acme --reason insolvent
    """
    application, given = open_application(), o.case_id(case, creditor)
    money = o.money(application, given, amount, currency)
    show_answer(given, application.client.write_off(given, money, reason=reason), output)


def waive_costs(
    case: o.CaseArgument,
    *,
    amount: Annotated[str, typer.Option(help="How much of them; all unless given.")] = "",
    currency: o.Currency = "",
    reason: o.Reason = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Let interest and fees go, or a part of them; the invoice itself stays owed.

    Example: amicable case waive-costs 2026-0007 --creditor acme --reason goodwill
    """
    application, given = open_application(), o.case_id(case, creditor)
    money = o.money(application, given, amount, currency)
    answer = application.client.waive_costs(given, money, reason=reason, by=o.somebody(by))
    show_answer(given, answer, output)


def undo_write_off(
    case: o.CaseArgument,
    *,
    reason: o.Reason = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Chase again what was given up.

    Example: amicable case undo-write-off 2026-0007 --creditor acme
    """
    application, given = open_application(), o.case_id(case, creditor)
    show_answer(given, application.client.undo_write_off(given, reason=reason), output)


def undo(
    case: o.CaseArgument,
    *,
    ref: Annotated[str, typer.Option(help="The id of what was recorded by mistake.")],
    reason: o.Reason = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take back a promise, a plan or a call that was recorded by mistake, within a week.

    It counts as never said. If the customer was told of it, one letter puts that right; what was
    meant, recorded at once, goes into the same letter.

    Example: amicable case undo 2026-0007 --creditor acme --ref call-17 --reason "other customer"
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.take_back(given, ref, reason=reason, by=o.somebody(by))
    show_answer(given, answer, output)


def skip(
    case: o.CaseArgument,
    *,
    step: Annotated[str, typer.Option(help="The step of the policy, as `case show` names it.")],
    reason: Annotated[str, typer.Option(help="Why it is left out; it is kept.")],
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Leave a step of the ladder out; the others come as they would.

    Example: amicable case skip 2026-0007 --creditor acme --step second --reason "we met"
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.skip_step(given, step, reason=reason, by=o.somebody(by))
    show_answer(given, answer, output)


def send_now(
    case: o.CaseArgument,
    *,
    step: Annotated[str, typer.Option(help="Its step, as `case preview` names it.")],
    reason: o.Reason = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Let the next letter leave today instead of on its day.

    What holds it back is kept: pauses, promises, gaps, deadlines, the hours of contact. Then it is
    refused, and the answer says what comes instead and when.

    Example: amicable case send-now 2026-0007 --creditor acme --step second
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.send_now(given, step, reason=reason, by=o.somebody(by))
    show_answer(given, answer, output)


def approve(
    case: o.CaseArgument,
    *,
    ref: Annotated[str, typer.Option(help="The id of the message that waits for it.")],
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Approve a promise, a plan or an offer beyond the policy's limits, as a supervisor.

    Who approves is who is logged in here (or AMICABLE_USER), never who agreed on it.

    Example: amicable case approve 2026-0007 --creditor acme --ref call-17
    """
    application, given = open_application(), o.case_id(case, creditor)
    who = application.settings.user or o.somebody("")
    show_answer(given, application.client.approve(given, ref, who), output)


def correct_letter(
    case: o.CaseArgument,
    *,
    step: Annotated[str, typer.Option(help="The step whose letter was wrong, such as polite.")],
    mistake: Annotated[str, typer.Option(help="What was wrong: sum, day, or sent.")],
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say that a letter was wrong: the customer is told so in writing, once.

    With sent it should not have gone out at all.

    Example: amicable case correct-letter 2026-0007 --creditor acme --step polite --mistake sum
    """
    application, given = open_application(), o.case_id(case, creditor)
    answer = application.client.correct_letter(given, step, mistake, by=o.somebody(by))
    show_answer(given, answer, output)


def approve_handoff(
    case: o.CaseArgument,
    *,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Decide that the agency takes over.

    Example: amicable case approve-handoff 2026-0007 --creditor acme --by ann
    """
    application, given = open_application(), o.case_id(case, creditor)
    show_answer(given, application.client.approve_handoff(given, by=o.somebody(by)), output)
