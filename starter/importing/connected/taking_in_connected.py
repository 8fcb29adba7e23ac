"""Takes in invoices of a billing system by the same way as any list that owns what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from activities.ports.connectors.connector import (
    ConnectedInvoice,
    NamedConnector,
    PulledInvoices,
    ThereState,
)
from adapters.runtime.machine import machine_clock
from adapters.wiring.einvoices import einvoice_service
from domain.case.invoice import payment_reference
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError
from starter.application import Application
from starter.importing.einvoices.debtors import party_as_debtor
from starter.importing.exports.export import Export, LeftOut
from starter.importing.exports.settling import Meaning
from starter.importing.files.cells import named
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.taking_in import (
    CaseStarter,
    ImportOrder,
    carry_out_import,
    prepare_import,
    shown_import,
)

_MEANINGS = {
    ThereState.PAID: Meaning.PAID,
    ThereState.VOID: Meaning.VOID,
    ThereState.WRITTEN_OFF: Meaning.WRITTEN_OFF,
    ThereState.CREDITED: Meaning.CREDITED,
    ThereState.DRAFT: Meaning.DRAFT,
}


def take_in_connected(
    application: Application,
    named_one: NamedConnector,
    pulled: PulledInvoices,
    starter: CaseStarter,
    now: datetime,
) -> dict[str, Any]:
    """Open, change and close cases as a billing system says; repeating it changes nothing.

    Raises:
        ConflictError: if a number was opened before with other content.
    """
    buyers = [_buyer(one) for one in pulled.invoices]
    service = einvoice_service(application.engine, machine_clock)
    customers = service.customers_of(named_one.creditor, buyers)
    export, undated = connected_export(pulled, customers)
    order = ImportOrder(
        creditor=named_one.creditor, export=export, policy=None, partial=True, update=True
    )
    done = carry_out_import(application, prepare_import(application, order, now), starter)
    _ask_for_dates(application, named_one, undated, [row.number for row in done.batch.rows])
    return shown_import(application, done) | ({"asked": undated} if undated else {})


def _buyer(one: ConnectedInvoice) -> InvoiceParty:
    """The buyer by its number there; a name in its place is no id, but tells two buyers apart."""
    # A digit in front, so that it goes before a VAT number that may be told later.
    return replace(one.buyer, id=one.customer, keys=(f"0:{one.customer}",))


def connected_export(
    pulled: PulledInvoices, customers: Sequence[str | DomainError]
) -> tuple[Export, list[str]]:
    """Make of them what any list holds; answers also the numbers without a due date."""
    rows, left_out = list[InvoiceRow](), list[LeftOut]()
    refused, undated = list(pulled.refused), list[str]()
    for place, (one, customer) in enumerate(zip(pulled.invoices, customers, strict=True), 1):
        meaning = _MEANINGS.get(one.state)
        try:
            number = named(one.number)
            if meaning or one.open.minor <= 0:
                left_out.append(_settled(one, place, meaning or Meaning.PAID))
            elif isinstance(customer, DomainError):
                refused.append(f"{one.there}: {customer}")
            elif one.due is None:
                undated.append(number)
            else:
                rows.append(_row(one, customer, one.due, place))
        except DomainError as error:
            refused.append(f"{one.there}: {error}")
    export = Export(
        rows=tuple(rows), left_out=tuple(left_out), refused=tuple(refused), tells_open=True
    )
    return export, undated


def _settled(one: ConnectedInvoice, place: int, meaning: Meaning) -> LeftOut:
    why = f"{meaning.value} in the billing system"
    return LeftOut(line=place, number=one.number, why=why, place=one.there, meaning=meaning.value)


def _row(one: ConnectedInvoice, customer: str, due: date, place: int) -> InvoiceRow:
    credited = one.amount - one.paid - one.open
    return InvoiceRow(
        line=place,
        number=one.number,
        debtor=party_as_debtor(one.buyer, named(customer), one.language),
        issued=one.issued,
        due=due,
        amount=one.amount,
        paid=one.paid if one.paid.minor > 0 else None,
        credited=credited if credited.minor > 0 else None,
        reference=_reference(one.reference),
        place=one.there,
    )


def _reference(text: str) -> str:
    """A reference that is none is left out: the invoice's number is printed as well."""
    try:
        return payment_reference(text)
    except DomainError:
        return ""


def _ask_for_dates(
    application: Application, named_one: NamedConnector, undated: Sequence[str], opened: list[str]
) -> None:
    service, creditor = einvoice_service(application.engine, machine_clock), named_one.creditor
    service.answered(creditor, opened)
    for number in undated:
        service.ask(creditor, number, "its due date is missing")
