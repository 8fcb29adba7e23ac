"""The noun `creditor`: the company that is owed."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.ledger.people import get_creditor, upsert_creditor
from adapters.points import misspelt_email
from domain.errors import DomainError
from domain.people import Creditor
from starter.cli import options as o
from starter.cli.ending import NotFoundError
from starter.cli.output import show_one
from starter.house import open_house

app = typer.Typer(help="The company that is owed: set, show.", no_args_is_help=True)


@app.command("set")
def set_(
    file: Annotated[Path, typer.Argument(help="A TOML file: id, name, address, email, iban …")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Describe the company that is owed: what every message says about its sender.

    The keys are id, name, address, email, phone, contact, iban, bic, pay_link and terms.

    Example: amicable creditor set acme.toml
    """
    company = _creditor(file)
    upsert_creditor(open_house().engine, company)
    show_one(_told(company), output)


@app.command("show")
def show(
    creditor: Annotated[str, typer.Argument(help="Its short id.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what is known about the company that is owed.

    Example: amicable creditor show acme -o json
    """
    found = get_creditor(open_house().engine, creditor)
    if found is None:
        raise NotFoundError(
            f"there is no creditor {creditor}; `amicable creditor set FILE` adds one"
        )
    show_one(_told(found), output)


def _told(company: Creditor) -> dict[str, Any]:
    return {field.name: getattr(company, field.name) for field in fields(Creditor)}


def _creditor(file: Path) -> Creditor:
    try:
        told = tomllib.loads(o.read(file))
    except tomllib.TOMLDecodeError as error:
        raise DomainError(f"{file}: this is not TOML: {error}") from None
    if wrong := _wrong(told):
        raise DomainError(f"{file}: {wrong}")
    return Creditor(**told)


def _wrong(told: dict[str, Any]) -> str:
    """What is wrong with a creditor's file; empty if nothing is."""
    known = [field.name for field in fields(Creditor)]
    for name, value in told.items():
        if name not in known:
            return f"{name} is no key here; the keys are {', '.join(known)}"
        if not isinstance(value, str):
            return f"{name} must be a text in quotes"
    if not told.get("id") or "/" in told["id"]:
        return "id is missing or holds a slash; write a short id such as acme"
    reason = misspelt_email(told.get("email", ""))
    return f"email: {reason}; every mail needs its sender" if reason else ""
