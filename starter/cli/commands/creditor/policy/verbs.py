"""The noun `policy`: checked, shown, described, applied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from domain.policy.policy_file import SHIPPED, shipped_policy_text
from domain.policy.policy_schema import policy_schema
from starter.cli import options as o
from starter.cli.commands.creditor.policy import versions
from starter.cli.output import show_one, show_text
from starter.views.policy_lines import policy_meaning

app = typer.Typer(help="The ladder: check, show, schema, list, apply.", no_args_is_help=True)
app.command("list")(versions.list_)
app.command("apply")(versions.apply)

PolicyWord = Annotated[
    str, typer.Argument(metavar="POLICY", help="A TOML file, or a shipped name: standard, any_hour")
]


@app.command()
def check(policy: PolicyWord, *, output: o.Output = o.OUTPUT) -> None:
    """Check a policy file; every problem comes with its line and the way out.

    Example: amicable policy check ours.toml
    """
    found = o.policy_option(policy)
    plan_b = f"{found.plan_b.on}: {found.plan_b.do.value}"
    show_one({"name": found.name, "steps": len(found.steps), "plan_b": plan_b}, output)


@app.command()
def show(policy: PolicyWord = "standard", *, output: o.Output = o.OUTPUT) -> None:
    """Print a policy's file, to read or to start your own from; as JSON, what it means.

    The first digits of a SHA-256 show a version that the ledger keeps.

    Example: amicable policy show standard > ours.toml
    """
    kept = versions.version(policy)
    if kept:
        show_one({"sha256": kept[0], **policy_meaning(kept[1])}, output)
        return
    found = o.policy_option(policy)
    if output is not o.OUTPUT:
        show_one(policy_meaning(found), output)
        return
    name = policy.replace("-", "_")
    text = shipped_policy_text(name) if name in SHIPPED else o.read_option(Path(policy))
    show_text(text.removesuffix("\n"))


@app.command()
def schema() -> None:
    """Print the JSON Schema of policy files, for editors and other programs.

    Example: amicable policy schema > policy.schema.json
    """
    show_text(json.dumps(policy_schema(), indent=2))
