"""Codes to scan: the EPC code of banking apps, and the Swiss QR bill; only where they are valid."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from typing import Any

from qrbill import QRBill
from schwifty import IBAN
from segno import QRCode
from segno.helpers import make_epc_qr

from adapters.letters.paying import Transfer
from adapters.letters.tongue import clean_lines
from domain.money import Money
from domain.people import Creditor

SWISS = ("CH", "LI")
BILL_LANGUAGES = ("en", "de", "fr", "it")
TOWN = re.compile(r"(?:(?P<country>CH|LI|FL)-)?(?P<code>[1-9][0-9]{3}) (?P<town>\S.*)")
LONGEST_TEXT = 140
LARGEST = 99_999_999_999
"""Minor units: both codes end at 999 999 999.99."""

SCALE, QUIET = 6, 4
"""Pixels a module, and modules of white around it: it has to be read in dark mode, too."""


def epc_code(transfer: Transfer, amount: Money) -> QRCode | None:
    """The code of EPC069-12 for a transfer in EUR within SEPA; None where it does not apply."""
    if amount.currency != "EUR" or not 0 < amount.minor <= LARGEST:
        return None
    if not IBAN(transfer.iban).in_sepa_zone or not transfer.holder:
        return None
    reference = transfer.reference
    given: dict[str, Any] = {"text": reference.plain[:LONGEST_TEXT] or transfer.holder}
    if reference.scheme == "iso11649":
        given = {"reference": reference.plain}
    if transfer.bic:
        given["bic"] = transfer.bic
    code: QRCode = make_epc_qr(transfer.holder, transfer.iban, amount.decimal, **given)
    return code


def epc_png(transfer: Transfer, amount: Money) -> bytes:
    """The same as a picture; empty where it does not apply."""
    code = epc_code(transfer, amount)
    if code is None:
        return b""
    file = BytesIO()
    code.save(file, kind="png", scale=SCALE, border=QUIET, dark="#000000", light="#ffffff")
    return file.getvalue()


def swiss_bill(creditor: Creditor, transfer: Transfer, amount: Money, language: str) -> str:
    """The payment part of a Swiss QR bill as SVG; empty where no valid one can be made.

    A QR-IBAN needs a QR reference and the other way round; the creditor's address needs postal
    code and town. The debtor's place is left blank: nobody told us an address.
    """
    if transfer.iban[:2] not in SWISS or amount.currency not in ("CHF", "EUR"):
        return ""
    address = _address(creditor)
    if address is None or not 0 < amount.minor <= LARGEST:
        return ""
    reference = transfer.reference
    structured = reference.scheme in ("ch", "iso11649")
    try:
        bill = QRBill(
            account=transfer.iban,
            creditor=address,
            amount=amount.plain,
            currency=amount.currency,
            reference_number=reference.plain if structured else None,
            additional_information="" if structured else reference.plain[:LONGEST_TEXT],
            language=language if language in BILL_LANGUAGES else "en",
        )
    except ValueError:
        return ""
    file = StringIO()
    bill.as_svg(file)
    return file.getvalue()


def _address(creditor: Creditor) -> dict[str, str] | None:
    """The creditor's address in parts, as the bill wants it since November 2025."""
    lines = clean_lines(creditor.address)
    for at, line in enumerate(lines):
        found = TOWN.fullmatch(line)
        if found:
            country = {"FL": "LI", None: ""}.get(found["country"], found["country"])
            return {
                "name": (creditor.name or creditor.id)[:70],
                "street": lines[at - 1][:70] if at else "",
                "pcode": found["code"],
                "city": found["town"][:35],
                "country": country or IBAN(creditor.iban).country_code,
            }
    return None
