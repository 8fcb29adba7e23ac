"""Makes codes to scan, only where they are valid: the EPC code, and the Swiss QR bill."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

from babel.core import Locale
from qrbill import QRBill
from schwifty import IBAN
from segno import QRCode, make_qr
from segno.helpers import make_epc_qr

from adapters.letters.paying.transfer import Transfer
from adapters.letters.text.locale import clean_lines
from domain.money import Money
from domain.parties.people import Creditor

SWISS = ("CH", "LI")
BILL_LANGUAGES = ("en", "de", "fr", "it")
TOWN = re.compile(r"(?:(?:CH|LI|FL)-)?(?P<code>[1-9][0-9]{3})\s+(?P<town>\S.*)")
LIECHTENSTEIN = range(9485, 9499)
"""Its postal codes; all others of four digits are Switzerland's."""

WRITABLE = re.compile("[ -~\u00a0-\u017f\u0218-\u021b\u20ac]*")
"""The letters that a Swiss bill may hold; banks refuse all others."""

_LARGEST = 99_999_999_999
"""Minor units: both codes end at 999 999 999.99."""

SCALE, QUIET_ZONE = 6, 4
"""Pixels a module, and modules of white around it: it has to be read in dark mode, too."""


def epc_code(transfer: Transfer, amount: Money) -> QRCode | None:
    """Make the code of EPC069-12 for a transfer in EUR within SEPA; None where it does not apply.

    Great Britain and Switzerland are in SEPA. What is too long for a code gets none: half an
    invoice's number would name another invoice. Nor does a transfer that nothing matches.
    """
    reference = transfer.reference
    if amount.currency != "EUR" or not 0 < amount.minor <= _LARGEST or not reference.plain:
        return None
    if not IBAN(transfer.iban).in_sepa_zone:
        return None
    given: dict[str, Any] = {"text": reference.plain}
    if reference.scheme == "iso11649":
        given = {"reference": reference.plain}
    if transfer.bic:
        given["bic"] = transfer.bic
    try:
        code: QRCode = make_epc_qr(transfer.holder, transfer.iban, amount.decimal, **given)
    except ValueError:
        return None
    return code


def epc_png(transfer: Transfer, amount: Money) -> bytes:
    """Draw the EPC code as a picture; empty where it does not apply."""
    code = epc_code(transfer, amount)
    if code is None:
        return b""
    return _png(code)


def link_png(link: str) -> bytes:
    """Draw the code of a link as a picture, for a phone's camera."""
    return _png(make_qr(link, error="m"))


def _png(code: QRCode) -> bytes:
    file = BytesIO()
    code.save(file, kind="png", scale=SCALE, border=QUIET_ZONE, dark="#000000", light="#ffffff")
    return file.getvalue()


def swiss_bill(creditor: Creditor, transfer: Transfer, amount: Money, language: str) -> str:
    """Draw the payment part of a Swiss QR bill as SVG; empty where none can be valid.

    A QR-IBAN needs a QR reference and the other way round; the creditor's address needs postal
    code and town. The debtor's place is left blank: nobody told us an address.
    """
    if transfer.iban[:2] not in SWISS or amount.currency not in ("CHF", "EUR"):
        return ""
    address = _address(creditor, transfer.holder)
    reference = transfer.reference
    if address is None or not reference.plain or not 0 < amount.minor <= _LARGEST:
        return ""
    if not all(map(WRITABLE.fullmatch, (*address.values(), reference.plain))):
        return ""
    structured = reference.scheme in ("ch", "iso11649")
    try:
        bill = QRBill(
            account=transfer.iban,
            creditor=address,
            amount=amount.plain,
            currency=amount.currency,
            reference_number=reference.plain if structured else None,
            additional_information="" if structured else reference.plain,
            language=language if language in BILL_LANGUAGES else "en",
        )
    except ValueError:
        return ""
    file = StringIO()
    bill.as_svg(file)
    return file.getvalue()


def _address(creditor: Creditor, holder: str) -> dict[str, str] | None:
    """The creditor's address in parts, as the bill wants it since November 2025."""
    lines = clean_lines(creditor.address)
    towns = [(at, found) for at, line in enumerate(lines) if (found := TOWN.fullmatch(line))]
    if not towns or any(map(_abroad, lines)):
        return None
    at, found = towns[-1]
    street = lines[at - 1] if at else ""
    return {
        "name": holder,
        "street": "" if street == holder else street,
        "pcode": found["code"],
        "city": found["town"],
        "country": "LI" if int(found["code"]) in LIECHTENSTEIN else "CH",
    }


def _abroad(line: str) -> bool:
    """Whether a line names another country: some of them have codes of four digits, too."""
    return line.casefold() in _countries()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    spoken = (Locale(language).territories.items() for language in BILL_LANGUAGES)
    named = (names for names in chain.from_iterable(spoken) if names[0] not in SWISS)
    return frozenset(name.casefold() for _, name in named)
