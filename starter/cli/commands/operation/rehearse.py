"""`amicable rehearse`: what a policy would have done to invoices whose story is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import DomainError
from starter.cli import files, options
from starter.cli.commands.money import rate_files
from starter.cli.output import say, show_rows
from starter.cli.progress import bar
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import Problems
from starter.importing.files.rehearsal import (
    REHEARSAL_FIELDS,
    read_events,
    read_rehearsal_invoices,
)
from starter.importing.files.table import read_head
from starter.rehearsal import by_temporal
from starter.rehearsal.by_customer import RehearsalFiles, rehearsed_files
from starter.rehearsal.script import ScriptLine, ScriptPart, script_parts, shown_line

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
    last = options.day(until, "--until")
    if last is None:
        raise DomainError("--until needs the last day, such as 2026-12-31")
    _say_what_is_ignored(invoices, of_invoices)
    asked = RehearsalFiles(
        invoices=invoices,
        of_invoices=of_invoices,
        events=Path(events) if events else None,
        of_events=ReadOptions(country=of_invoices.country, zone=of_invoices.zone),
        policy=chosen,
        until=last,
        rates=rate_files.rehearsal_rates(rates),
    )
    with _played(asked, engine) as lines:
        show_rows(map(shown_line, lines), output, _COLUMNS)


def _say_what_is_ignored(invoices: Path, told: ReadOptions) -> None:
    head, _ = read_head(invoices, REHEARSAL_FIELDS, told, Problems(str(invoices)))
    if head.ignored:
        say(f"These columns mean nothing in a rehearsal: {', '.join(head.ignored)}.")


@contextmanager
def _played(asked: RehearsalFiles, engine: Engine) -> Iterator[Iterable[ScriptLine]]:
    if engine is Engine.TEMPORAL:
        with bar() as report:
            found = by_temporal.rehearse_by_temporal(
                _script(asked),
                asked.policy,
                lambda done: report("deeds and events", done, 0),
                asked.rates,
            )
        yield found
        return
    with ExitStack() as stack:
        with bar() as report:
            lines = stack.enter_context(
                rehearsed_files(asked, lambda done, parts: report("customers", done, parts))
            )
        yield lines


def _script(asked: RehearsalFiles) -> list[ScriptPart]:
    rows = read_rehearsal_invoices(asked.invoices, asked.of_invoices)
    said = read_events(asked.events, rows, asked.of_events) if asked.events else []
    return script_parts(rows, said, asked.policy, asked.until)
