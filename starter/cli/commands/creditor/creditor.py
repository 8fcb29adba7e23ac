"""The noun `creditor`: the company that is owed."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.ports.stores.errors import NotKnownError
from domain.errors import DomainError
from domain.interest.toml_lines import parse_toml
from domain.parties.people import Creditor
from domain.parties.wordings import BY_LANGUAGE, wrong_languages
from domain.words import nearest_word
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import NotFoundError
from starter.cli.output import show_one
from starter.views.records.record_lines import creditor_sheet

app = typer.Typer(help="The company that is owed: set, show.", no_args_is_help=True)


@app.command("set")
def set_(
    file: Annotated[Path, typer.Argument(help="A TOML file: id, name, address, email, iban …")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Describe the company that is owed: what every message says about its sender.

    The keys are id, name, address, email, phone, contact, iban, bic, pay_link and terms;
    sender_name (whom mails come from), signature (what stands under a letter), languages (for
    customers whose own is not spoken, such as "de, en") and reference (the scheme of payment
    references: iso11649, be, ch, fi, no or se; else the invoice's number); street, postcode, town
    and country of the postal address; register (what the law wants on letters: legal form, seat,
    register and number, directors), tax_number and bank.

    terms, signature, contact and register may be tables with one text for each language.

    Example: amicable creditor set acme.toml
    """
    company = _creditor(file)
    try:
        open_application().creditors.describe(company)
    except DomainError as error:
        raise DomainError(f"{file}: {error}") from None
    show_one(creditor_sheet(company), output)


@app.command("show")
def show(
    creditor: Annotated[str, typer.Argument(help="Its short id.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what is known about the company that is owed.

    Example: amicable creditor show acme -o json
    """
    try:
        found = open_application().creditors.show(creditor)
    except NotKnownError as error:
        raise NotFoundError(f"{error}; `amicable creditor set FILE` adds one") from None
    show_one(creditor_sheet(found), output)


def _creditor(file: Path) -> Creditor:
    try:
        told = parse_toml(o.read_option(file))
    except tomllib.TOMLDecodeError as error:
        raise DomainError(f"{file}: this is not TOML: {error}") from None
    if wrong := _wrong(told):
        raise DomainError(f"{file}: {wrong}")
    return Creditor(**{"id": ""} | {name: _text(value) for name, value in told.items()})


def _text(value: str | dict[str, str]) -> str:
    """A text, or one for each language as sections of one text."""
    if isinstance(value, str):
        return value
    return "\n".join(f"[{language}]\n{words}" for language, words in value.items())


def _wrong(told: dict[str, Any]) -> str:
    """What is wrong with the keys of a creditor's file; empty if nothing is."""
    known = [field.name for field in fields(Creditor)]
    for name, value in told.items():
        if name not in known:
            near = nearest_word(name, known)
            meant = f"did you mean {near}? " if near else ""
            return f"{name} is no key here; {meant}the keys are {', '.join(known)}"
        if isinstance(value, dict) and name in BY_LANGUAGE:
            if reason := wrong_languages(value):
                return f"{name}: {reason}"
        elif not isinstance(value, str):
            return f"{name} must be a text in quotes"
    return ""
