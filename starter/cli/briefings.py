"""The command `briefing`: what to know before calling a customer, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from activities.papers import CaseFile
from adapters.ledger import reads
from adapters.ledger.views import CaseFilter
from domain.briefing import Briefing, Entry
from domain.people import Debtor
from starter.call_sheet import prepared
from starter.cli import options as o
from starter.cli.call_page import one_line, script_page, section
from starter.cli.ending import NotFoundError, UsageError
from starter.cli.output import Format, plain, show_one
from starter.house import House, open_house

MOST = 200
"""Invoices of one briefing, oldest due date first: nobody calls about more."""


def brief(
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
    house = open_house()
    files = [o.case_file(house, case, creditor)] if case else open_files(house, creditor, customer)
    if not files:
        raise NotFoundError(f"{creditor} has no open invoice of {customer}")
    told, script = prepared(house, files)
    debtor = files[0].debtor
    if output is not Format.TABLE:
        show_one(whom(debtor) | plain(told) | {"script": plain(script)}, output)
        return
    for line in (*_page(debtor, told), *script_page(script)):
        typer.echo(line)


def open_files(house: House, creditor: str, customer: str) -> list[CaseFile]:
    """The files of a customer's open cases, oldest due date first."""
    wanted = CaseFilter(creditor=creditor, customer=customer, open_only=True, limit=MOST)
    rows = reads.list_cases(house.engine, wanted)
    ids = [row.case_id for row in rows]
    found = {file.invoice.case_id: file for file in reads.files_of(house.engine, ids)}
    return [found[case_id] for case_id in ids if case_id in found]


def whom(debtor: Debtor) -> dict[str, str]:
    """Who is to be called."""
    names = ("name", "email", "phone", "zone", "language", "sales_rep")
    return {"customer": debtor.id, **{name: getattr(debtor, name) for name in names}}


def _page(debtor: Debtor, told: Briefing) -> Iterator[str]:
    """The briefing as a page for a person."""
    yield one_line(f"{debtor.name or debtor.id} (customer {debtor.id})")
    ways = (debtor.phone, debtor.email, debtor.zone, debtor.sales_rep and f"rep {debtor.sales_rep}")
    yield f"  {one_line(', '.join(filter(None, ways)))}"
    yield f"  {told.why_class}"
    yield from (f"  {line}" for line in told.history)
    invoices = [
        f"{one.number} of {one.issued}, due {one.due} ({_late(one.days_late)}): {one.open} open"
        + ("" if one.chased == one.open else f", ask for {one.chased} only")
        for one in told.invoices
    ]
    yield from section("Invoices, ready to be sent again", invoices)
    yield from section("What was tried", _lines(told.tried))
    yield from section("What was agreed", _lines(told.agreed))
    yield from section("What is contested", _lines(told.disputes))
    yield from section("Notes", _lines(told.notes))
    yield from section("What to ask", told.questions)


def _late(days: int) -> str:
    return f"{days} days late" if days > 0 else "not late"


def _lines(entries: tuple[Entry, ...]) -> list[str]:
    return [f"{entry.at:%Y-%m-%d} {entry.number}: {entry.text}" for entry in entries]
