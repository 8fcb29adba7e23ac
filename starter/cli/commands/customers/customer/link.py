"""The noun `customer link`: links to the customer's page, by message and by hand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from activities.ports.stores.page.links import LinkRow
from activities.services.page.links import PageLinkService
from adapters.wiring.customer_page import page_services
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.views.plain import plain_value

link_app = typer.Typer(help="Links to the customer's page.", no_args_is_help=True)
_COLUMNS = ("id", "recipient", "channel", "cases", "at", "revoked_at", "why")


@link_app.command("list")
def list_(
    customer_id: CustomerId, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """List the links that a customer has: one of each message, and those made by hand.

    Example: amicable customer link list C-1 --creditor acme
    """
    application = open_application()
    found = _links(application).list(creditor, customer_id)
    if not found:
        o.customer_known(application, customer_id, creditor)
    rows = [_line(row) for row in found]
    show_rows(rows, output, _COLUMNS, f"{customer_id} has no link yet.")


@link_app.command()
def make(
    case: o.CaseArgument,
    *,
    recipient: Annotated[str, typer.Option("--for", help="Whose link it is, for your list.")] = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Make a link to the page of a case, to be handed to one person; it ends with the case.

    Example: amicable customer link make 2026-0007 --for chef@example.com --creditor acme
    """
    application = open_application()
    links = _links(application)
    if not links.can_be_followed:
        raise UsageError("set AMICABLE_API__PUBLIC_URL and AMICABLE_REPLIES__SECRET first")
    case_id = o.case_named(application, case, creditor)
    made = links.issue(case_id, recipient, o.somebody(by))
    show_one({"id": made.id, "case": case_id, "url": links.url(made.id)}, output)


@link_app.command()
def revoke(
    link: Annotated[str, typer.Argument(metavar="LINK", help="The id in the list.")],
    *,
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Take one link back; whoever has another one keeps it.

    Example: amicable customer link revoke 5b2f6c1e-3f0a-4f43-9a55-0d7f6a1c2b3d
    """
    _links(open_application()).revoke(link, o.somebody(by))
    show_one({"id": link, "revoked": True}, output)


def _links(application: Application) -> PageLinkService:
    return page_services(application.engine, application.settings).links


def _line(row: LinkRow) -> dict[str, Any]:
    told: dict[str, Any] = plain_value(row)
    return told | {"cases": ", ".join(row.cases)}
