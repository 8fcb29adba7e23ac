"""The noun `rates`: reference rates of interest, shipped and added, and who confirmed them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from activities.services.charges.rates import RateRow, RateService
from domain.interest.added_rates import AddedRate
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.money.rate_files import VARIABLE, written_rates
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one, show_rows

app = typer.Typer(help="Rates of interest: list, show, add, confirm.", no_args_is_help=True)

_Law = Annotated[str, typer.Argument(metavar="LAW", help="Whose law, such as DE or UK.")]
_SomeLaw = Annotated[str, typer.Argument(metavar="[LAW]", help="Whose law, such as DE or UK.")]
_Half = Annotated[str, typer.Argument(metavar="HALF-YEAR", help="Such as 2026H2.")]
_COLUMNS = ("jurisdiction", "half_year", "percent", "counts", "added_by", "confirmed_by", "source")


@app.command("list")
def list_(*, output: o.Output = o.OUTPUT) -> None:
    """List for each law up to when its rates are known, and what waits to be confirmed.

    Example: amicable rates list
    """
    service = open_application().rates
    written = written_rates()
    rows = [
        {
            "jurisdiction": law.code,
            "name": law.name,
            "known_until": law.known_until,
            "missing": list(law.missing),
            "waiting": [one.half_year for one in service.waiting(law.code)],
            "in_files": [
                one.half_year
                for one in written
                if one.jurisdiction == law.code and not service.is_known(one)
            ],
        }
        for law in service.laws()
    ]
    columns = ("jurisdiction", "name", "known_until", "missing", "waiting", "in_files")
    show_rows(rows, output, columns)


@app.command("show")
def show(law: _Law, *, output: o.Output = o.OUTPUT) -> None:
    """Show every rate of a law: its source, who added it, who confirmed it and when.

    Example: amicable rates show DE
    """
    show_rows([_row(row) for row in open_application().rates.rows(law)], output, _COLUMNS)


@app.command("add")
def add(
    law: _SomeLaw = "",
    half: Annotated[str, typer.Argument(metavar="[HALF-YEAR]", help="Such as 2026H2.")] = "",
    percent: Annotated[
        str, typer.Argument(metavar="[PERCENT]", help="The reference rate, without the margin.")
    ] = "",
    *,
    source: Annotated[str, typer.Option(help="Where the figure was read.")] = "",
    files: Annotated[
        str,
        typer.Option("--from", help=f"A rate file, or a folder of them; {VARIABLE} unless given."),
    ] = "",
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Write down a rate, or all of a folder; each counts once another person has confirmed it.

    The figure is the reference rate alone (ECB, Bundesbank …): the law's margin comes on top.
    A negative one stands after two dashes.

    Example: amicable rates add DE 2026H2 1.27 --source "Bundesbank, 2026-07-01" --by anna
    """
    service = open_application().rates
    if law:
        if not (half and percent):
            raise UsageError("name the half-year and the rate, such as: rates add DE 2026H2 1.27")
        added = [service.add(law, half, percent, source, o.somebody(by))]
    else:
        added = _from_files(service, files, o.somebody(by))
    show_rows([_added(rate) for rate in added], output, _COLUMNS, "Nothing new was found.")
    if added:
        say(
            "Each counts once another person has confirmed it: amicable rates confirm LAW HALF-YEAR"
        )


def _from_files(service: RateService, files: str, by: str) -> list[AddedRate]:
    written = written_rates(files)
    if not written:
        raise UsageError(f"name a law, a half-year and a rate, or a folder by --from or {VARIABLE}")
    return [
        service.add(one.jurisdiction, one.half_year, str(one.percent), one.source, by)
        for one in written
        if not service.is_known(one)
    ]


@app.command("confirm")
def confirm(law: _Law, half: _Half, *, by: o.By = "", output: o.Output = o.OUTPUT) -> None:
    """Confirm a rate that another person added, with its source before you; it counts from now on.

    Example: amicable rates confirm DE 2026H2 --by ben
    """
    show_one(_added(open_application().rates.confirm(law, half, o.somebody(by))), output)


def _added(rate: AddedRate) -> dict[str, Any]:
    return {
        "jurisdiction": rate.jurisdiction,
        "half_year": rate.half_year,
        "percent": str(rate.percent),
        "counts": rate.confirmed_at is not None,
        "source": rate.source,
        "added_by": rate.added_by,
        "added_at": rate.added_at,
        "confirmed_by": rate.confirmed_by,
        "confirmed_at": rate.confirmed_at,
    }


def _row(row: RateRow) -> dict[str, Any]:
    return {
        "jurisdiction": row.jurisdiction,
        "half_year": row.half_year,
        "percent": str(row.percent),
        "counts": row.counts,
        "source": row.source,
        "added_by": row.added_by,
        "confirmed_by": row.confirmed_by,
        "known_from": row.known_from,
    }
