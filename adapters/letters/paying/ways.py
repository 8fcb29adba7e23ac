"""Lists the ways to pay in the reader's language (P05): transfer, link, and codes to scan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.figures import lines_of, totals_of
from adapters.letters.letter import FiguresRow, Picture, WayToPay
from adapters.letters.paying.codes import epc_png, swiss_bill
from adapters.letters.paying.references import reference_of
from adapters.letters.paying.transfer import Transfer, pay_link, transfer_of
from adapters.letters.text.locale import LetterLocale, clean
from domain.money import Money

_CODE = "pay-code"
"""The name of the picture that a banking app reads."""


def ways_of(data: LetterData, letter_locale: LetterLocale) -> dict[str, Any]:
    """List the ways to pay that a letter names."""
    _, number = letter_locale.gettext, "" if data.lines else clean(data.case.invoice.number)
    owed = _owed(data)
    transfer = transfer_of(data.creditor, number, _printed(data))
    ways = tuple(_all(data, letter_locale, number, transfer))
    if not ways:
        note = _("To pay, use the ways named on the invoice; we will gladly send it again.")
    else:
        note = _("Please give the payment reference, so that your payment is matched at once.")
    code = epc_png(transfer, owed) if transfer and owed else b""
    return {
        "pay_heading": _("How to pay:") if ways else "",
        "ways": ways,
        "pay_note": note,
        "codes": (_code(code, letter_locale),) if code else (),
        "bill": _bill(data, transfer, owed, letter_locale),
    }


def _all(
    data: LetterData, letter_locale: LetterLocale, number: str, transfer: Transfer | None
) -> Iterator[WayToPay]:
    _ = letter_locale.gettext
    if transfer:
        yield WayToPay(
            label=_("By bank transfer"), rows=tuple(_rows(transfer, number, letter_locale))
        )
    link = link_of(data)
    if link:
        yield WayToPay(label=_("Online"), link=link, button=_("Pay online"))


def link_of(data: LetterData) -> str:
    """Make the link where the letter's invoice can be paid online; empty if there is none."""
    number = "" if data.lines else clean(data.case.invoice.number)
    scheme = data.creditor.reference
    reference = reference_of(number, scheme, _printed(data)).plain if number else ""
    return pay_link(data.creditor, number, reference)


def _rows(transfer: Transfer, number: str, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    _ = letter_locale.gettext
    reference = transfer.reference.shown if number else _("the invoice numbers above")
    yield FiguresRow(label=_("Account holder"), value=clean(transfer.holder))
    yield FiguresRow(label=_("IBAN"), value=transfer.iban_shown)
    if transfer.bic:
        yield FiguresRow(label=_("BIC"), value=transfer.bic)
    yield FiguresRow(label=_("Payment reference"), value=reference)


def _printed(data: LetterData) -> str:
    """The reference that stands on the invoice itself."""
    return "" if data.lines else clean(data.case.invoice.reference, 35)


def _owed(data: LetterData) -> Money | None:
    """What a code may ask for: one sum in one currency, or no code at all."""
    totals = totals_of(lines_of(data))
    return totals[0] if len(totals) == 1 and totals[0].minor > 0 else None


def _code(body: bytes, letter_locale: LetterLocale) -> Picture:
    _ = letter_locale.gettext
    words = _("Scan with your banking app")
    return Picture(name=_CODE, body=body, alt=words, caption=words)


def _bill(
    data: LetterData, transfer: Transfer | None, owed: Money | None, letter_locale: LetterLocale
) -> str:
    if transfer is None or owed is None:
        return ""
    return swiss_bill(data.creditor, transfer, owed, letter_locale.locale.language)
