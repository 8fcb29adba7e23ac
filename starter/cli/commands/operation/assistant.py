"""`amicable assistant`: an agent program beside a person of the team."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from activities.ports.assistant.acts import AssistantAct
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.assistant import proposal_service
from starter.application import open_application
from starter.cli.errors import UsageError
from starter.cli.options import CREDITOR, OUTPUT, Creditor, Output
from starter.cli.output import show_rows

_COLUMNS = ("at", "person", "label", "act", "case", "customer", "outcome")
_MOST = 200


class AssistantVerb(StrEnum):
    """What is wanted of assistants."""

    SERVE = "serve"
    ACTS = "acts"


def assistant(
    what: Annotated[
        AssistantVerb,
        typer.Argument(metavar="[serve|acts]", help="Serve one, or list what they did."),
    ] = AssistantVerb.SERVE,
    *,
    person: Annotated[
        str, typer.Option("--for", help="The person of the team for whom it works.")
    ] = "",
    creditor: Creditor = CREDITOR,
    output: Output = OUTPUT,
) -> None:
    """Let an agent program look up and propose for a person of the team, and nothing else.

    It speaks the Model Context Protocol over standard input and output; the gateway does so over
    HTTP. Its key (AMICABLE_ASSISTANT__KEY) is made by `amicable key create --role assistant`.
    `amicable assistant acts` lists what assistants of a creditor did, and who asked.

    Example: amicable assistant acts --creditor acme
    """
    application = open_application()
    if what is AssistantVerb.ACTS:
        acts = proposal_service(application.engine, machine_clock).acts(creditor, _MOST)
        rows = [_line(one) for one in acts]
        show_rows(rows, output, _COLUMNS, "No assistant has done anything for this creditor.")
        return
    from starter.assistant.over_stdio import (  # noqa: PLC0415 - a list needs no protocol
        serve_on_stdio,
    )

    secret = application.settings.assistant.key.get_secret_value()
    if not secret or not person:
        raise UsageError("set AMICABLE_ASSISTANT__KEY, and name with --for whom it works for")
    serve_on_stdio(application, secret, person)


def _line(one: AssistantAct) -> dict[str, Any]:
    return {
        "at": one.at,
        "person": one.asked.person,
        "label": one.asked.label or one.asked.key_id,
        "act": one.act,
        "case": one.case or None,
        "customer": one.customer or None,
        "outcome": one.outcome.value,
    }
