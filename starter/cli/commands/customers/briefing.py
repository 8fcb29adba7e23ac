"""The command `briefing`: what to know before calling a customer, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from domain.briefing.briefing import Briefing, HistoryEntry, sums_of
from domain.parties.people import Debtor
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.call import one_line, script_page, section
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import Format, show_one, show_page
from starter.cli.suggested import script_shown
from starter.views.call_sheet import whom
from starter.views.plain import plain_value


def briefing(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="A case, or its number.")] = "",
    *,
    customer: Annotated[str, typer.Option(help="All open invoices of this customer.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Tell what to know before a call: invoices, history, what was tried and agreed, what to ask.

    Example: amicable briefing 2026-0007 --creditor acme
    """
    if bool(case) == bool(customer):
        raise UsageError("name a case, or a customer with --customer")
    application = open_application()
    files = (
        [o.case_file_of(application, case, creditor)]
        if case
        else application.cases.open_files(creditor, customer)
    )
    if not files:
        raise NotFoundError(f"{creditor} has no open invoice of {customer}")
    told, script = application.briefings.prepare(files)
    debtor = files[0].debtor
    if output is not Format.TABLE:
        show_one(whom(debtor) | plain_value(told) | {"script": script_shown(script)}, output)
        return
    show_page((*_page(debtor, told), *script_page(script)))


def _page(debtor: Debtor, told: Briefing) -> Iterator[str]:
    """The briefing as a page for a person."""
    yield one_line(f"{debtor.name or debtor.id} (customer {debtor.id})")
    ways = (debtor.phone, debtor.email, debtor.zone, debtor.sales_rep and f"rep {debtor.sales_rep}")
    yield f"  {one_line(', '.join(filter(None, ways)))}"
    yield f"  {told.why_class}"
    yield from (f"  {line}" for line in told.history)
    invoices = [
        f"{one.number} of {one.issued}, due {one.due} ({_late(one.days_late)}): {sums_of(one)}"
        for one in told.invoices
    ]
    yield from section("Invoices, ready to be sent again", invoices)
    yield from section("In their favour, and settling no invoice yet", told.in_favour)
    yield from section("What was tried", _lines(told.tried))
    yield from section("What was agreed", _lines(told.agreed))
    yield from section("What is contested", _lines(told.disputes))
    yield from section("Notes", _lines(told.notes))
    yield from section("What to ask", told.questions)


def _late(days: int) -> str:
    return f"{days} days late" if days > 0 else "not late"


def _lines(entries: tuple[HistoryEntry, ...]) -> list[str]:
    return [f"{entry.at:%Y-%m-%d} {entry.number}: {entry.text}" for entry in entries]
