"""The creditor's own data, with a letter beside the form as customers would read it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from activities.ports.letter_data import Letter
from activities.ports.stores.errors import NotKnownError
from activities.ports.types import LetterError
from domain.errors import DomainError
from domain.parties.console import ConsoleRole
from domain.parties.people import Creditor
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.letters.samples import sample_letter

SENDER_KEEPERS = frozenset({ConsoleRole.ADMIN})
SAMPLES_SHOWN = ("polite-friendly", "formal-firm", "agreement-plan", "dispute_received")
"""The letters that can be looked at while the form is filled in."""

_HERE = "/operation/sender"
_LONG = ("address", "terms", "signature", "contact", "register")


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderField:
    """A field of the form: its name, what it is called, and what an empty one means."""

    name: str
    label: str
    hint: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it holds several lines."""
        return self.name in _LONG


SENDER_FIELDS = (
    SenderField(name="name", label="Legal name"),
    SenderField(name="email", label="E-mail", hint="sender, and where answers go"),
    SenderField(name="sender_name", label="Name in mailboxes", hint="empty: the legal name"),
    SenderField(name="phone", label="Phone"),
    SenderField(name="contact", label="Whom to talk to"),
    SenderField(name="street", label="Street and number"),
    SenderField(name="postcode", label="Postcode"),
    SenderField(name="town", label="Town"),
    SenderField(name="country", label="Country", hint="two letters"),
    SenderField(name="address", label="Address as it is printed", hint="below the street"),
    SenderField(name="iban", label="IBAN"),
    SenderField(name="bic", label="BIC"),
    SenderField(name="bank", label="Bank"),
    SenderField(name="reference", label="References", hint="iso11649, be, ch, fi, no, se"),
    SenderField(name="pay_link", label="Pay link", hint="may hold {number} and {amount}"),
    SenderField(name="languages", label="Languages", hint="such as de, en"),
    SenderField(name="terms", label="Payment terms", hint="[de] begins a language"),
    SenderField(name="signature", label="Signature", hint="empty: contact and name"),
    SenderField(name="register", label="Register", hint="what the law wants on letters"),
    SenderField(name="tax_number", label="Tax or VAT number"),
)
"""Everything that letters state about their sender, in the order of the form."""

_Word = Annotated[str, Query(max_length=40)]


def sender_pages() -> APIRouter:
    """Make the addresses of the creditor's own data."""
    router = APIRouter()
    router.add_api_route(_HERE, sender_page, methods=["GET"])
    router.add_api_route(f"{_HERE}/look", look_at_sender, methods=["POST"])
    router.add_api_route(_HERE, keep_sender, methods=["POST"])
    return router


def sender_page(visit: Visiting, letter: _Word = SAMPLES_SHOWN[0]) -> HTMLResponse:
    """Show what is known about the creditor, and a letter with it."""
    return _shown(visit, _known(visit), letter)


def look_at_sender(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Show a letter with what stands in the form; nothing is kept."""
    visit.needs(SENDER_KEEPERS)
    company = _told(visit, form)
    try:
        visit.application.creditors.check(company)
    except DomainError as error:
        return _shown(visit, company, text_of(form, "letter"), str(error))
    return _shown(visit, company, text_of(form, "letter"))


def keep_sender(form: GivenForm, visit: Visiting) -> Response:
    """Keep what stands in the form: every letter from now on states it."""
    visit.needs(SENDER_KEEPERS)
    company = _told(visit, form)
    try:
        visit.application.creditors.describe(company)
    except DomainError as error:
        return _shown(visit, company, text_of(form, "letter"), str(error))
    return visit.back_to(_HERE)


def _known(visit: Visit) -> Creditor:
    try:
        return visit.application.creditors.show(visit.creditor)
    except NotKnownError:
        return Creditor(id=visit.creditor)


def _told(visit: Visit, form: GivenForm) -> Creditor:
    """What the form says; a field that it does not have stays as it was."""
    given = {
        one.name: text_of(form, one.name).replace("\r\n", "\n")
        for one in fields(Creditor)
        if one.name != "id" and one.name in form
    }
    return replace(_known(visit), **given)


def _shown(visit: Visit, company: Creditor, name: str, problem: str = "") -> HTMLResponse:
    wanted = name if name in SAMPLES_SHOWN else SAMPLES_SHOWN[0]
    letter = None if problem else _letter(visit, company, wanted)
    return visit.page(
        "operating/sender.html",
        422 if problem else 200,
        title=visit.gettext("What letters say of you"),
        here="operation",
        company=company,
        form_fields=SENDER_FIELDS,
        letter=letter,
        problem=problem,
        wanted=wanted,
        samples=SAMPLES_SHOWN,
        may_change=visit.person.role in SENDER_KEEPERS,
    )


def _letter(visit: Visit, company: Creditor, name: str) -> Letter | None:
    """A letter to a made-up customer; None where it cannot be put into words yet."""
    data = sample_letter("en", name).data
    try:
        return visit.application.letter_previews.write_for(company, data)
    except (LetterError, DomainError):
        return None
