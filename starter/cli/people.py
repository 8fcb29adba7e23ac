"""The noun `customer`: who owes, how they are reached, and what they wish."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import Annotated, Any

import typer

from adapters.ledger import reads
from adapters.ledger.people import get_debtor, upsert_debtor
from adapters.ledger.views import CaseFilter
from adapters.points import bad_number, misspelt_email
from domain.calendar import check_place
from domain.errors import DomainError
from domain.money import Money
from domain.people import Debtor
from starter.cli import options as o
from starter.cli.ending import NotFoundError, UsageError
from starter.cli.output import show_one
from starter.house import House, open_house
from starter.looking import class_name

customer = typer.Typer(help="Customers: show, contact data, wishes.", no_args_is_help=True)

ALL = 10**7
CustomerId = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Your id of the customer.")]
CHANNELS = ("email", "sms")


@customer.command()
def show(
    customer_id: CustomerId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show a customer: contact data, class, what is owed, and who was contacted when.

    Example: amicable customer show C-1 --creditor acme
    """
    house = open_house()
    debtor = _debtor(house, creditor, customer_id)
    wanted = CaseFilter(creditor=creditor, customer=customer_id, limit=ALL)
    rows = reads.list_cases(house.engine, wanted)
    file = reads.file_of(house.engine, rows[0].case_id) if rows else None
    sums: dict[str, Money] = defaultdict()
    for row in rows:
        sums[row.open.currency] = (
            sums.get(row.open.currency, Money(0, row.open.currency)) + row.open
        )
    told = [
        {"at": a.at, "step": a.step, "channel": a.channel, "to": a.recipient, "result": a.result}
        for row in rows
        for a in reads.attempts_of(house.engine, row.case_id)
    ]
    show_one(
        {
            **_contact(debtor),
            "customer_class": class_name(file) if file else "new",
            "open": [f"{money}" for money in sums.values()],
            "cases": [{"case": r.case_id, "stage": r.stage, "open": r.open} for r in rows],
            "contacts": sorted(told, key=lambda one: str(one["at"])),
        },
        output,
    )


@customer.command()
def contact(
    customer_id: CustomerId,
    *,
    name: Annotated[str, typer.Option(help="Company or person.")] = "",
    email: Annotated[str, typer.Option(help="Where mails go.")] = "",
    phone: Annotated[str, typer.Option(help="Such as +4930901820.")] = "",
    country: Annotated[str, typer.Option(help="ISO code, such as DE.")] = "",
    zone: Annotated[str, typer.Option(help="IANA time zone, such as Europe/Berlin.")] = "",
    sales_rep: Annotated[str, typer.Option(help="Who owns the relationship.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Put down how a customer is reached; what is not given stays. Open cases look again at once.

    Example: amicable customer contact C-1 --creditor acme --email accounts@example.com
    """
    house = open_house()
    known = get_debtor(house.engine, creditor, customer_id) or Debtor(id=customer_id)
    told = {"name": name, "email": email, "phone": phone, "country": country.upper()}
    told |= {"zone": zone, "sales_rep": sales_rep}
    fresh = replace(known, **{field: value for field, value in told.items() if value})  # type: ignore[arg-type]  # all of these are texts
    _check(fresh)
    upsert_debtor(house.engine, creditor, fresh)
    _look_again(house, creditor, customer_id)
    show_one(_contact(fresh), output)


@customer.command("do-not-contact")
def do_not_contact(
    customer_id: CustomerId,
    *,
    channel: Annotated[str, typer.Option(help="email or sms; both unless given.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Respect that a customer does not want a channel; people still call or write letters.

    Example: amicable customer do-not-contact C-1 --creditor acme --channel sms
    """
    if channel not in ("", *CHANNELS):
        raise UsageError(f"--channel {channel} is not known; write email or sms")
    house = open_house()
    _debtor(house, creditor, customer_id)
    with house.ledger.account(creditor, customer_id) as book:
        for one in [channel] if channel else CHANNELS:
            book.mark_point(customer_id, "", opted_out=one)
    _look_again(house, creditor, customer_id)
    show_one(_contact(_debtor(house, creditor, customer_id)), output)


def _debtor(house: House, creditor: str, customer_id: str) -> Debtor:
    found = get_debtor(house.engine, creditor, customer_id)
    if found is None:
        raise NotFoundError(f"{creditor} has no customer {customer_id}; look at --creditor")
    return found


def _look_again(house: House, creditor: str, customer_id: str) -> None:
    wanted = CaseFilter(creditor=creditor, customer=customer_id, open_only=True, limit=ALL)
    house.client.wake([row.case_id for row in reads.list_cases(house.engine, wanted)])


def _contact(debtor: Debtor) -> dict[str, Any]:
    return {"customer": debtor.id} | {
        field.name: getattr(debtor, field.name)
        for field in fields(Debtor)
        if field.name not in ("id", "customer_class")
    }


def _check(debtor: Debtor) -> None:
    if debtor.email and (reason := misspelt_email(debtor.email)):
        raise DomainError(f"--email {debtor.email}: {reason}")
    if debtor.phone and (reason := bad_number(debtor.phone)):
        raise DomainError(f"--phone {debtor.phone}: {reason}")
    check_place(debtor.zone, debtor.country, debtor.subdivision)
