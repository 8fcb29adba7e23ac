"""The noun `invoice`: imported from files, opened one by one, listed and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activities.ports.stores.cases import CaseFilter
from activities.services.customers.customers import ContactError
from adapters.runtime.machine import machine_clock
from domain.case.invoice import payment_reference
from domain.case.model import Invoice
from domain.errors import DomainError
from domain.evidence.model import as_invoice, filed
from domain.money import parse_money
from domain.parties.people import Debtor
from domain.payments.discounts import discount_of
from starter.application import Application, open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.commands.cases.evidence import body, evidence_line
from starter.cli.commands.cases.invoice import importing
from starter.cli.commands.cases.invoice.correcting import correct
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.cli.shapes import CASE_COLUMNS, show_answer
from starter.importing.files.cells import named
from starter.importing.files.invoices import read_invoices
from starter.importing.files.options import ReadOptions
from starter.views.lines import case_line

app = typer.Typer(
    help="Invoices: import, open, list, show, credit, correct, copy.", no_args_is_help=True
)
app.command()(correct)


@app.command()
def copy(
    case: o.CaseArgument,
    file: Annotated[Path, typer.Argument(help="The invoice as a PDF; at most 5 MB.")],
    *,
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Keep a copy of the invoice with its case: letters that ask for payment attach the newest.

    Example: amicable invoice copy 2026-0007 invoice.pdf --creditor acme
    """
    application, given = open_application(), o.case_id(case, creditor)
    handed_in = filed(file.name, body(file), note=note, by=o.somebody(by))
    kept = application.desk.file_evidence(given, as_invoice(handed_in))
    show_one({"case": given, **evidence_line(kept)}, output)


@app.command("import")
def import_(
    file: files.File,
    *,
    creditor: o.Creditor = o.CREDITOR,
    policy: o.PolicyName = "",
    columns: files.Map = [],  # noqa: B006 - read, never changed
    constants: files.Set = [],  # noqa: B006 - read, never changed
    map_file: files.MapFile = "",
    date_format: files.DateFormat = "",
    decimal_comma: files.DecimalComma = False,
    country: files.Country = "",
    zone: files.Zone = "UTC",
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go out.")] = False,
    output: o.Output = o.OUTPUT,
) -> None:
    """Open a case for every invoice of a CSV file; repeating it changes nothing.

    Any error, and any number that was opened before with other content, refuses the whole file.
    A column `settled` tells when an invoice was paid in full; a discount for paying early is
    `discount_percent` with `discount_days` (from the invoice date) or `discount_until`;
    `reference` is the payment reference that is printed on the invoice.

    Example: amicable invoice import open.csv --creditor acme --map number=InvoiceNo
    """
    told = ReadOptions(
        date_format=date_format, decimal_comma=decimal_comma, country=country, zone=zone
    )
    options = files.read_options(told, columns, constants, map_file)
    rows = read_invoices(file, options)
    order = importing.ImportOrder(
        creditor=named(creditor), rows=rows, policy=o.asked(policy), yes=yes
    )
    show_one(importing.invoices(open_application(), order), output)


