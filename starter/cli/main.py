"""The console script `amicable`: its nouns and verbs, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated, NoReturn

import typer

from adapters.runtime.machine import leave
from starter.cli.commands.cases import dispute, evidence, plan, promise, settlement
from starter.cli.commands.cases.case import verbs as case
from starter.cli.commands.cases.invoice import verbs as invoice
from starter.cli.commands.creditor import creditor, key, letter, webhook
from starter.cli.commands.creditor.policy import verbs as policy
from starter.cli.commands.customers import briefing, call, credit, reply, task, team
from starter.cli.commands.customers.customer import verbs as customer
from starter.cli.commands.money.payment import verbs as payment
from starter.cli.commands.money.report import verbs as report
from starter.cli.commands.operation import api, demo, hold, servers
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
app.command("briefing", rich_help_panel="Cases")(briefing.brief)


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
        "invoice": invoice.app,
        "payment": payment.app,
        "promise": promise.app,
        "plan": plan.app,
        "settlement": settlement.app,
        "dispute": dispute.app,
        "evidence": evidence.app,
        "call": call.app,
        "reply": reply.app,
        "case": case.app,
    },
    "People": {
        "customer": customer.app,
        "credit": credit.app,
        "creditor": creditor.app,
        "task": task.app,
        "team": team.app,
        "hold": hold.app,
        "webhook": webhook.app,
        "key": key.app,
    },
    "Rules": {"policy": policy.app, "letter": letter.app},
    "Knowing": {"report": report.app},
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
