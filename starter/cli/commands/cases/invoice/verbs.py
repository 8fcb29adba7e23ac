"""The noun `invoice`: imported from files, opened one by one, listed and shown."""

# One thing: the verbs of one noun, and what they check of the options they share.

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.cases.opening import LastStep
from activities.ports.stores.cases import CaseFilter
from activities.services.customers.customers import ContactError
from adapters.runtime.machine import machine_clock
from domain.calendar import check_place
from domain.case.invoice import InvoicePart, payment_reference
from domain.case.model import Invoice
from domain.errors import DomainError
from domain.evidence.model import as_invoice, filed
from domain.intake.terms import read_parts
from domain.message_types import Stage
from domain.money import Money, parse_money
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource
from domain.payments.discounts import discount_of
from domain.policy.model import Policy
from domain.words import unknown_word
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.cases.evidence import body
from starter.cli.commands.cases.invoice import importing
from starter.cli.commands.cases.invoice.correcting import correct
from starter.cli.contact_options import read_option_phone, read_option_text
from starter.cli.errors import UsageError
from starter.cli.output import show_one, show_rows
from starter.cli.shapes import CASE_COLUMNS, show_answer
from starter.importing.files.cells import named
from starter.views.lines import about_contact, case_line
from starter.views.records.record_lines import evidence_line

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


app.command("import")(importing.import_)


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
    part: Annotated[
        list[str] | None,
        typer.Option(help="One of several due dates, as DATE=AMOUNT; the first is --due."),
    ] = None,
    phone: Annotated[str, typer.Option(help="Such as '+44 20 7946 0958'.")] = "",
    country: Annotated[str, typer.Option(help="The customer's country, such as DE.")] = "",
    last_step: Annotated[
        str, typer.Option(help="The step of the policy that was said last, elsewhere.")
    ] = "",
    last_step_on: Annotated[str, typer.Option(help="The day on which that was, ISO.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    policy: o.PolicyName = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Open one case and start its workflow; opening it twice is harmless.

    Where it falls due in parts, say --part for each of them. With --last-step the case goes on
    after a reminder that was sent elsewhere.

    Example: amicable invoice open R-7 --customer C-1 --amount 119 --currency EUR --due 2026-12-31
    """
    now = machine_clock()
    money, day = parse_money(amount, currency.upper()), o.day(issued, "--issued") or now.date()
    percent, _, days = discount.partition("/")
    if discount and not (percent and days):
        raise UsageError(f"--discount {discount} is no PERCENT/DAYS; write it like 2/10")
    due_on = o.day(due, "--due") or now.date()
    invoice = Invoice(
        creditor=named(creditor),
        number=named(number),
        customer=named(customer),
        issued=day,
        due=due_on,
        amount=money,
        opened_at=now,
        discount=discount_of(percent, days, None, day, money),
        reference=_reference(reference),
        terms=_terms(part or [], due_on, money),
    )
    _check(invoice)
    told = _debtor(customer, name, email, phone, country)
    before = _last_step(last_step, last_step_on)
    show_one(_open(invoice, told, o.asked(policy), before), output)


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
    if stage and stage not in list(Stage):
        raise UsageError(f"--stage {unknown_word(stage, 'stage', Stage)}")
    wanted = CaseFilter(
        creditor=creditor, customer=customer, stage=stage, open_only=not all_, limit=limit
    )
    application = open_application()
    rows = [case_line(row) for row in application.cases.list(wanted)]
    if customer and not rows:
        o.customer_known(application, customer, creditor)
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


def _open(
    invoice: Invoice, told: Debtor, policy: Policy | None, before: LastStep | None
) -> dict[str, Any]:
    """Open a case; how its customer is reached is taken in by who says it."""
    application = open_application()
    _check_email(application, told.email)
    if (
        application.cases.row(invoice.case_id) is not None
    ):  # first whether it is the same invoice: else nothing may change by it
        application.client.open_case(invoice, policy, before)
    by = o.somebody("")
    believed = application.customers.tell(invoice.creditor, told, ContactSource.BILLING, by=by)
    opened = application.client.open_case(invoice, policy, before)
    case = application.cases.row(invoice.case_id)
    line = case_line(case) if case else {}
    return {"new": opened.new, **line, **about_contact(opened.unreachable, believed)}


def _debtor(customer: str, name: str, email: str, phone: str, country: str) -> Debtor:
    """What is said about the customer, checked."""
    country = country.upper()
    check_place("UTC", country, "")
    return Debtor(
        id=customer,
        name=read_option_text("--name", name),
        email=email,
        phone=read_option_phone(phone, country),
        country=country,
    )


def _last_step(step: str, on: str) -> LastStep | None:
    if bool(step) != bool(on):
        raise UsageError("--last-step and --last-step-on belong together; give both")
    day = o.day(on, "--last-step-on")
    return LastStep(step=step, day=day, by=o.somebody("")) if day else None


def _reference(text: str) -> str:
    try:
        return payment_reference(text)
    except DomainError as reason:
        raise DomainError(f"--reference {reason}") from None


def _terms(parts: list[str], due: date, amount: Money) -> tuple[InvoicePart, ...]:
    """The parts in which an invoice falls due, as they were written."""
    told = []
    for word in parts:
        day, sign, sum_ = word.partition("=")
        if not sign:
            raise UsageError(f"--part {word} is no DATE=AMOUNT; write it like 2026-12-31=50.00")
        told.append({"due": day.strip(), "amount": sum_.strip()})
    try:
        return read_parts(told, due, amount)
    except DomainError as reason:
        raise DomainError(f"--part: {reason}") from None


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
