"""Takes in invoices of a billing system by the same way as any list that owns what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from activities.ports.connectors.connector import (
    ConnectedInvoice,
    NamedConnector,
    NotUnderstood,
    PulledInvoices,
    ThereState,
)
from adapters.runtime.machine import machine_clock
from adapters.wiring.einvoices import einvoice_service
from domain.case.invoice import payment_reference
from domain.einvoice.document import InvoiceParty
from domain.einvoice.terms_text import read_terms_text
from domain.errors import DomainError
from domain.ids import CaseId
from domain.parties.sources import ContactSource
from starter.application import Application
from starter.importing.connected.checking import without_impossible
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
    creditor, service = named_one.creditor, einvoice_service(application.engine, machine_clock)
    pulled = _dated(application, creditor, without_impossible(pulled))
    customers = service.customers_of(creditor, [_buyer(one) for one in pulled.invoices])
    agreed = service.payment_terms(creditor, {one for one in customers if isinstance(one, str)})
    made = connected_export(pulled, customers, agreed)
    order = ImportOrder(
        creditor=creditor,
        export=made.export,
        policy=None,
        partial=True,
        update=True,
        source=ContactSource.BILLING,
    )
    done = carry_out_import(application, prepare_import(application, order, now), starter)
    service.answered(creditor, [row.number for row in done.batch.rows])
    for one in made.asked:
        service.ask(creditor, one.number, one.why)
    told = {"asked": [one.number for one in made.asked]} if made.asked else {}
    return shown_import(application, done) | told


def _dated(application: Application, creditor: str, pulled: PulledInvoices) -> PulledInvoices:
    """Where the system tells no due date, that of the case holds: a person has said it."""
    numbers = {one.number for one in pulled.invoices if one.due is None}
    ids = [str(CaseId(creditor, number)) for number in sorted(numbers)]
    known = {row.number: row.due for row in application.cases.rows(ids)} if ids else {}
    dated = (replace(one, due=one.due or known.get(one.number)) for one in pulled.invoices)
    return replace(pulled, invoices=tuple(dated))


def _buyer(one: ConnectedInvoice) -> InvoiceParty:
    """The buyer by its number there; a name in its place is no id, but tells two buyers apart."""
    # A digit in front, so that it goes before a VAT number that may be told later.
    return replace(one.buyer, id=one.customer, keys=(f"0:{one.customer}",))


@dataclass(frozen=True, slots=True)
class ConnectedImport:
    """What invoices of a billing system make, and those that a person is asked about."""

    export: Export
    asked: tuple[NotUnderstood, ...]


def connected_export(
    pulled: PulledInvoices, customers: Sequence[str | DomainError], agreed: Mapping[str, str]
) -> ConnectedImport:
    """Make of them what any list holds; without a due date the customer's agreed terms hold."""
    rows, left_out, asked = list[InvoiceRow](), list[LeftOut](), list(pulled.refused)
    for place, (one, customer) in enumerate(zip(pulled.invoices, customers, strict=True), 1):
        meaning = _MEANINGS.get(one.state)
        if meaning or one.open.minor <= 0:
            left_out.append(_settled(one, place, meaning or Meaning.PAID))
            continue
        try:
            rows.append(_row(one, customer, agreed.get(str(customer), ""), place))
        except DomainError as error:
            asked.append(NotUnderstood(number=" ".join(one.number.split()), why=str(error)))
    export = Export(rows=tuple(rows), left_out=tuple(left_out), tells_open=True)
    return ConnectedImport(export, tuple(asked))


def _settled(one: ConnectedInvoice, place: int, meaning: Meaning) -> LeftOut:
    why = f"{meaning.value} in the billing system"
    return LeftOut(line=place, number=one.number, why=why, place=one.there, meaning=meaning.value)


def _row(one: ConnectedInvoice, customer: str | DomainError, agreed: str, place: int) -> InvoiceRow:
    if isinstance(customer, DomainError):
        raise customer
    due = one.due or read_terms_text(agreed, one.issued).due
    if due is None:
        raise DomainError("its due date is missing", field="due")
    credited = one.amount - one.paid - one.open
    return InvoiceRow(
        line=place,
        number=named(one.number),
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
