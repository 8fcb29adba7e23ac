"""The noun `retention`: how long what is personal about customers is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from activities.ports.stores.creditors import QuietCustomer
from activities.services.customers.retention import RetentionService
from adapters.runtime.machine import machine_clock
from domain.ids import CaseId
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import Format, say, show_one, show_rows

app = typer.Typer(
    help="How long data of customers is kept: set, show, run, archive, verify, bring-back.",
    no_args_is_help=True,
)

_COLUMNS = ("customer", "last", "erased", "kept")
_YEARS = ("year", "cases", "bytes", "since", "unharmed")


@app.command("set")
def set_(
    months: Annotated[
        int, typer.Argument(help="Months after the last that happened; 0: for good.")
    ],
    *,
    archive_after: Annotated[
        int, typer.Option(metavar="MONTHS", help="Archive cases closed for so long; 0: none.")
    ] = 0,
    by_itself: Annotated[
        bool, typer.Option("--by-itself", help="The reconciler carries it out, from a week on.")
    ] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say how long what is personal is kept after the last that happened with a customer.

    Nothing is erased by that alone: `run` does it, and first shows whom it concerns. With
    --by-itself it is done without anybody, a week later and every day from then on.

    Example: amicable retention set 36 --archive-after 24 --creditor acme --by ann
    """
    service = open_application().erasure.retention
    who = o.somebody(by)
    service.set_rule(creditor, months, who, archive_months=archive_after, by_itself=by_itself)
    _show_rule(service, creditor, output)


@app.command("show")
def show(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Show how long data is kept, since when and who said so, and what was done last.

    Example: amicable retention show --creditor acme -o json
    """
    _show_rule(open_application().erasure.retention, creditor, output)


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


@app.command("archive")
def archive(
    *,
    limit: Annotated[int, typer.Option(min=1, help="At most so many cases.")] = 100_000,
    yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Put closed cases aside by the rule; without --yes it only counts them.

    Sums, statements and reports stay, and an archived case comes back by itself when somebody
    says a word about it.

    Example: amicable retention archive --creditor acme
    """
    service, now = open_application().erasure.retention, machine_clock()
    if yes:
        done = service.archive(creditor, now, limit, o.somebody(by))
        show_one({"creditor": creditor, "archived": done}, output)
        return
    waiting = service.to_archive(creditor, now)
    show_one({"creditor": creditor, "to_archive": waiting}, output)
    if waiting:
        say(f"{waiting} would be archived; repeat it with --yes.")


@app.command("verify")
def verify(*, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Hold each year of the archive against its checksum; exit code 1 if one is harmed.

    Example: amicable retention verify --creditor acme -o json
    """
    years = open_application().erasure.retention.years(creditor)
    show_rows([asdict(one) for one in years], output, _YEARS, "Nothing is archived.")
    if not all(one.unharmed for one in years):
        raise typer.Exit(1)


@app.command("bring-back")
def bring_back(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Put an archived case back, with those whose messages it shares.

    Example: amicable retention bring-back 2026-0007 --creditor acme
    """
    named = CaseId.named(case, creditor)
    count = open_application().erasure.retention.bring_back(named.creditor, str(named))
    show_one({"case": str(named), "brought_back": count}, output)


def _show_rule(service: RetentionService, creditor: str, output: Format) -> None:
    rule, last = service.rule(creditor), service.newest_run(creditor)
    told = {
        "creditor": creditor,
        "months": rule.months,
        "archive_after": rule.archive_months,
        "by_itself_from": service.by_itself_from(rule),
        "since": rule.since,
        "by": rule.by,
        "last_run": last.at if last else None,
        "last_erased": last.erased if last else 0,
        "last_archived": last.archived if last else 0,
    }
    show_one(told, output)
