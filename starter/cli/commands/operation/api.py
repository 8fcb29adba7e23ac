"""`amicable api`: what programs outside ask and tell over HTTP."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from adapters.config.settings import Settings
from starter.cli.options import OUTPUT, Output
from starter.cli.output import show_one, show_text


class What(StrEnum):
    """What is wanted of the gateway."""

    SERVE = "serve"
    SCHEMA = "schema"


def api(
    what: Annotated[
        What, typer.Argument(metavar="[serve|schema]", help="Run it, or print its description.")
    ] = What.SERVE,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only say where it would listen, and if it could.")
    ] = False,
    output: Output = OUTPUT,
) -> None:
    """Run the gateway in the foreground until it is stopped; `up` runs it in the background.

    Where it listens: AMICABLE_API__HOST and AMICABLE_API__PORT. Programs need a key: `amicable
    key create`. `amicable api schema` prints its description (OpenAPI 3.1).

    Example: amicable api --check
    """
    from starter.api.server import (  # noqa: PLC0415 - no other command waits for its imports
        application_of,
        listen_address,
        refuse_where_nothing_listens,
        schema,
        serve_gateway,
    )

    if what is What.SCHEMA:
        show_text(json.dumps(schema(), indent=2, ensure_ascii=False))
        return
    settings = Settings()
    application = application_of(settings)
    if check:
        refuse_where_nothing_listens(settings)
        show_one({"address": listen_address(settings), "ready": True}, output)
        return
    serve_gateway(application)
