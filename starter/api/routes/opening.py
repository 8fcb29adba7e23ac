"""The route that opens a case: the invoice, and how its customer is reached."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.cases.opening import LastStep, read_invoice
from activities.services.customers.customers import ContactError
from domain.case.invoice import LONGEST_REFERENCE
from domain.case.terms import MOST_DUE_DATES
from domain.einvoice.terms_text import agreed_terms
from domain.errors import DomainError
from domain.ids import CaseId
from domain.intake.reading import read_day
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Amount, Currency, Day, Name, Percent, Short, Strict
from starter.contact_data import read_phone
from starter.views.lines import about_contact, case_line

CONTACT = {"zone": "Europe/Berlin", "country": "DE", "email": "accounts@customer.example"}
_EXAMPLE: dict[str, Any] = {
    "number": "2026-0007",
    "customer": "C-7",
    "issued": "2026-11-01",
    "due": "2026-12-01",
    "amount": "119.00",
    "currency": "EUR",
    "contact": CONTACT,
}


class Contact(Strict):
    """How the customer is reached; what is not said stays as it is known."""

    name: Short = ""
    email: Short = ""
    phone: Annotated[
        Short,
        Field(description="As people write it; with + and its code unless the country is given."),
    ] = ""
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    subdivision: Annotated[str, Field(pattern="^[A-Z0-9]{0,3}$")] = ""
    zone: Annotated[Short, Field(description="IANA time zone.")] = "UTC"
    language: Annotated[str, Field(pattern="^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")] = ""
    kind: Annotated[str, Field(pattern="^(business|consumer)?$")] = ""
    street: Annotated[Short, Field(description="Of the postal address, with the number.")] = ""
    postcode: Short = ""
    town: Short = ""
    attention: Annotated[Short, Field(description="Whom in the company a letter is for.")] = ""
    vat_id: Short = ""
    payment_terms: Annotated[
        Short, Field(description="As `30 days`, where an electronic invoice tells no due date.")
    ] = ""


class TermsPart(Strict):
    """One of the parts in which an invoice falls due."""

    due: Day
    amount: Amount


class NewCase(Strict):
    """An unpaid invoice that is to be chased."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    number: Annotated[Name, Field(description="Exactly as printed.")]
    customer: Annotated[Name, Field(description="Your id of the customer.")]
    issued: Day
    due: Day
    amount: Annotated[Amount, Field(description="Gross.")]
    currency: Currency
    discount_percent: Annotated[Percent | None, Field(description="For paying early.")] = None
    discount_days: Annotated[int | None, Field(ge=1, le=365)] = None
    discount_until: Day | None = None
    reference: Annotated[str, Field(max_length=LONGEST_REFERENCE)] = ""
    terms: Annotated[
        list[TermsPart] | None,
        Field(
            min_length=2,
            max_length=MOST_DUE_DATES,
            description="Where it falls due in parts: they make the amount, the first is due on "
            "`due`, and each later one after the one before.",
        ),
    ] = None
    last_step: Annotated[
        Name | None, Field(description="The step of the policy that was said last, elsewhere.")
    ] = None
    last_step_on: Annotated[Day | None, Field(description="The day on which that was.")] = None
    contact: Contact | None = None


def open_over_http(new: NewCase, ask: Asked) -> JSONResponse:
    """Open a case; the same invoice twice is one case, another under its number a conflict.

    How the customer is reached is taken in each time, but never over what a person put right.
    """
    case_id = str(CaseId(ask.creditor, new.number))
    given = new.model_dump(exclude={"contact", "last_step", "last_step_on"}, exclude_none=True)
    invoice, last = read_invoice(case_id, given, ask.now), _last_step(new, ask)
    told = _debtor_of(ask, new) if new.contact else Debtor(id=new.customer)
    desk, customers = ask.application.desk, ask.application.customers
    if ask.application.cases.row(case_id) is not None:
        desk.open(invoice)  # refuses another invoice of this number before anything changes by it
    believed = customers.tell(ask.creditor, told, ContactSource.BILLING, by=ask.somebody)
    opened = desk.open(invoice, last_step=last)
    ask.about(case_id)
    ask.wake(opened if opened.new else opened.woken)
    row = ask.application.cases.row(case_id)
    line: dict[str, Any] = case_line(row) if row else {}
    more = about_contact(opened.unreachable, believed)
    return shown_json({"new": opened.new, **line, **more}, 201 if opened.new else 200)


def _last_step(new: NewCase, ask: Ask) -> LastStep | None:
    if new.last_step is None and new.last_step_on is None:
        return None
    if new.last_step is None or new.last_step_on is None:
        field = "last_step" if new.last_step is None else "last_step_on"
        detail = f"{field}: the last reminder needs its step and its day"
        raise HttpProblem("invalid", detail, field=field)
    return LastStep(step=new.last_step, day=read_day(new.last_step_on), by=ask.somebody)


def _check_terms(terms: str) -> None:
    try:
        agreed_terms(terms)
    except DomainError as error:
        field = "contact.payment_terms"
        raise HttpProblem("invalid", f"{field}: {error}", field=field) from None


def _debtor_of(ask: Ask, new: NewCase) -> Debtor:
    """The customer as the contact describes it, checked."""
    contact = new.contact or Contact()
    try:
        phone = read_phone(contact.phone.strip(), contact.country)
    except DomainError as error:
        detail = f"contact.phone: {error}"
        raise HttpProblem("invalid", detail, field="contact.phone") from None
    told = Debtor(id=new.customer, **contact.model_dump() | {"phone": phone})
    _check_terms(contact.payment_terms)
    try:
        ask.application.customers.check(told)
    except ContactError as error:
        field = f"contact.{error.field}"
        raise HttpProblem("invalid", f"{field}: {error.reason}", field=field) from None
    except DomainError as error:
        raise HttpProblem("invalid", f"contact: {error}", field="contact") from None
    return told
