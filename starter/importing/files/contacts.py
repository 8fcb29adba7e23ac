"""Reads the debtor of a line: addresses, numbers and place, checked on entry (P01)."""

from __future__ import annotations

import re

from domain.calendar import check_place
from domain.errors import DomainError
from domain.parties.people import Debtor
from domain.policy.model import CLASSES
from domain.words import nearest_word
from starter.contact_data import read_email, read_phone, read_short_text
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
    "street",
    "postcode",
    "town",
    "attention",
    "vat_id",
)
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


def debtor(line: CsvLine, options: ReadOptions) -> Debtor:
    """Read the customer of a line; what is wrong is noted on the line."""
    country = line.read("country", _country, "") or options.country
    subdivision, zone = line.text("subdivision"), line.text("timezone") or options.zone
    line.read("timezone", lambda _: check_place(zone, country, subdivision), None)
    return Debtor(
        id=line.read("customer", named, "?"),
        name=line.read("customer_name", read_short_text, ""),
        email=line.read("email", read_email, ""),
        phone=line.read("phone", lambda text: read_phone(text, country), ""),
        country=country,
        subdivision=subdivision,
        zone=zone,
        language=line.read("language", _language, ""),
        customer_class=line.read("class", _class, ""),
        sales_rep=line.read("sales_rep", read_short_text, ""),
        street=line.read("street", read_short_text, ""),
        postcode=line.read("postcode", read_short_text, ""),
        town=line.read("town", read_short_text, ""),
        attention=line.read("attention", read_short_text, ""),
        vat_id=line.read("vat_id", read_short_text, ""),
    )


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
        known, near = ", ".join(CLASSES), nearest_word(text, CLASSES)
        meant = f"did you mean {near}? " if near else ""
        reason = f"{meant}write one of {known}, or leave it empty"
        raise DomainError(f"{text!r} is no customer class; {reason}")
    return text
