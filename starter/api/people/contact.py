"""How a customer is reached, corrected by a person."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from domain.einvoice.terms_text import agreed_terms
from domain.errors import DomainError
from domain.parties.people import Debtor
from starter.api.dependencies import Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Name, Short, Strict
from starter.api.people.customers import CustomerInPath
from starter.api.reading import named_object
from starter.contact_data import read_phone


class ContactCorrection(Strict):
    """What is said of how a customer is reached; what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"phone": "+442079460113"}]})

    name: Short = ""
    email: Short = ""
    phone: Annotated[
        Short, Field(description="As people write it; with + and its code unless known where.")
    ] = ""
    language: Short = ""
    country: Short = ""
    subdivision: Short = ""
    zone: Short = ""
    kind: Literal["", "business", "consumer"] = ""
    street: Short = ""
    postcode: Short = ""
    town: Short = ""
    attention: Short = ""
    vat_id: Short = ""
    payment_terms: Short = ""
    sales_rep: Short = ""
    customer_class: Literal["", "new", "good", "late_payer", "risky"] = ""
    by: Name | None = None


FIELDS_OF_CONTACT = tuple(name for name in ContactCorrection.model_fields if name != "by")


def change_customer(customer: CustomerInPath, said: ContactCorrection, ask: Asked) -> JSONResponse:
    """Correct how a customer is reached; it counts as said by a person, with its date."""
    known, customers = named_object(customer, "customer"), ask.application.customers
    debtor = customers.debtor(ask.creditor, known)
    told = {name: value for name in FIELDS_OF_CONTACT if (value := getattr(said, name))}
    if said.phone:
        country = said.country or debtor.country
        told["phone"] = _phone(said.phone.strip(), country)
    if said.payment_terms:
        told["payment_terms"] = _terms(said.payment_terms)
    now: Debtor = customers.set_contact(ask.creditor, known, told, by=said.by or ask.somebody)
    ask.wake(*map(ask.application.desk.look, customers.to_wake(ask.creditor, known)))
    taken = [name for name, value in told.items() if getattr(now, name) == value]
    left = [name for name in told if name not in taken]
    return shown_json({"customer": known, "changed": taken, "kept_as_it_was": left})


def _phone(number: str, country: str) -> str:
    try:
        return read_phone(number, country)
    except DomainError as error:
        raise HttpProblem("invalid", f"phone: {error}", field="phone") from None


def _terms(terms: str) -> str:
    try:
        return agreed_terms(terms)
    except DomainError as error:
        raise HttpProblem("invalid", f"payment_terms: {error}", field="payment_terms") from None
