"""The verbs of `customer` about giving credit: check, limit, and a bureau's report (P08)."""

from __future__ import annotations

from typing import Annotated

import typer

from activities.services.customers.checks import CreditCheckService
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.checks import check_service
from domain.credit.limits import read_order
from domain.money import parse_money, read_both
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.errors import UsageError
from starter.cli.output import show_one
from starter.views.check_sheet import check_sheet, limit_sheet, report_sheet


def check(
    customer_id: CustomerId,
    *,
    order: Annotated[
        tuple[str, str] | None, typer.Option(metavar="AMOUNT CURRENCY", help="An order to come.")
    ] = None,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Check a customer before credit is given: class and score with their facts, limit, report.

    Nothing is decided by it, and nothing is written.

    Example: amicable customer check C-1 --creditor acme --order 1200 EUR
    """
    found = _checks().check(creditor, customer_id, read_order(*(order or ("", ""))))
    show_one(check_sheet(found), output)


def limit(
    customer_id: CustomerId,
    *,
    currency: Annotated[str, typer.Option(help="ISO code, such as EUR.")],
    reason: o.Reason,
    amount: o.Amount = "",
    none: Annotated[bool, typer.Option("--none", help="Take the limit away.")] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Set how much of a customer's may be open; passing it warns, and stops nothing.

    Example: amicable customer limit C-1 --amount 5000 --currency EUR --reason "bank reference"
    """
    if bool(amount) == none:
        raise UsageError("name the limit with --amount, or write --none")
    code = currency.upper()
    wanted = code if none else parse_money(amount, code)
    kept = _checks().set_limit(creditor, customer_id, wanted, why=reason, by=o.somebody(by))
    show_one({"customer": customer_id, **limit_sheet(kept)}, output)


def report(
    customer_id: CustomerId,
    *,
    source: Annotated[str, typer.Option(help="Who wrote it.")],
    on: Annotated[str, typer.Option("--on", help="The report's own date, such as 2026-12-31.")],
    said: Annotated[str, typer.Option(help="Its grade or its words.")] = "",
    amount: Annotated[str, typer.Option(help="The credit that it recommends.")] = "",
    currency: Annotated[str, typer.Option(help="ISO code of that amount.")] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Keep what a credit bureau or another informant wrote; the check shows the newest.

    Example: amicable customer report C-1 --source "Example Bureau" --on 2026-03-01 --said "grade B"
    """
    day = o.day(on, "--on")
    if day is None:
        raise UsageError("--on is the date of the report")
    kept = _checks().keep_report(
        creditor,
        customer_id,
        source=source,
        day=day,
        limit=read_both(amount, currency),
        said=said,
        by=o.somebody(by),
    )
    show_one({"customer": customer_id, **report_sheet(kept)}, output)


def _checks() -> CreditCheckService:
    return check_service(open_application().engine, machine_clock)
