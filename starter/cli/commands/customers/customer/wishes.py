"""The noun `customer`, where people decide about a person: not to contact, vulnerable, erased."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.ports.stores.customers import Mark
from activities.ports.types import ConflictError
from activities.services.customers.customers import HEARD_AT_ONCE
from domain.parties.people import CHANNELS
from domain.words import unknown_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one
from starter.views.plain import plain_value

CustomerId = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Your id of the customer.")]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


class EndOption(StrEnum):
    """What becomes of invoices that are still open."""

    WITHDRAW = "withdraw"
    WRITE_OFF = "write-off"


_Way = Annotated[Switch, typer.Argument(help="on or off.")]


def do_not_contact(
    customer_id: CustomerId,
    switch: _Way = Switch.ON,
    *,
    channel: Annotated[
        str, typer.Option(help="Only email, sms or voice: an opt-out until they opt in again.")
    ] = "",
    reason: o.Reason = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write to and call a customer no more: only people decide what is done.

    With a channel the customer is only left alone there; other channels are still used.

    Example: amicable customer do-not-contact C-1 on --creditor acme --reason "asked by letter"
    """
    if channel not in ("", *CHANNELS):
        raise UsageError(f"--channel {unknown_word(channel, 'channel', CHANNELS)}")
    application = open_application()
    if not channel:
        mark = _mark("do_not_contact", switch, reason, by)
        show_one(_set(application, creditor, customer_id, mark), output)
        return
    if switch is Switch.OFF:
        raise UsageError(
            "an opt-out stays; give another address by `amicable customer contact set`"
        )
    woken = application.flags.opt_out(creditor, customer_id, channel, o.somebody(by))
    wake(application, woken)
    show_one({"customer": customer_id, "opted_out": [channel], "cases": len(woken)}, output)


def vulnerable(
    customer_id: CustomerId,
    switch: _Way = Switch.ON,
    *,
    reason: o.Reason = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Leave a vulnerable customer to people: nothing automatic, and never the agency.

    Example: amicable customer vulnerable C-1 on --creditor acme --reason "told us so" --by ann
    """
    mark = _mark("vulnerable", switch, reason, by)
    show_one(_set(open_application(), creditor, customer_id, mark), output)


def erase(
    customer_id: CustomerId,
    *,
    reason: Annotated[str, typer.Option(help="Who asked for it, and when.")],
    by: o.By = "",
    open_cases: Annotated[
        EndOption | None, typer.Option("--open", help="End what is still open first.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be taken back.")] = False,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Erase a person's data (GDPR, Art. 17): names, addresses, words; totals and audit stay.

    While money is claimed the data is needed (Art. 17 (3) (e)): say what becomes of it first.

    Example: amicable customer erase C-1 --creditor acme --reason "letter of 1 March" --yes
    """
    application = open_application()
    application.customers.debtor(creditor, customer_id)
    if open_cases and yes:
        _end(application, creditor, customer_id, open_cases, reason)
    elif open_cases:
        raise UsageError(
            f"what is open would be ended by {open_cases.value} and {customer_id} erased for good; "
            "repeat it with --yes"
        )
    if found := application.erasure.obstacles(creditor, customer_id):
        raise ConflictError(
            f"{'; '.join(found)}. The data is needed for the claim (GDPR, Art. 17 (3) (e)): "
            "collect it, or end it with --open withdraw or --open write-off; "
            "what the agency has, it must give back first"
        )
    if not yes:
        raise UsageError(f"{customer_id} would be erased for good; repeat it with --yes")
    done = application.erasure.erase(creditor, customer_id, by=o.somebody(by), why=reason)
    told = {"customer": customer_id, "erased_at": done.at, "again": done.again}
    show_one({**told, "emptied": {name: n for name, n in done.rows.items() if n}}, output)


def export(
    customer_id: CustomerId,
    *,
    to: Annotated[Path, typer.Option(help="A new folder for data.json and the files.")],
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write down everything that is kept about a customer (GDPR, Art. 15), to be handed over.

    The names of your own people are left out; what providers and the agency keep is with them.

    Example: amicable customer export C-1 --creditor acme --to C-1-data
    """
    application = open_application()
    application.customers.debtor(creditor, customer_id)
    found = application.erasure.export(creditor, customer_id)
    told = json.dumps(plain_value(found.rows), indent=2, ensure_ascii=False)
    try:
        to.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise UsageError(f"--to {to} is there already; name a new folder") from None
    _put(to / "data.json", told.encode())
    for file in found.files:
        (to / file.path).parent.mkdir(mode=0o700, exist_ok=True)
        _put(to / file.path, file.body)
    counts = {heading: len(kept) for heading, kept in found.rows.items() if kept}
    show_one({"customer": customer_id, "folder": str(to), **counts}, output)


def _put(path: Path, body: bytes) -> None:
    """For this user only: it is all about a person."""
    path.touch(mode=0o600)
    path.write_bytes(body)


def wake(application: Application, cases: tuple[str, ...]) -> None:
    """Wake the cases that are due first; the reconciler wakes the others within minutes."""
    application.client.wake(cases[:HEARD_AT_ONCE])
    if len(cases) > HEARD_AT_ONCE:
        say(f"{len(cases) - HEARD_AT_ONCE} further cases are woken within minutes.")


def _mark(flag: str, switch: Switch, reason: str, by: str) -> Mark:
    return Mark(flag=flag, is_on=switch is Switch.ON, why=reason, by=o.somebody(by))


def _set(application: Application, creditor: str, customer_id: str, mark: Mark) -> dict[str, Any]:
    """Keep a flag, and let the running cases notice."""
    change = application.flags.set_flag(creditor, customer_id, mark)
    wake(application, change.cases)
    told = {"customer": customer_id, mark.flag: mark.is_on, "changed": change.changed}
    return {**told, "cases": len(change.cases)}


def _end(
    application: Application, creditor: str, customer_id: str, ending: EndOption, reason: str
) -> None:
    for case_id in application.erasure.open_cases(creditor, customer_id):
        if ending is EndOption.WITHDRAW:
            application.client.withdraw(case_id, reason=reason)
        else:
            application.client.write_off(case_id, reason=reason)
