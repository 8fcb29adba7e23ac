"""Who a buyer is to the creditor: by a number of ours, else by one that tells nothing of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError

_DIGITS = 12
_OF_NUMBERS = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{0,49}")
"""What is a number of a customer: a name in its place could not stand in ids."""


def plain_key(text: str) -> str:
    """Write a VAT or register number as it is compared: signs and spaces left out."""
    return "".join(char for char in text.upper() if char.isalnum())


def made_up_id(buyer: InvoiceParty) -> str:
    """Make the id of a customer of whom no number is known; the same buyer has the same.

    It is a hash, for ids stand where no name and no number of a person may stand.

    Raises:
        DomainError: if nothing tells one buyer from another.
    """
    numbers = sorted(plain_key(key) for key in (buyer.vat_id, *buyer.keys) if plain_key(key))
    place = (*buyer.street, buyer.postcode, buyer.town, buyer.country)
    known = numbers[:1] or [plain_key(part) for part in (buyer.name, *place) if plain_key(part)]
    if not known:
        raise DomainError("tells neither name nor number of the buyer", field="customer")
    told = "\n".join(known).encode()
    return f"e-{hashlib.sha256(told).hexdigest()[:_DIGITS]}"


def customer_of_buyer(
    buyer: InvoiceParty, ids: frozenset[str], by_vat: Mapping[str, tuple[str, ...]]
) -> str:
    """Find the customer that a buyer is: a number of ours, a known VAT number, else a new one.

    ``ids`` are customers that are known, ``by_vat`` lists them by their plain VAT numbers.

    Raises:
        DomainError: if several customers have that VAT number, or nothing names the buyer.
    """
    if buyer.id and buyer.id in ids:
        return buyer.id
    own = buyer.id if _OF_NUMBERS.fullmatch(buyer.id) and not buyer.is_person else ""
    found = by_vat.get(plain_key(buyer.vat_id), ()) if buyer.vat_id else ()
    if len(found) > 1:
        several = ", ".join(sorted(found))
        raise DomainError(f"customers {several} all have its VAT number", field="customer")
    return found[0] if found else own or made_up_id(buyer)
