"""The customer of an electronic invoice, as far as what it says of the buyer can be right."""

from __future__ import annotations

from collections.abc import Callable

from domain.calendar import check_place
from domain.einvoice.document import ElectronicInvoice, InvoiceParty
from domain.errors import DomainError
from domain.parties.people import Debtor
from starter.contact_data import LONGEST_SHORT_TEXT, read_email, read_phone

_PLACES = (
    "AT=Europe/Vienna;BE=Europe/Brussels;BG=Europe/Sofia;CH=Europe/Zurich;CZ=Europe/Prague;"
    "DE=Europe/Berlin;DK=Europe/Copenhagen;EE=Europe/Tallinn;ES=Europe/Madrid;FI=Europe/Helsinki;"
    "FR=Europe/Paris;GB=Europe/London;GR=Europe/Athens;HR=Europe/Zagreb;HU=Europe/Budapest;"
    "IE=Europe/Dublin;IT=Europe/Rome;JP=Asia/Tokyo;LI=Europe/Vaduz;LT=Europe/Vilnius;"
    "LU=Europe/Luxembourg;LV=Europe/Riga;MT=Europe/Malta;NL=Europe/Amsterdam;NO=Europe/Oslo;"
    "PL=Europe/Warsaw;PT=Europe/Lisbon;RO=Europe/Bucharest;RS=Europe/Belgrade;"
    "SE=Europe/Stockholm;SG=Asia/Singapore;SI=Europe/Ljubljana;SK=Europe/Bratislava;"
    "TR=Europe/Istanbul;UA=Europe/Kyiv"
)
_ZONES = dict(pair.split("=") for pair in _PLACES.split(";"))
"""Of countries where e-invoices are written and nearly everybody lives in one zone."""

_UTC = "UTC"


def buyer_as_debtor(document: ElectronicInvoice, customer: str, zone: str = _UTC) -> Debtor:
    """Describe the customer of an invoice; what cannot be right is left out."""
    return party_as_debtor(document.buyer, customer, document.language, zone)


def party_as_debtor(buyer: InvoiceParty, customer: str, language: str, zone: str = _UTC) -> Debtor:
    """Describe a buyer as a customer; what cannot be right is left out."""
    country, own_zone = _place(buyer, zone)
    return Debtor(
        id=customer,
        name=_short(buyer.name),
        email=_read(read_email, buyer.email),
        phone=_read(lambda text: read_phone(text, country), buyer.phone),
        country=country,
        zone=own_zone,
        language=language,
        kind="consumer" if buyer.is_person and not buyer.vat_id else "",
        street="\n".join(_short(line) for line in buyer.street),
        postcode=_short(buyer.postcode),
        town=_short(buyer.town),
        attention=_short(buyer.attention),
        vat_id=_short(buyer.vat_id),
    )


def left_out_of_contact(document: ElectronicInvoice, made: Debtor) -> list[str]:
    """Name what was said of the buyer and cannot be right; never the value itself."""
    told = {"email": document.buyer.email, "phone": document.buyer.phone}
    told |= {"country": document.buyer.country}
    return [name for name, said in told.items() if said and not getattr(made, name)]


def _place(buyer: InvoiceParty, zone: str) -> tuple[str, str]:
    country = buyer.country
    own = zone if zone != _UTC else _ZONES.get(country, _UTC)
    try:
        check_place(own, country, "")
    except DomainError:
        return "", own
    return country, own


def _short(text: str) -> str:
    return text[:LONGEST_SHORT_TEXT].strip()


def _read(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except DomainError:
        return ""
