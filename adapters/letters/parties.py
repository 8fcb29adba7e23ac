"""Words the two companies of a letter: where each is, who signs, and what the law wants told."""

from __future__ import annotations

from collections.abc import Iterator

from activities.ports.letter_data import LetterData
from adapters.letters.letter import Party
from adapters.letters.text.catalogue import choose_language
from adapters.letters.text.locale import LetterLocale, clean, clean_lines, whole_number
from domain.parties.people import Creditor, Debtor
from domain.parties.wordings import in_language

_TOWN_FIRST = ("GB", "IE")
"""Where the postcode stands in a line of its own, below the town."""

_TOWN_BEFORE = ("US", "CA", "AU")
"""Where it stands behind the town."""

_MOST_LINES = 8


def sender_of(data: LetterData, locale: LetterLocale) -> Party:
    """Name the creditor: address, mail and telephone a line each."""
    us, _ = data.creditor, locale.gettext
    mail = _("E-mail: %(email)s") % {"email": clean(us.email)} if us.email else ""
    call = _("Phone: %(phone)s") % {"phone": whole_number(us.phone)} if us.phone else ""
    post = post_lines(us, locale, abroad=True) or clean_lines(us.address, _MOST_LINES)
    return Party(name=clean(us.name or us.id), lines=(*post, *filter(None, (mail, call))))


def recipient_of(data: LetterData, locale: LetterLocale) -> Party:
    """Name the customer with its number; nobody needs to read his own mail address."""
    you = data.debtor
    number = locale.gettext("Customer number: %(id)s") % {"id": clean(you.id)}
    return Party(name=clean(you.name or you.id), lines=(number,))


def window_of(data: LetterData, locale: LetterLocale) -> tuple[str, ...]:
    """Write the address for the window of an envelope; empty if no postal address is known."""
    you = data.debtor
    abroad = bool(you.country) and you.country != data.creditor.country
    post = post_lines(you, locale, abroad=abroad)
    if not post:
        return ()
    person = clean(you.attention)
    return (clean(you.name or you.id), *filter(None, (person,)), *post)


def post_lines(party: Creditor | Debtor, locale: LetterLocale, *, abroad: bool) -> tuple[str, ...]:
    """Write a postal address a line each; empty if the town is not known.

    The country is the last line where the letter crosses a border, as the post wants it.
    """
    town, code = clean(party.town), clean(party.postcode)
    if not town:
        return ()
    land = str(locale.locale.territories.get(party.country, "")) if abroad else ""
    lines = (*clean_lines(party.street, 3), *_place(party.country, code, town), land)
    return tuple(filter(None, lines))


def _place(country: str, code: str, town: str) -> Iterator[str]:
    if country in _TOWN_FIRST:
        yield from (town, code)
    elif country in _TOWN_BEFORE:
        yield f"{town} {code}".strip()
    else:
        yield f"{code} {town}".strip()


def terms_of_letter(data: LetterData, locale: LetterLocale) -> tuple[str, ...]:
    """Find the creditor's terms in the letter's language, never in another one.

    Without any, the due date that stands on the invoice is all that is known.
    """
    us = data.creditor
    found = in_language(us.terms, locale.tag)
    if found is None and us.terms:
        found = us.terms if _mine(us, locale) else ""
    if found or not us.terms:
        return clean_lines(found or "")
    if data.lines:
        return ()
    day = locale.day(data.case.printed_due)
    return (locale.gettext("Payable by %(day)s, as the invoice says.") % {"day": day},)


def _mine(us: Creditor, locale: LetterLocale) -> bool:
    """Whether a text that says no language is in the letter's: it is in the creditor's first."""
    first = us.languages.split(",")[0].strip()
    return choose_language(first).language == locale.locale.language


def legal_of(data: LetterData, locale: LetterLocale) -> tuple[str, ...]:
    """Write what the law wants on a company's letters: register, tax number, bank."""
    us, _ = data.creditor, locale.gettext
    tax = _("Tax number: %(number)s") % {"number": clean(us.tax_number)} if us.tax_number else ""
    bank = _("Bank: %(name)s") % {"name": clean(us.bank)} if us.bank else ""
    register = clean_lines(_worded(us.register, locale), _MOST_LINES)
    return (*register, *filter(None, (tax, bank)))


def signature_of(data: LetterData, locale: LetterLocale) -> tuple[str, ...]:
    """Write who signs: a person where one is known, and the company."""
    us = data.creditor
    own = clean_lines(_worded(us.signature, locale), _MOST_LINES)
    contact = clean(_worded(us.contact, locale))
    return own or tuple(filter(None, (contact, clean(us.name or us.id))))


def contact_of_letter(data: LetterData, locale: LetterLocale) -> str:
    """Say whom to talk to about billing (P22)."""
    us, _ = data.creditor, locale.gettext
    reach = ", ".join(filter(None, (whole_number(us.phone), clean(us.email))))
    if person := clean(_worded(us.contact, locale)):
        who = ", ".join(filter(None, (person, reach)))
        return _("Your contact for billing: %(who)s") % {"who": who}
    return _("Our billing department: %(reach)s") % {"reach": reach} if reach else ""


def _worded(text: str, locale: LetterLocale) -> str:
    """A text in the letter's language; one that says none, such as a name, fits all."""
    found = in_language(text, locale.tag)
    return text if found is None else found
