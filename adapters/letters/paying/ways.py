"""Lists the ways to pay in the reader's language (P05): transfer, link, and codes to scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.asked import asked_sum
from adapters.letters.letter import FiguresRow, Picture, WayToPay
from adapters.letters.paying.codes import epc_png, link_png, swiss_bill
from adapters.letters.paying.references import Reference, reference_of, remittance_of
from adapters.letters.paying.transfer import Transfer, names_the_sum, pay_link, transfer_of
from adapters.letters.text.locale import LetterLocale, clean
from domain.money import Money

_CODE, _PAGE_CODE = "pay-code", "page-code"
"""The names of the pictures that a banking app and a phone's camera read."""


def ways_of(data: LetterData, letter_locale: LetterLocale) -> dict[str, Any]:
    """List the ways to pay that a letter names."""
    _, number = letter_locale.gettext, "" if data.lines else clean(data.case.invoice.number)
    owed = asked_sum(data).alone
    transfer = _transfer(data, number, letter_locale)
    ways = tuple(_all(data, letter_locale, transfer))
    if not ways:
        note = _("To pay, use the ways named on the invoice; we will gladly send it again.")
    else:
        note = _("Please give the payment reference, so that your payment is matched at once.")
    code = epc_png(transfer, owed) if transfer and owed else b""
    codes = (_code(code, owed, letter_locale),) if code and owed else ()
    return {
        "pay_heading": _("How to pay:") if ways else "",
        "ways": ways,
        "pay_note": note,
        "codes": (*codes, *_page_code(data, letter_locale)),
        "bill": _bill(data, transfer, owed, letter_locale),
    }


def page_link_of(data: LetterData, letter_locale: LetterLocale) -> str:
    """Make the link to the customer's page in the letter's language; empty if there is none."""
    return f"{data.page_link}?l={letter_locale.locale.language}" if data.page_link else ""


def _page_code(data: LetterData, letter_locale: LetterLocale) -> tuple[Picture, ...]:
    """On paper nobody can press a link: a phone's camera reads it."""
    link = page_link_of(data, letter_locale)
    if not link or data.channel != "paper":
        return ()
    words = letter_locale.gettext("Scan to open your page")
    return (Picture(name=_PAGE_CODE, body=link_png(link), alt=words, caption=words),)


def _transfer(data: LetterData, number: str, letter_locale: LetterLocale) -> Transfer | None:
    """The transfer for the letter's invoice; for several it carries their numbers."""
    transfer = transfer_of(data.creditor, number, _printed(data), is_taken=data.reference_taken)
    if transfer is None or number:
        return transfer
    named = remittance_of(
        [clean(line.case.invoice.number) for line in data.lines], clean(data.debtor.id)
    )
    shown = letter_locale.gettext("the invoice numbers")
    return replace(transfer, reference=Reference(plain=named, shown=shown))


def _all(
    data: LetterData, letter_locale: LetterLocale, transfer: Transfer | None
) -> Iterator[WayToPay]:
    _ = letter_locale.gettext
    if transfer:
        yield WayToPay(label=_("By bank transfer"), rows=tuple(_rows(transfer, letter_locale)))
    link, owed = link_of(data), asked_sum(data).alone
    if link:
        button = _("Pay online")
        if owed and names_the_sum(data.creditor):
            button = _("Pay %(amount)s online") % {"amount": letter_locale.money(owed)}
        yield WayToPay(label=_("Online"), link=link, button=button)


def link_of(data: LetterData) -> str:
    """Make the link where the letter's sum can be paid online; empty if there is none."""
    number = "" if data.lines else clean(data.case.invoice.number)
    scheme, is_taken = data.creditor.reference, data.reference_taken
    made = reference_of(number, scheme, _printed(data), is_taken=is_taken)
    reference = made.plain if number else ""
    return pay_link(data.creditor, number, reference, asked_sum(data).alone)


def _rows(transfer: Transfer, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    _ = letter_locale.gettext
    yield FiguresRow(label=_("Account holder"), value=clean(transfer.holder))
    yield FiguresRow(label=_("IBAN"), value=transfer.iban_shown)
    if transfer.bic:
        yield FiguresRow(label=_("BIC"), value=transfer.bic)
    yield FiguresRow(label=_("Payment reference"), value=transfer.reference.shown)


def _printed(data: LetterData) -> str:
    """The reference that stands on the invoice itself."""
    return "" if data.lines else clean(data.case.invoice.reference, 35)


def _code(body: bytes, owed: Money, letter_locale: LetterLocale) -> Picture:
    """A code and the sum in it, so that nobody is surprised by what a phone asks for."""
    words = letter_locale.gettext("Scan with your banking app to pay %(amount)s") % {
        "amount": letter_locale.money(owed)
    }
    return Picture(name=_CODE, body=body, alt=words, caption=words)


def _bill(
    data: LetterData, transfer: Transfer | None, owed: Money | None, letter_locale: LetterLocale
) -> str:
    if transfer is None or owed is None:
        return ""
    return swiss_bill(data.creditor, transfer, owed, letter_locale.locale.language)
