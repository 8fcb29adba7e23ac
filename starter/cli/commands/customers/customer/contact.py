"""The noun `customer contact`: further addresses, numbers and persons, beside the account's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from activities.services.customers.customers import ContactError
from domain.errors import DomainError
from domain.parties.people import CHANNELS, EMAIL, PHONE, Debtor, Point, kind_for
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.contact_options import read_option_phone, read_option_text
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows

OWN = "set"
_COLUMNS = ("kind", "point", "person", "role", "rank", "used_for")


class OwnFirst(TyperGroup):
    """A group whose first word may be the customer: then the account's own data is meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the command that is meant when none is named."""
        if args and args[0] not in (*self.commands, "--help"):
            args = [OWN, *args]
        return super().parse_args(ctx, args)


contact_app = typer.Typer(
    cls=OwnFirst,
    help="How a customer is reached: own data, further addresses, other persons.",
    no_args_is_help=True,
)


@contact_app.command()
def add(
    customer_id: CustomerId,
    *,
    email: Annotated[str, typer.Option(help="A further address.")] = "",
    phone: Annotated[str, typer.Option(help="Or a number, such as '+44 20 7946 0958'.")] = "",
    person: Annotated[str, typer.Option(help="Another person in the customer's company.")] = "",
    role: Annotated[str, typer.Option(help="What that person does there.")] = "",
    rank: Annotated[int, typer.Option(min=0, max=1000, help="Lower ones are tried first.")] = 0,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Add a way to a customer, tried when the ones before it do not get through. Again: replace it.

    Example: amicable customer contact add C-1 --email boss@example.com --person "Ann Lee"
    """
    application = open_application()
    if bool(email.strip()) == bool(phone.strip()):
        raise UsageError("write one of --email and --phone; add each way by itself")
    kind = EMAIL if email.strip() else PHONE
    country = application.customers.debtor(creditor, customer_id).country
    way = email.strip() or _number(phone, country)
    person, role = read_option_text("--person", person), read_option_text("--role", role)
    point = Point(kind=kind, point=way, person=person, role=role, rank=rank)
    try:
        application.customers.add_point(creditor, customer_id, point)
    except ContactError as error:
        raise UsageError(str(error)) from None
    look_again(application, creditor, customer_id)
    show_one({"customer": customer_id, **asdict(point)}, output)


@contact_app.command("list")
def list_(
    customer_id: CustomerId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """List every way to a customer and what it is used for, the account's own first.

    Example: amicable customer contact list C-1 --creditor acme
    """
    debtor = open_application().customers.debtor(creditor, customer_id)
    own = (Point(kind=EMAIL, point=debtor.email), Point(kind=PHONE, point=debtor.phone))
    mine = [point for point in own if point.point]
    rows = [_line(debtor, point) for point in (*mine, *debtor.further)]
    show_rows(rows, output, _COLUMNS, f"No way to {customer_id} is known.")


@contact_app.command()
def remove(
    customer_id: CustomerId,
    point: Annotated[str, typer.Argument(help="The further address or number.")],
    *,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take a further way to a customer off the list.

    Example: amicable customer contact remove C-1 boss@example.com --creditor acme
    """
    application = open_application()
    application.customers.remove_point(creditor, customer_id, point)
    look_again(application, creditor, customer_id)
    show_one({"customer": customer_id, "removed": point}, output)


def look_again(application: Application, creditor: str, customer_id: str) -> None:
    """Let the customer's open cases decide anew."""
    application.client.wake(application.customers.to_wake(creditor, customer_id))


def _number(phone: str, country: str) -> str:
    try:
        return read_option_phone(phone, country)
    except DomainError as reason:
        raise UsageError(str(reason)) from None


def _line(debtor: Debtor, point: Point) -> dict[str, Any]:
    mine = (channel for channel in CHANNELS if kind_for(channel) == point.kind)
    used = [channel for channel in mine if debtor.works(channel, point.point)]
    return {**asdict(point), "used_for": used}
