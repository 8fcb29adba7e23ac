"""The noun `encryption`: the keys that seal what Temporal stores."""

from __future__ import annotations

from typing import Annotated

import typer

from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import show_rows

app = typer.Typer(
    help="Keys that seal what Temporal stores: what needs them.", no_args_is_help=True
)


@app.command("keys")
def keys(
    *,
    open_only: Annotated[
        bool, typer.Option("--open-only", help="Leave out histories of what has ended.")
    ] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Count the histories that need each key, before one is dropped.

    It reads each history in the namespace once. A key may go when it is not the current one, and
    neither an open nor a closed history needs it.

    Example: amicable encryption keys --open-only
    """
    from adapters.temporal.client import ring_of  # noqa: PLC0415 - only this word needs Temporal
    from adapters.temporal.sealing_keys import key_uses  # noqa: PLC0415 - see above

    application = open_application()
    ring = ring_of(application.settings.home)
    ids = [key_id for key_id, _ in ring.keys] if ring else []
    counted = key_uses(application.runs.client, ids, closed=not open_only)
    rows = [
        {
            "key": use.key,
            "here": use.key in ids,
            "current": use.key == (ids or [""])[0],
            "open": use.open,
            "closed": None if open_only else use.closed,
            "may_go": use.key not in ids[:1] and not (use.open or use.closed or open_only),
        }
        for use in application.runner.run(counted)
    ]
    columns = ("key", "here", "current", "open", "closed", "may_go")
    show_rows(rows, output, columns, "There is no key, and no history is sealed.")
