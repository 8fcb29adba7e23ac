"""The verbs of `customer` about who owes and how they are reached: show, list, contact set."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any

import typer

from activities.ports.types import ConflictError
from adapters.http.address_checks import misspelt_email
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.customers.sources import Teller, tell_debtor
from adapters.ledger.erasure.erasure import erased, take_up_again
from adapters.ledger.queries.customers import CustomerRow, list_customers
from adapters.runtime.machine import machine_clock
from domain.calendar import check_place
from domain.errors import DomainError
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource
from domain.words import unknown_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.contact import OWN, contact_app, look_again
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.contact_options import read_option_phone, read_option_text
from starter.cli.errors import NotFoundError
from starter.cli.output import show_one, show_rows
from starter.views.customer_sheet import contact_of, customer_sheet, words_of

_COLUMNS = ("customer", "name", "credit", "do_not_contact", "vulnerable", "running", "open")


def show(
    customer_id: CustomerId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show a customer: contact data, flags, credit, class, money, contacts, and what comes next.

    Example: amicable customer show C-1 --creditor acme
    """
    found = customer_sheet(open_application(), creditor, customer_id)
    if found is None:
        raise NotFoundError(f"{creditor} has no customer {customer_id}; look at --creditor")
    show_one(found, output)


def list_(
    *,
    creditor: o.Creditor = o.CREDITOR,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List a creditor's customers: credit, flags, and what is open in each currency.

    Example: amicable customer list --creditor acme -o jsonl
    """
    rows = list_customers(open_application().engine, creditor, limit=limit)
    show_rows([_line(row) for row in rows], output, _COLUMNS, f"{creditor} has no customers yet.")


@contact_app.command(OWN)
def set_(
    customer_id: CustomerId,
    *,
    name: Annotated[str, typer.Option(help="Company or person.")] = "",
    email: Annotated[str, typer.Option(help="Where mails go.")] = "",
    phone: Annotated[str, typer.Option(help="Such as '+44 20 7946 0958'.")] = "",
    country: Annotated[str, typer.Option(help="ISO code, such as DE.")] = "",
    zone: Annotated[str, typer.Option(help="IANA time zone, such as Europe/Berlin.")] = "",
    sales_rep: Annotated[str, typer.Option(help="Who owns the relationship.")] = "",
    kind: Annotated[str, typer.Option(help="business or consumer.")] = "",
    after_erasure: Annotated[
        bool, typer.Option("--after-erasure", help="Know a person again who was erased.")
    ] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Put down how a customer is reached; what is not given stays. Open cases look again at once.

    Example: amicable customer contact set C-1 --creditor acme --email accounts@example.com
    """
    application = open_application()
    _refuse_the_erased(application, creditor, customer_id, again=after_erasure, by=by)
    known = get_debtor(application.engine, creditor, customer_id) or Debtor(id=customer_id)
    place = country.upper() or known.country
    said = Debtor(
        id=customer_id,
        name=read_option_text("--name", name),
        email=email,
        phone=read_option_phone(phone, place),
        country=country.upper(),
        zone=zone or "UTC",
        sales_rep=read_option_text("--sales-rep", sales_rep),
        kind=kind,
    )
    _check(said, (zone, place), known)
    meant = frozenset({"zone"} if zone else ())
    who = o.somebody(by)
    teller = Teller(source=ContactSource.PERSON, at=machine_clock(), by=who, meant=meant)
    fresh = tell_debtor(application.engine, creditor, said, teller).debtor
    look_again(application, creditor, customer_id)
    show_one(contact_of(fresh), output)


def _line(row: CustomerRow) -> dict[str, Any]:
    told = {field.name: getattr(row, field.name) for field in fields(row)}
    return told | {"open": words_of(row.open), "surplus": words_of(row.surplus)}


def _refuse_the_erased(
    application: Application, creditor: str, customer_id: str, *, again: bool, by: str
) -> None:
    """Whoever was erased is not silently known again."""
    if customer_id not in erased(application.engine, creditor, [customer_id]):
        return
    if not again:
        raise ConflictError(
            f"{customer_id} was erased on request; if there is new business, repeat it with "
            "--after-erasure"
        )
    take_up_again(
        application.engine, creditor, customer_id, by=o.somebody(by), why="new contact data"
    )


def _check(said: Debtor, place: tuple[str, str], known: Debtor) -> None:
    """What is said alone, and the place that it makes together with what is known."""
    zone, country = place
    if said.kind not in ("", "business", "consumer"):
        raise DomainError(f"--kind {unknown_word(said.kind, 'kind', ('business', 'consumer'))}")
    if said.email and (reason := misspelt_email(said.email)):
        raise DomainError(f"--email {said.email}: {reason}")
    check_place(zone or known.zone, country, known.subdivision)
