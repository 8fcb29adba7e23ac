"""Files of rates of interest that people wrote down: found in a folder, and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from adapters.config.settings import Settings
from domain.errors import DomainError
from domain.interest.added_rates import AddedRate
from starter.cli import options as o

VARIABLE = "AMICABLE_RATES_DIR"

Rates = Annotated[
    str,
    typer.Option(
        "--rates",
        help=f"A folder of rate files, or one file, to count with; {VARIABLE} unless given.",
    ),
]


def written_rates(place: str = "") -> tuple[AddedRate, ...]:
    """Read all rates of a file or a folder, else of the folder of the settings; none without one.

    Raises:
        RatesError: naming every problem of a file with its line.
        DomainError: if there is no such file or folder.
    """
    from domain.interest.rate_parsing import parse_rate_rows  # noqa: PLC0415 - pydantic is slow to load

    chosen = Path(place) if place else Settings().rates_dir
    if chosen is None:
        return ()
    found = [chosen] if chosen.is_file() else sorted(chosen.glob("*.toml"))
    if not found:
        message = f"{chosen} holds no rate file such as de.toml; name a file, or set {VARIABLE}"
        raise DomainError(message, field="rates")
    return tuple(
        rate for path in found for rate in parse_rate_rows(o.read_option(path), file=str(path))
    )


def rehearsal_rates(place: str) -> tuple[AddedRate, ...]:
    """Read the rates that a rehearsal counts with, each from the day on which it was recorded."""
    return tuple(
        replace(rate, confirmed_by="rehearsal", confirmed_at=rate.added_at)
        for rate in written_rates(place)
    )
