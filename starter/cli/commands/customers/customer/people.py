"""The verbs of `customer` about who owes and how they are reached: show, list, contact set."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any

import typer

from activities.ports.stores.customers import CustomerRow
from activities.ports.types import ConflictError
from activities.services.customers.customers import ErasedError
from domain.einvoice.terms_text import agreed_terms
from domain.errors import DomainError
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.contact import OWN, contact_app, look_again
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.contact_options import read_option_phone, read_option_text
from starter.cli.output import show_one, show_rows
from starter.views.customer_sheet import contact_of, customer_sheet, words_of

_COLUMNS = ("customer", "name", "credit", "do_not_contact", "vulnerable", "running", "open")


def show(
    customer_id: CustomerId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show a customer: contact data, flags, credit, class, money, contacts, and what comes next.

    Example: amicable customer show C-1 --creditor acme
    """
    show_one(customer_sheet(open_application().customers.show(creditor, customer_id)), output)


def list_(
    *,
    creditor: o.Creditor = o.CREDITOR,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List a creditor's customers: credit, flags, and what is open in each currency.

    Example: amicable customer list --creditor acme -o jsonl
    """
    rows = open_application().customers.list(creditor, limit)
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
    language: Annotated[str, typer.Option(help="In which letters are, such as fr or de-CH.")] = "",
    street: Annotated[str, typer.Option(help="Of the postal address, with the number.")] = "",
    postcode: Annotated[str, typer.Option(help="Of the postal address.")] = "",
    town: Annotated[str, typer.Option(help="Of the postal address.")] = "",
    attention: Annotated[str, typer.Option(help="Whom in the company a letter is for.")] = "",
    vat_id: Annotated[str, typer.Option(help="The customer's VAT number.")] = "",
    payment_terms: Annotated[
        str, typer.Option(help="As '30 days', where an invoice tells no due date.")
    ] = "",
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
    place = country.upper() or _country(application, creditor, customer_id)
    told = {"name": read_option_text("--name", name), "email": email, "country": country.upper()}
    told |= {"phone": read_option_phone(phone, place), "zone": zone, "kind": kind}
    told |= {"sales_rep": read_option_text("--sales-rep", sales_rep), "language": language}
    post = {"street": street, "postcode": postcode, "town": town, "attention": attention}
    post |= {"vat_id": vat_id, "payment_terms": agreed_terms(payment_terms)}
    for field, text in post.items():
        told[field] = read_option_text(f"--{field.replace('_', '-')}", text)
    try:
        fresh = application.customers.set_contact(
            creditor, customer_id, told, after_erasure=after_erasure, by=o.somebody(by)
        )
    except ErasedError as error:
        way_out = "if there is new business, repeat it with --after-erasure"
        raise ConflictError(f"{error}; {way_out}") from None
    except DomainError as error:
        raise _by_option(error) from None
    look_again(application, creditor, customer_id)
    show_one(contact_of(fresh), output)


def _line(row: CustomerRow) -> dict[str, Any]:
    told = {field.name: getattr(row, field.name) for field in fields(row)}
    return told | {"open": words_of(row.open), "surplus": words_of(row.surplus)}


def _country(application: Application, creditor: str, customer_id: str) -> str:
    """The country in which the customer's numbers are read."""
    if not application.customers.is_known(creditor, customer_id):
        return ""
    return application.customers.debtor(creditor, customer_id).country


def _by_option(error: DomainError) -> DomainError:
    """What cannot be right, by the option that said so."""
    named = error.field in ("kind", "email", "phone", "language")
    return DomainError(f"--{error.field} {error}") if named else error
