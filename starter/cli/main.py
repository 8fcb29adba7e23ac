"""The console script `amicable`: its nouns and verbs, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated, NoReturn

import typer

from adapters.runtime.machine import leave
from starter.cli.exit_codes import ERROR, OK
from starter.cli.table import LazyGroup

app = typer.Typer(
    name="amicable",
    cls=LazyGroup,
    help="Chases unpaid invoices without losing the customer.",
    no_args_is_help=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def about(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True)
    ] = False,
) -> None:
    """Chases unpaid invoices without losing the customer."""
    if version:
        sys.stdout.write(f"amicable {metadata.version('amicable')}\n")
        raise typer.Exit


def run(words: Sequence[str]) -> int:
    """Carry out one command; answers its exit code."""
    try:
        app(args=list(words), prog_name="amicable")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ERROR
    except BrokenPipeError:
        return OK  # whoever read the data has seen enough
    except Exception as error:  # noqa: BLE001 - a person gets words, never a traceback
        from starter.cli.ending import end  # noqa: PLC0415 - it knows every error, so it imports much

        return end(error)
    return OK


def main() -> NoReturn:
    """Run the command line; leaves without tearing down the Temporal client's threads."""
    leave(run(sys.argv[1:]))
