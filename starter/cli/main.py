"""The console script `amicable`: its nouns and verbs, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated, NoReturn

import typer

from adapters.runtime.machine import leave
from starter.cli.commands.cases import agreements, disputes, evidence, invoices, plans, steering
from starter.cli.commands.creditor import creditors, keys, letters, policies, webhooks
from starter.cli.commands.customers import briefings, calls, credit, people, replies, tasks, team
from starter.cli.commands.money import payments, reports
from starter.cli.commands.operation import api, demo, holding, servers
from starter.cli.commands.operation.rehearse import rehearse
from starter.cli.errors import ERROR, OK, end

app = typer.Typer(
    name="amicable",
    help="Chases unpaid invoices without losing the customer.",
    no_args_is_help=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    demo.demo,
    servers.up,
    servers.down,
    servers.doctor,
    servers.migrate,
    servers.worker,
    api.api,
):
    app.command(rich_help_panel="Running it")(command)
app.command(rich_help_panel="Policies")(rehearse)
app.command("briefing", rich_help_panel="Cases")(briefings.brief)


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


NOUNS = {
    "Cases": {
        "invoice": invoices.app,
        "payment": payments.app,
        "promise": agreements.promise,
        "plan": plans.plan,
        "settlement": agreements.settlement,
        "dispute": disputes.app,
        "evidence": evidence.app,
        "call": calls.app,
        "reply": replies.app,
        "case": steering.app,
    },
    "People": {
        "customer": people.customer,
        "credit": credit.app,
        "creditor": creditors.app,
        "task": tasks.app,
        "team": team.app,
        "hold": holding.app,
        "webhook": webhooks.app,
        "key": keys.app,
    },
    "Rules": {"policy": policies.app, "letter": letters.app},
    "Knowing": {"report": reports.app},
}
for panel, nouns in NOUNS.items():
    for noun, verbs in nouns.items():
        app.add_typer(verbs, name=noun, rich_help_panel=panel)


def run(words: Sequence[str]) -> int:
    """Carry out one command; answers its exit code."""
    try:
        app(args=list(words), prog_name="amicable")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ERROR
    except BrokenPipeError:
        return OK  # whoever read the data has seen enough
    except Exception as error:  # noqa: BLE001 - a person gets words, never a traceback
        return end(error)
    return OK


def main() -> NoReturn:
    """Run the command line; leaves without tearing down the Temporal client's threads."""
    leave(run(sys.argv[1:]))
