"""What is done with money beside posting it: listed, allocated, given back, awaited."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from activities.payments.allocating import Moved
from activities.ports.money_types import Placing
from domain.errors import DomainError
from domain.ids import CaseId, PaymentName
from domain.money import Money, parse_money
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.cli.shapes import show_answer
from starter.importing.files.cells import named
from starter.views.records.record_lines import payment_line

Payment = Annotated[
    str, typer.Option(help="The payment in which it lies, as SOURCE/ID, such as bank/B-1.")
]
SurplusOf = Annotated[
    str, typer.Option(help="The case whose surplus it is, where no payment is named.")
]
_HowMuch = Annotated[str, typer.Option(help="How much of it, such as 50.00; all unless given.")]
OwnId = Annotated[str, typer.Option("--id", help="Your own id of it: said twice, it counts once.")]
_COLUMNS = ("payment", "kind", "customer", "amount", "left", "currency", "at", "invoices")


def list_(
    *,
    creditor: o.Creditor = o.CREDITOR,
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "",
    unallocated: Annotated[
        bool, typer.Option("--unallocated", help="Only what is left on accounts.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List payments and stand-alone credit notes, newest first, with what is left of each.

    Example: amicable payment list --creditor acme --unallocated -o jsonl
    """
    application = open_application()
    rows = application.payments.list(creditor, customer, unallocated=unallocated, limit=limit)
    if customer and not rows:
        o.customer_known(application, customer, creditor)
    none = "No money lies on any account." if unallocated else "No payment fits."
    show_rows([payment_line(row) for row in rows], output, _COLUMNS, none)


def allocate(
    invoices: Annotated[list[str], typer.Argument(help="The invoices that shall have it.")],
    *,
    order_id: OwnId,
    payment: Payment = "",
    surplus_of: SurplusOf = "",
    amount: _HowMuch = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Let invoices have money that lies on an account: the rest of a payment, or a surplus.

    They are settled in the order in which they are named; what is too much stays where it is.

    Example: amicable payment allocate 2026-0008 2026-0009 --payment bank/B-1 --id A-1
    """
    application = open_application()
    numbers = tuple(CaseId.named(word, creditor).number for word in invoices)
    order, currency = _placing(application, order_id, payment, surplus_of, creditor)
    money = parse_money(amount, currency) if amount else None
    words = {"note": note, "by": o.somebody(by)}
    _show(application.client.place_money(_with(order, numbers, money, words)), order_id, output)


def refund(
    *,
    order_id: OwnId,
    payment: Payment = "",
    surplus_of: SurplusOf = "",
    amount: _HowMuch = "",
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that money was given back: the rest of a payment, or what a case received.

    From a case the surplus goes first; what is given back beyond it is owed again.

    Example: amicable payment refund --surplus-of 2026-0007 --amount 20.00 --id F-1
    """
    application = open_application()
    if surplus_of:
        if payment or not amount:
            raise UsageError("a refund of a case needs --amount, and no --payment")
        given = o.case_id(surplus_of, creditor)
        money = o.money(application, given, amount, "") or Money(0, "EUR")
        answer = application.client.refund(given, money, message_id=named(order_id), note=note)
        show_answer(given, answer, output)
        return
    order, currency = _placing(application, order_id, payment, "", creditor)
    back = parse_money(amount, currency) if amount else None
    words = {"note": note, "by": o.somebody(by)}
    _show(application.client.place_money(_with(order, (), back, words)), order_id, output)


def _placing(
    application: Application, order_id: str, payment: str, surplus_of: str, creditor: str
) -> tuple[Placing, str]:
    """What is to be placed, and its currency."""
    if bool(payment) == bool(surplus_of):
        raise UsageError("name where the money lies: --payment SOURCE/ID, or --surplus-of CASE")
    if surplus_of:
        told = o.case_file_of(application, surplus_of, creditor).invoice
        mine = Placing(
            creditor=told.creditor,
            customer=told.customer,
            id=named(order_id),
            case=told.case_id,
        )
        return mine, told.amount.currency
    return _on_account(application, order_id, payment, creditor)


def _on_account(
    application: Application, order_id: str, payment: str, creditor: str
) -> tuple[Placing, str]:
    """Money of a payment that no invoice took."""
    try:
        name = PaymentName.parse(payment)
    except DomainError as error:
        raise UsageError(f"--payment {error}") from None
    row = application.payments.show(creditor, name.source, name.id)
    mine = Placing(
        creditor=creditor,
        customer=row.payment.customer,
        id=named(order_id),
        source=name.source,
        payment=name.id,
    )
    return mine, row.payment.amount.currency


def _with(
    order: Placing, invoices: tuple[str, ...], amount: Money | None, words: dict[str, str]
) -> Placing:
    if amount is not None and amount.minor <= 0:
        raise DomainError(f"--amount {amount} must be more than zero")
    return replace(order, invoices=invoices, amount=amount, **words)


def _show(moved: Moved, order_id: str, output: o.Output) -> None:
    told = {
        "id": order_id,
        "new": moved.new,
        "parts": {part.case: part.amount.plain for part in moved.parts},
        "given_back": moved.given_back,
        "left": moved.left,
        "code": moved.code,
    }
    show_one(told, output)
