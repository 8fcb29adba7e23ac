"""Who a line speaks of: the debtor with addresses, numbers and place checked on entry (P01)."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from domain.calendar import check_place
from domain.errors import DomainError
from domain.parties.people import Debtor
from domain.policy.model import CLASSES
from starter.importing.files.cells import named
from starter.importing.files.options import ReadOptions
from starter.importing.files.table import CsvLine

CONTACT_FIELDS = (
    "customer_name",
    "email",
    "phone",
    "country",
    "subdivision",
    "timezone",
    "language",
    "class",
    "sales_rep",
)
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


def debtor(line: CsvLine, options: ReadOptions) -> Debtor:
    """The customer of a line; what is wrong is noted on the line."""
    country = line.read("country", _country, "") or options.country
    subdivision, zone = line.text("subdivision"), line.text("timezone") or options.zone
    line.read("timezone", lambda _: check_place(zone, country, subdivision), None)
    return Debtor(
        id=line.read("customer", named, "?"),
        name=line.text("customer_name"),
        email=line.read("email", _email, ""),
        phone=line.read("phone", lambda text: _phone(text, country), ""),
        country=country,
        subdivision=subdivision,
        zone=zone,
        language=line.read("language", _language, ""),
        customer_class=line.read("class", _class, ""),
        sales_rep=line.text("sales_rep"),
    )


@lru_cache(maxsize=4096)
def _email(text: str) -> str:
    if not text:
        return ""
    try:
        # Whether it can be delivered is for the first message to find out, not for an import.
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise DomainError(f"{text!r} is no e-mail address: {error}") from None
    if "." not in found.domain:
        raise DomainError(f"{text!r} is no e-mail address: its domain has no dot")
    return found.normalized


@lru_cache(maxsize=4096)
def _phone(text: str, country: str) -> str:
    if not text:
        return ""
    way_out = "write it like +49 30 901820"
    if not country:
        way_out += ", or name the country"
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise DomainError(f"{text!r} is no phone number; {way_out}") from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise DomainError(f"{text!r} cannot be a phone number; {way_out}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _country(text: str) -> str:
    if text and not _COUNTRY.match(text.upper()):
        raise DomainError(f"{text!r} is no country code; write for example DE, GB or US")
    return text.upper()


def _language(text: str) -> str:
    if text and not _LANGUAGE.match(text):
        raise DomainError(f"{text!r} is no language tag; write for example en, de or pt-BR")
    return text


def _class(text: str) -> str:
    if text and text not in CLASSES:
        known = ", ".join(CLASSES)
        raise DomainError(f"{text!r} is no customer class; write one of {known}, or leave it empty")
    return text
