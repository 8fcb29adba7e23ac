"""The verbs of `customer` that collectors use: a note, and one act on many at once."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from activities.services.many.orders import BulkAct, BulkLine, BulkOrder
from domain.words import unknown_word
from starter.application import open_application
from starter.cli import options as o
from starter.cli.commands.customers.customer.wishes import CustomerId
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one, show_rows
from starter.many import bulk_of, notes_of

COLUMNS = ("customer", "number", "ok", "text")


def note(
    customer_id: CustomerId,
    *,
    said: Annotated[str, typer.Option(help="What colleagues should know.")],
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Keep a note about a customer; it stands on the customer's page.

    Example: amicable customer note C-1 --creditor acme --said "prefers mornings"
    """
    application = open_application()
    application.customers.debtor(creditor, customer_id)
    notes_of(application).add_note(creditor, customer_id, said, by=o.somebody(by))
    show_one({"customer": customer_id, "said": said}, output)


def bulk(
    act: Annotated[str, typer.Argument(help=f"{', '.join(BulkAct)}.")],
    *,
    customer: Annotated[list[str] | None, typer.Option(help="An id; as often as needed.")] = None,
    invoice: Annotated[list[str] | None, typer.Option(help="A number; as often as needed.")] = None,
    value: Annotated[str, typer.Option(help="The colleague, day, note or class.")] = "",
    reason: o.Reason = "",
    look: Annotated[bool, typer.Option("--look", help="Only show what it would do.")] = False,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Do one thing to many customers or invoices, at most 500; each line has its own answer.

    What is said to invoices goes to all open ones of the customers that are named.

    Example: amicable customer bulk note --creditor acme --customer C-1 --value "new list" --look
    """
    if act not in list(BulkAct):
        raise UsageError(unknown_word(act, "act on many", BulkAct))
    order = BulkOrder(
        id=f"bulk-{uuid4().hex}",
        creditor=creditor,
        act=BulkAct(act),
        customers=tuple(customer or ()),
        numbers=tuple(invoice or ()),
        value=value,
        reason=reason,
        by=o.somebody(by),
    )
    application = open_application()
    service = bulk_of(application)
    lines, woken = (service.look(order), ()) if look else service.carry_out(order)
    if woken:
        application.client.wake([one.case.invoice.case_id for one in woken])
    show_rows([_line(one) for one in lines], output, COLUMNS, "Nobody was named.")
    fine = sum(one.ok for one in lines)
    say(f"{fine} of {len(lines)} {'would go through' if look else 'went through'}.")


def _line(one: BulkLine) -> dict[str, object]:
    return {"customer": one.customer, "number": one.number, "ok": one.ok, "text": one.text}
