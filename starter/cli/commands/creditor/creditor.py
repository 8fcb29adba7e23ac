"""The noun `creditor`: the company that is owed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.ports.stores.errors import NotKnownError
from adapters.http.address_checks import misspelt_email
from adapters.letters.text.catalogue import parse_tag
from domain.errors import DomainError
from domain.parties.people import Creditor
from domain.words import nearest_word
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import NotFoundError
from starter.cli.output import show_one

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
    references: iso11649, be, ch, fi, no or se; else the invoice's number).

    Example: amicable creditor set acme.toml
    """
    company = _creditor(file)
    open_application().creditors.put(company)
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
    try:
        found = open_application().creditors.show(creditor)
    except NotKnownError as error:
        raise NotFoundError(f"{error}; `amicable creditor set FILE` adds one") from None
    show_one(_told(found), output)


def _told(company: Creditor) -> dict[str, Any]:
    return {field.name: getattr(company, field.name) for field in fields(Creditor)}


def _creditor(file: Path) -> Creditor:
    try:
        told = tomllib.loads(o.read_option(file))
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
            near = nearest_word(name, known)
            meant = f"did you mean {near}? " if near else ""
            return f"{name} is no key here; {meant}the keys are {', '.join(known)}"
        if not isinstance(value, str):
            return f"{name} must be a text in quotes"
    if not told.get("id") or "/" in told["id"]:
        return "id is missing or holds a slash; write a short id such as acme"
    found = ((name, check(told.get(name, ""))) for name, check in _checks().items())
    return next((f"{name}: {reason}" for name, reason in found if reason), "")


def _wrong_email(address: str) -> str:
    reason = misspelt_email(address)
    return f"{reason}; every mail needs its sender" if reason else ""


def _wrong_name(name: str) -> str:
    """A name stands in the header of a mail, where a line break would refuse every one."""
    return "" if name.isprintable() else "holds a line break or control character; take it out"


def _wrong_languages(text: str) -> str:
    tags = [tag.strip() for tag in text.split(",")] if text.strip() else []
    unknown = next((tag for tag in tags if parse_tag(tag) is None), None)
    if unknown is None:
        return ""
    return f"{unknown!r} is no language; write tags such as de, fr-CH or en, separated by commas"


def _if_given(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: check(text) if text else ""


def _checks() -> dict[str, Callable[[str], str]]:
    """What is wrong with the value of a key, and the way out; empty if nothing is."""
    from adapters.letters.paying import transfer  # noqa: PLC0415 - the register of banks is slow to load

    return {
        "email": _wrong_email,
        "name": _wrong_name,
        "sender_name": _wrong_name,
        "languages": _wrong_languages,
        "iban": _if_given(transfer.wrong_iban),
        "bic": _if_given(transfer.wrong_bic),
        "pay_link": _if_given(transfer.wrong_link),
        "reference": _if_given(transfer.wrong_reference_scheme),
    }
