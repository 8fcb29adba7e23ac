"""The noun `payment`: recorded, imported from files, reversed."""

from __future__ import annotations

from typing import Annotated

import typer

from activities.payments.payment_activities import not_in_the_future
from adapters.runtime.machine import machine_clock
from domain.errors import DomainError
from domain.ids import CaseId
from domain.money import parse_money
from domain.payments.allocation import PaymentIn, PaymentKind
from starter.application import Application, open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.commands.money.payment import in_flight, placing
from starter.cli.errors import UsageError
from starter.cli.output import say, show_one
from starter.cli.progress import bar
from starter.cli.shapes import show_answer
from starter.importing.files.cells import named
from starter.importing.files.options import ReadOptions
from starter.importing.files.payments import PAYMENT_FIELDS, payments_in
from starter.importing.files.table import read_table
from starter.importing.intake.payments import post_all, refuse_payment_conflicts
from starter.importing.intake.starting import wake_all

app = typer.Typer(
    help="Money: record, import, reverse, list, allocate, refund, in flight.", no_args_is_help=True
)
app.command("list")(placing.list_)
app.command()(placing.allocate)
app.command()(placing.refund)
app.command("in-flight")(in_flight.in_flight)
app.command()(in_flight.failed)

_Source = Annotated[str, typer.Option(help="Who reports it, such as a bank account.")]


@app.command()
def record(
    invoices: Annotated[
        list[str] | None, typer.Argument(help="The invoices it is meant for, if it says so.")
    ] = None,
    *,
    amount: o.Amount,
    payment_id: Annotated[str, typer.Option("--id", help="Its id; posted twice, it counts once.")],
    customer: Annotated[str, typer.Option(help="Who paid; known if an invoice is named.")] = "",
    currency: o.Currency = "",
    date: Annotated[str, typer.Option(help="The value date, ISO; now unless given.")] = "",
    source: _Source = "cli",
    note: o.Note = "",
    credit_note: Annotated[
        bool, typer.Option("--credit-note", help="No money: a credit note for no invoice.")
    ] = False,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record money that came in, for one invoice, for many, or as the policy orders them.

    A stand-alone credit note settles nothing until `payment allocate` says which invoice has it.

    Example: amicable payment record 2026-0007 --creditor acme --amount 119.00 --id B-1
    """
    application, cases = open_application(), [o.case_id(word, creditor) for word in invoices or []]
    told = o.case_file_of(application, cases[0], creditor).invoice if cases else None
    if told is None and not (customer and currency):
        raise UsageError("name an invoice, or --customer and --currency")
    now = machine_clock()
    day = o.day(date)
    payment = PaymentIn(
        creditor=told.creditor if told else creditor,
        source=named(source),
        id=named(payment_id),
        customer=customer or (told.customer if told else ""),
        amount=parse_money(amount, currency.upper() or (told.amount.currency if told else "")),
        at=now,
        day=day,
        invoices=tuple(CaseId.parse(case).number for case in cases),
        note=note,
        kind=PaymentKind.CREDIT_NOTE if credit_note else PaymentKind.PAYMENT,
    )
    if day:
        not_in_the_future(day, now)
    _check(application, payment, cases)
    show_one({"payment": payment.key, **vars(application.client.post_payment(payment))}, output)


@app.command("import")
def import_(
    file: files.File,
    *,
    creditor: o.Creditor = o.CREDITOR,
    source: _Source = "file",
    columns: files.Map = [],  # noqa: B006 - read, never changed
    constants: files.Set = [],  # noqa: B006 - read, never changed
    map_file: files.MapFile = "",
    date_format: files.DateFormat = "",
    decimal_comma: files.DecimalComma = False,
    zone: files.Zone = "UTC",
    output: o.Output = o.OUTPUT,
) -> None:
    """Post every payment of a CSV file; repeating it changes nothing.

    Any error, and any id that was posted before with other content, refuses the whole file.
    Columns: id, customer, amount, currency, date; and invoices (separated by ; or spaces),
    source, note, kind (`payment`, or `credit_note` for one that stands alone).

    Example: amicable payment import bank.csv --creditor acme --source bank --decimal-comma
    """
    told = ReadOptions(
        date_format=date_format,
        decimal_comma=decimal_comma,
        zone=zone,
        source=source,
        creditor=creditor,
    )
    options = files.read_options(told, columns, constants, map_file)
    table = read_table(file, PAYMENT_FIELDS, options)
    payments = payments_in(table, options)
    if table.ignored:
        say(f"not read, for such columns are not known here: {', '.join(table.ignored)}")
    application = open_application()
    refuse_payment_conflicts(application, creditor, payments)
    runs = application.runs
    with bar() as report:
        taken = post_all(application.desk, payments, report)
        woken = application.runner.run(wake_all(runs, taken.cases, report))
    if taken.unallocated:
        say(
            f"{taken.unallocated} payments fit no invoice in full; see `payment list --unallocated`"
        )
    told_back = {"read": len(payments), "posted": taken.new, "known": taken.known}
    show_one({**told_back, "unallocated": taken.unallocated, "woken": woken}, output)


@app.command()
def reverse(
    case: o.CaseArgument,
    *,
    message_id: o.MessageId,
    payment: Annotated[str, typer.Option(help="The payment's id; the last one unless given.")] = "",
    amount: Annotated[str, typer.Option(help="How much of it; all unless given.")] = "",
    currency: o.Currency = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record that a payment came back; what it had settled is owed again.

    Example: amicable payment reverse 2026-0007 --creditor acme --payment B-1 --id R-1
    """
    application, given = open_application(), o.case_id(case, creditor)
    money = o.money(application, given, amount, currency)
    answer = application.client.reverse_payment(given, money, message_id=message_id, ref=payment)
    show_answer(given, answer, output)


def _check(application: Application, payment: PaymentIn, cases: list[str]) -> None:
    if payment.amount.minor <= 0:
        raise DomainError(f"--amount {payment.amount} must be more than zero")
    for case in cases:
        invoice = o.case_file_of(application, case, "").invoice
        if invoice.customer != payment.customer:
            raise DomainError(
                f"{case} is {invoice.customer}'s, not {payment.customer}'s; "
                "record one payment for each customer"
            )
