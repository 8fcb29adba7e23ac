"""`amicable rehearse`: what a policy would have done to invoices whose story is known."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import DomainError
from domain.interest.added_rates import AddedRate
from domain.policy.model import Policy
from starter.cli import files, options
from starter.cli.commands.money import rate_files
from starter.cli.output import say, show_rows
from starter.cli.progress import bar
from starter.importing.files.options import ReadOptions
from starter.importing.files.rehearsal import (
    REHEARSAL_FIELDS,
    read_events,
    read_rehearsal_invoices,
)
from starter.importing.files.table import read_table
from starter.rehearsal import by_rules, by_temporal
from starter.rehearsal.script import ScriptLine, ScriptPart, script_parts

_COLUMNS = ("at", "invoice", "deed", "step", "channel", "open", "currency", "outcome", "why")


class Engine(StrEnum):
    """The engine that plays the rehearsal."""

    RULES = "rules"
    TEMPORAL = "temporal"


def rehearse(
    *,
    invoices: Annotated[Path, typer.Option(help="The invoices, as CSV.")],
    until: Annotated[str, typer.Option(help="The last day, inclusive, such as 2026-12-31.")],
    events: Annotated[str, typer.Option(help="What happened to them, as CSV.")] = "",
    policy: options.PolicyName = "",
    engine: Annotated[Engine, typer.Option(help="Pure rules, or real workflows.")] = Engine.RULES,
    output: options.Output = options.OUTPUT,
    columns: files.Map = [],  # noqa: B006 - the framework copies it
    constants: files.Set = [],  # noqa: B006 - the framework copies it
    map_file: files.MapFile = "",
    date_format: files.DateFormat = "",
    decimal_comma: files.DecimalComma = False,
    country: files.Country = "",
    zone: files.Zone = "UTC",
    rates: rate_files.Rates = "",
) -> None:
    """What a policy would have done to last year's invoices; both engines give the same lines.

    Example: amicable rehearse --invoices invoices.csv --events events.csv --until 2026-12-31
    """
    told = ReadOptions(
        date_format=date_format, decimal_comma=decimal_comma, country=country, zone=zone
    )
    of_invoices = files.read_options(told, columns, constants, map_file)
    chosen = options.policy_option(policy)
    script = _script(invoices, events, of_invoices, until, chosen)
    known = rate_files.rehearsal_rates(rates)
    show_rows([asdict(line) for line in _play(script, chosen, engine, known)], output, _COLUMNS)


def _script(
    invoices: Path, events: str, told: ReadOptions, until: str, policy: Policy
) -> list[ScriptPart]:
    last = options.day(until, "--until")
    if last is None:
        raise DomainError("--until needs the last day, such as 2026-12-31")
    rows = read_rehearsal_invoices(invoices, told)
    if unused := read_table(invoices, REHEARSAL_FIELDS, told).ignored:
        say(f"These columns mean nothing in a rehearsal: {', '.join(unused)}.")
    plain = ReadOptions(country=told.country, zone=told.zone)
    said = read_events(Path(events), rows, plain) if events else []
    return script_parts(rows, said, policy, last)


def _play(
    script: list[ScriptPart], policy: Policy, engine: Engine, rates: tuple[AddedRate, ...]
) -> list[ScriptLine]:
    play = (
        by_temporal.rehearse_by_temporal
        if engine is Engine.TEMPORAL
        else by_rules.rehearse_by_rules
    )
    with bar() as report:
        return play(script, policy, lambda done: report("deeds and events", done, 0), rates)