@app.command("open")
def open_(
    number: Annotated[str, typer.Argument(help="The invoice's number, exactly as printed.")],
    *,
    customer: Annotated[str, typer.Option(help="Your id of the customer.")],
    amount: Annotated[str, typer.Option(help="The gross amount, such as 119.00.")],
    currency: Annotated[str, typer.Option(help="ISO code, such as EUR.")],
    due: Annotated[str, typer.Option(help="The due date, ISO.")],
    issued: Annotated[str, typer.Option(help="The invoice date, ISO; today unless given.")] = "",
    name: Annotated[str, typer.Option(help="The customer's name.")] = "",
    email: Annotated[str, typer.Option(help="Where mails go.")] = "",
    discount: Annotated[
        str, typer.Option(help="For paying early: percent/days, such as 2/10 (P07).")
    ] = "",
    reference: Annotated[
        str, typer.Option(help="The payment reference that is printed on the invoice.")
    ] = "",
    creditor: o.Creditor = o.CREDITOR,
    policy: o.PolicyName = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Open one case and start its workflow; opening it twice is harmless.

    Example: amicable invoice open R-7 --customer C-1 --amount 119 --currency EUR --due 2026-12-31
    """
    now = machine_clock()
    money, day = parse_money(amount, currency.upper()), o.day(issued, "--issued") or now.date()
    percent, _, days = discount.partition("/")
    if discount and not (percent and days):
        raise UsageError(f"--discount {discount} is no PERCENT/DAYS; write it like 2/10")
    invoice = Invoice(
        creditor=named(creditor),
        number=named(number),
        customer=named(customer),
        issued=day,
        due=o.day(due, "--due") or now.date(),
        amount=money,
        opened_at=now,
        discount=discount_of(percent, days, None, day, money),
        reference=_reference(reference),
    )
    _check(invoice)
    application = open_application()
    _check_email(application, email)
    if application.cases.row(invoice.case_id) is None:  # else nothing may change by it
        application.customers.note(creditor, Debtor(id=customer, name=name, email=email))
    opened = application.client.open_case(invoice, o.asked(policy))
    case = application.cases.row(invoice.case_id)
    show_one({"new": opened.new, **(case_line(case) if case else {})}, output)


@app.command("list")
def list_(
    *,
    creditor: o.Creditor = "",
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "",
    stage: Annotated[str, typer.Option(help="Only this stage, such as reminding.")] = "",
    all_: Annotated[bool, typer.Option("--all", help="Ended ones, too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    output: o.Output = o.OUTPUT,
) -> None:
    """List invoices by due date with what comes next.

    Example: amicable invoice list --stage reminding -o jsonl
    """
    wanted = CaseFilter(
        creditor=creditor, customer=customer, stage=stage, open_only=not all_, limit=limit
    )
    rows = [case_line(row) for row in open_application().cases.list(wanted)]
    show_rows(rows, output, CASE_COLUMNS, "No invoice fits; --all shows the ended ones, too.")


@app.command()
def show(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Show one invoice: what was paid, credited and is open, and what comes next.

    Example: amicable invoice show invoice/acme/2026-0007 -o json
    """
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    row = application.cases.row(file.invoice.case_id)
    show_one(case_line(row) if row else {}, output)


@app.command()
def credit(
    case: o.CaseArgument,
    *,
    amount: o.Amount,
    message_id: o.MessageId,
    currency: o.Currency = "",
    cancel: Annotated[bool, typer.Option("--cancel", help="Take the credit note back.")] = False,
    note: o.Note = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Record a credit note, which lowers what is owed; or, with --cancel, take one back.

    Example: amicable invoice credit 2026-0007 --creditor acme --amount 19.00 --id CN-3
    """
    application, given = open_application(), o.case_id(case, creditor)
    money = o.money(application, given, amount, currency)
    if money is None:
        raise DomainError("--amount is empty; write it like 19.00")
    if cancel:
        answer = application.client.cancel_credit(given, money, message_id=message_id)
    else:
        answer = application.client.credit(given, money, message_id=message_id, note=note)
    show_answer(given, answer, output)


def _reference(text: str) -> str:
    try:
        return payment_reference(text)
    except DomainError as reason:
        raise DomainError(f"--reference {reason}") from None


def _check_email(application: Application, email: str) -> None:
    try:
        application.customers.check_reach(email)
    except ContactError as error:
        raise DomainError(f"--email {error}") from None


def _check(invoice: Invoice) -> None:
    if invoice.due < invoice.issued:
        raise DomainError(f"--due {invoice.due} lies before --issued {invoice.issued}")
    if invoice.amount.minor <= 0:
        raise DomainError(f"--amount {invoice.amount} must be more than zero")
    if "/" in invoice.creditor:
        raise DomainError(f"--creditor {invoice.creditor} holds a slash; write a short id")
