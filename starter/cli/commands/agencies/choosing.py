"""The verbs of `agency` before a case is placed: list, quote, place."""

from __future__ import annotations

from typing import Annotated

import typer

from activities.services.agencies.returned import RETURN_CHOICES
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import show_rows
from starter.cli.shapes import show_answer
from starter.views.agency_lines import agency_line, choice_line, quote_line

_AGENCIES = ("agency", "name", "kind", "reached_by", "tariff_of")
_CHOICES = ("choice", "means", "net")
_QUOTES = (
    *("agency", "eligible", "claim", "currency", "success_percent", "fixed", "cost", "net"),
    *("valid_until", "live", "why_not"),
)


def list_(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """List the agencies and lawyers that a creditor works with.

    Example: amicable agency list --creditor acme
    """
    rows = [agency_line(one) for one in open_application().agencies.placing.agencies(creditor)]
    show_rows(rows, output, _AGENCIES, "No agency is described; see docs/agency.md.")


def quote(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Compare what each agency would take for a case, and what would come in; decides nothing.

    Example: amicable agency quote 2026-0007 --creditor acme
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    rows = [quote_line(one) for one in application.agencies.placing.quotes(file)]
    show_rows(rows, output, _QUOTES, "No agency is described; see docs/agency.md.")


def decide(
    case: o.CaseArgument,
    choice: Annotated[
        str,
        typer.Argument(metavar="CHOICE", help=f"{RETURN_CHOICES}; listed without one."),
    ] = "",
    *,
    message_id: o.MessageId = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Decide what becomes of a case that its agency gave back; lists the choices without one.

    Example: amicable agency decide 2026-0007 ourselves --creditor acme --by ann
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    returned = application.agencies.returned
    if not choice:
        rows = [choice_line(one) for one in returned.choices(file)]
        show_rows(rows, output, _CHOICES, "No agency gave it back, or it is decided already.")
        return
    answer, woken = returned.decide(file, choice, by=o.somebody(by), note=note, key=message_id)
    application.client.wake([woken.case.invoice.case_id])
    show_answer(file.invoice.case_id, answer, output)


def place(
    case: o.CaseArgument,
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Its short name.")],
    *,
    message_id: o.MessageId = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Decide that an agency takes over; the quotes and the choice are kept as evidence.

    Example: amicable agency place 2026-0007 nordwind --creditor acme --by ann
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    answer, woken = application.agencies.placing.place(
        file, agency, by=o.somebody(by), note=note, key=message_id
    )
    application.client.wake([woken.case.invoice.case_id])
    show_answer(file.invoice.case_id, answer, output)
