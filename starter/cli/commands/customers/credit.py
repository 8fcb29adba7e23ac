"""The noun `credit`: asked by the billing system, held and released by a person."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.credit.model import Credit, DeliveryOrder
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.output import Format, show_one
from starter.views.customer_sheet import credit_lines

app = typer.Typer(help="A customer's credit: show, hold, release.", no_args_is_help=True)

Because = Annotated[str, typer.Option(help="Why, in a word or a sentence.")]


@app.command()
def show(
    customer_id: CustomerId,
    *,
    order: Annotated[
        DeliveryOrder, typer.Option(help="What is to be delivered.")
    ] = DeliveryOrder.NORMAL,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say whether an order may be delivered to a customer, and why.

    Example: amicable credit show C-1 --creditor acme --order prepaid -o json
    """
    application = open_application()
    page = application.credit.show(creditor, customer_id)
    answer = application.desk.may_deliver(creditor, customer_id, order.value)
    told = {"customer": customer_id, "order": order.value, "allowed": answer.allowed}
    show_one({**told, "why": answer.why, **credit_lines(page)}, output)


@app.command()
def hold(
    customer_id: CustomerId,
    *,
    reason: Because,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Hold a customer's credit until a person releases it.

    Example: amicable credit hold C-1 --creditor acme --reason "insolvency rumours" --by ann
    """
    _move(creditor, customer_id, Credit.HELD, (reason, by), output)


@app.command()
def release(
    customer_id: CustomerId,
    *,
    reason: Because,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Release a customer's credit; an invoice's next step about credit may hold it again.

    Example: amicable credit release C-1 --creditor acme --reason "paid by cheque" --by ann
    """
    _move(creditor, customer_id, Credit.OK, (reason, by), output)


def _move(
    creditor: str, customer_id: str, after: Credit, said: tuple[str, str], output: Format
) -> None:
    reason, by = said
    change = open_application().credit.move(
        creditor, customer_id, after, why=reason, by=o.somebody(by)
    )
    told = {"customer": customer_id, "before": change.before.value, "credit": change.after.value}
    show_one({**told, "changed": change.before is not change.after, "why": change.why}, output)
