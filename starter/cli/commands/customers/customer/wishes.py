"""The noun `customer`, where people decide about a person: not to contact, vulnerable, erased."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from activities.ports.types import ConflictError
from adapters.ledger.core.views import CaseFilter
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.erasure import erasure
from adapters.ledger.queries import reads
from adapters.runtime.machine import machine_clock
from domain.parties.people import CHANNELS, Debtor
from domain.words import unknown_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import NotFoundError, UsageError
from starter.cli.output import say, show_one

HEARD_AT_ONCE = 200
"""So many cases are woken by the command itself; the reconciler wakes the others."""

_ALL = 10**7
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
        flag = _Flag("do_not_contact", switch is Switch.ON, reason, o.somebody(by))
        show_one(flag.set(application, creditor, customer_id), output)
        return
    if switch is Switch.OFF:
        raise UsageError(
            "an opt-out stays; give another address by `amicable customer contact set`"
        )
    known(application, creditor, customer_id)
    with application.ledger.account(creditor, customer_id) as account:
        account.customer.mark_point(customer_id, "", opted_out=channel)
        woken = account.cases.nudge_all(
            f"optout/{channel}", "opted out", o.somebody(by), machine_clock()
        )
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
    flag = _Flag("vulnerable", switch is Switch.ON, reason, o.somebody(by))
    show_one(flag.set(open_application(), creditor, customer_id), output)


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
    known(application, creditor, customer_id)
    if open_cases and yes:
        _end(application, creditor, customer_id, open_cases, reason)
    elif open_cases:
        raise UsageError(
            f"what is open would be ended by {open_cases.value} and {customer_id} erased for good; "
            "repeat it with --yes"
        )
    if found := erasure.obstacles(application.engine, creditor, customer_id):
        raise ConflictError(
            f"{'; '.join(found)}. The data is needed for the claim (GDPR, Art. 17 (3) (e)): "
            "collect it, or end it with --open withdraw or --open write-off; "
            "what the agency has, it must give back first"
        )
    if not yes:
        raise UsageError(f"{customer_id} would be erased for good; repeat it with --yes")
    done = erasure.erase_customer(
        application.engine, creditor, customer_id, by=o.somebody(by), why=reason
    )
    told = {"customer": customer_id, "erased_at": done.at, "again": done.again}
    show_one({**told, "emptied": {name: n for name, n in done.rows.items() if n}}, output)


def known(application: Application, creditor: str, customer_id: str) -> Debtor:
    """The customer, as far as it is known.

    Raises:
        NotFoundError: if there is none.
    """
    debtor = get_debtor(application.engine, creditor, customer_id)
    if debtor is None:
        raise NotFoundError(f"{creditor} has no customer {customer_id}; look at --creditor")
    return debtor


def wake(application: Application, cases: tuple[str, ...]) -> None:
    """Wake the cases that are due first; the reconciler wakes the others within minutes."""
    application.client.wake(cases[:HEARD_AT_ONCE])
    if len(cases) > HEARD_AT_ONCE:
        say(f"{len(cases) - HEARD_AT_ONCE} further cases are woken within minutes.")


class _Flag:
    """A flag that a person sets or takes away."""

    def __init__(self, name: str, on: bool, why: str, by: str) -> None:  # noqa: FBT001 - its value
        self._name, self._on, self._why, self._by = name, on, why, by

    def set(self, application: Application, creditor: str, customer_id: str) -> dict[str, Any]:
        """Keep it, and let the running cases notice: the last look heeds it at once."""
        known(application, creditor, customer_id)
        woken: tuple[str, ...] = ()
        with application.ledger.account(creditor, customer_id) as account:
            number = account.customer.set_flag(self._name, on=self._on, why=self._why, by=self._by)
            if number:
                what = f"{self._name} {'on' if self._on else 'off'}"
                woken = account.cases.nudge_all(f"flag/{number}", what, self._by, machine_clock())
        wake(application, woken)
        told = {"customer": customer_id, self._name: self._on, "changed": bool(number)}
        return {**told, "cases": len(woken)}


def _end(
    application: Application, creditor: str, customer_id: str, ending: EndOption, reason: str
) -> None:
    wanted = CaseFilter(creditor=creditor, customer=customer_id, open_only=True, limit=_ALL)
    for row in reads.find_cases(application.engine, wanted):
        if ending is EndOption.WITHDRAW:
            application.client.withdraw(row.case_id, reason=reason)
        else:
            application.client.write_off(row.case_id, reason=reason)
