"""The verbs of `customer` about who owes and how they are reached: show, list, contact set."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated, Any

import typer

from activities.ports.types import ConflictError
from adapters.http.address_checks import bad_number, misspelt_email
from adapters.ledger.customers.people import get_debtor, upsert_debtor
from adapters.ledger.erasure.erasure import erased, take_up_again
from adapters.ledger.queries.customers import CustomerRow, list_customers
from domain.calendar import check_place
from domain.errors import DomainError
from domain.parties.people import Debtor
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.contact import OWN, contact_app, look_again
from starter.cli.commands.customers.customer.wishes import CustomerId
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
    phone: Annotated[str, typer.Option(help="Such as +4930901820.")] = "",
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
    told = {"name": name, "email": email, "phone": phone, "country": country.upper()}
    told |= {"zone": zone, "sales_rep": sales_rep, "kind": kind}
    fresh = replace(known, **{field: value for field, value in told.items() if value})  # type: ignore[arg-type]  # all of these are texts
    _check(fresh)
    upsert_debtor(application.engine, creditor, fresh)
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


def _check(debtor: Debtor) -> None:
    if debtor.kind not in ("", "business", "consumer"):
        raise DomainError(f"--kind {debtor.kind} is not known; write business or consumer")
    if debtor.email and (reason := misspelt_email(debtor.email)):
        raise DomainError(f"--email {debtor.email}: {reason}")
    if debtor.phone and (reason := bad_number(debtor.phone)):
        raise DomainError(f"--phone {debtor.phone}: {reason}")
    check_place(debtor.zone, debtor.country, debtor.subdivision)
