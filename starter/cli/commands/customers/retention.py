"""The noun `retention`: how long what is personal about customers is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from activities.ports.stores.creditors import QuietCustomer
from adapters.runtime.machine import machine_clock
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import say, show_one, show_rows

app = typer.Typer(help="How long data of customers is kept: set, show, run.", no_args_is_help=True)

_COLUMNS = ("customer", "last", "erased", "kept")


@app.command("set")
def set_(
    months: Annotated[
        int, typer.Argument(help="Months after the last that happened; 0: for good.")
    ],
    *,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say how long what is personal is kept after the last that happened with a customer.

    Nothing is erased by that alone: `run` does it, and first shows whom it concerns.

    Example: amicable retention set 36 --creditor acme --by ann
    """
    rule = open_application().erasure.retention.set_rule(creditor, months, o.somebody(by))
    show_one({"creditor": creditor, "months": rule.months, "by": rule.by}, output)


@app.command("show")
def show(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Show how long data is kept, since when and who said so.

    Example: amicable retention show --creditor acme -o json
    """
    rule = open_application().erasure.retention.rule(creditor)
    told = {"creditor": creditor, "months": rule.months, "since": rule.since, "by": rule.by}
    show_one(told, output)


@app.command("run")
def run(
    *,
    limit: Annotated[int, typer.Option(min=1, help="At most so many customers.")] = 1000,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be taken back.")] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Erase customers with whom nothing happened for longer; without --yes it only shows whom.

    Whoever has anything open is kept. Totals, amounts and days stay, as with `customer erase`.

    Example: amicable retention run --creditor acme
    """
    service, now = open_application().erasure.retention, machine_clock()
    if not service.rule(creditor).months:
        say(f"{creditor} keeps data for good; `amicable retention set MONTHS` says otherwise.")
    if yes:
        found: Iterable[QuietCustomer] = service.carry_out(creditor, now, limit, o.somebody(by))
    else:
        found = service.due(creditor, now, limit)
    rows = [_row(one, done=yes) for one in found]
    show_rows(rows, output, _COLUMNS, "Nobody is kept for longer than that.")
    ready = sum(not one["kept"] for one in rows)
    if ready and not yes:
        say(f"{ready} would be erased for good; repeat it with --yes.")


def _row(one: QuietCustomer, *, done: bool) -> dict[str, Any]:
    told = {"customer": one.customer, "last": one.last}
    return {**told, "erased": done and not one.kept, "kept": "; ".join(one.kept)}
