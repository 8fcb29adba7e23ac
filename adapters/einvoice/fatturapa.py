"""Reads FatturaPA: ordinary and simplified, several invoices in one file, instalments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from adapters.einvoice.invoice_fields import (
    accounts_of,
    all_said,
    at_fault,
    child_of,
    currency_of,
    day_at,
    found_at,
    joined_parts,
    money_at,
    needed,
    one_line,
    printed_number,
    read_day_of,
    said_of,
)
from adapters.einvoice.type_codes import DocumentType
from adapters.xml.safe_xml import XmlElement
from domain.case.invoice import InvoicePart
from domain.einvoice.document import (
    DocumentKind,
    DueTerms,
    ElectronicInvoice,
    InvoiceParty,
    PaymentMeans,
)
from domain.money import Money

FATTURA_ROOTS = ("FatturaElettronica", "FatturaElettronicaSemplificata")

_INVOICES = frozenset({"TD01", "TD02", "TD03", "TD05", "TD06", "TD07", "TD09"}) | frozenset(
    {"TD24", "TD25", "TD26"}
)
_CREDIT_NOTES = frozenset({"TD04", "TD08"})
_OWN = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD21", "TD22", "TD23"}) | frozenset(
    {"TD27", "TD28", "TD29"}
)
"""Self-invoices, integrations and notices: the buyer's own papers, which nobody pays."""

_COLLECTED = frozenset({"MP08", "MP09", "MP10", "MP11", "MP16", "MP19", "MP20", "MP21"})
"""Cards and direct debits (RID, SEPA): the seller takes the money itself."""

_HEAD = "DatiGenerali/DatiGeneraliDocumento"
_PAYMENT = "DatiPagamento/DettaglioPagamento"
_SUMS = "DatiBeniServizi/DatiRiepilogo"
_NET = "ImponibileImporto"
_LONGEST_TERM = 3660


def read_fattura(root: XmlElement) -> list[ElectronicInvoice]:
    """Read the documents of a file: one for each body.

    Raises:
        InvoiceFileError: naming line and element.
    """
    head = child_of(root, "FatturaElettronicaHeader")
    seller = _party(child_of(head, "CedentePrestatore"))
    buyer = _party(child_of(head, "CessionarioCommittente"))
    child_of(root, "FatturaElettronicaBody")
    return [_body(body, seller, buyer) for body in root.all("FatturaElettronicaBody")]


def _body(body: XmlElement, seller: InvoiceParty, buyer: InvoiceParty) -> ElectronicInvoice:
    head = child_of(body, _HEAD)
    currency = currency_of(needed(head, "Divisa"))
    issued = read_day_of(needed(head, "Data"))
    kind, what = _kind(needed(head, "TipoDocumento"))
    payments = list(body.all(_PAYMENT))
    payable = _payable(body, head, currency)
    about = ("DatiFattureCollegate/IdDocumento", "DatiFatturaRettificata/NumeroFR")
    return ElectronicInvoice(
        kind=kind,
        what=what,
        number=printed_number(head, "Numero"),
        issued=issued,
        payable=payable,
        prepaid=Money(0, currency),
        terms=_terms(payments, issued, payable),
        seller=seller,
        buyer=buyer,
        means=_means(payments),
        corrects=all_said(body, *(f"DatiGenerali/{path}" for path in about)),
        line=body.line,
    )


def _kind(found: XmlElement) -> DocumentType:
    code = (found.text or "").strip().upper()
    if code in _INVOICES:
        return DocumentKind.INVOICE, f"an invoice ({code})"
    if code in _CREDIT_NOTES:
        return DocumentKind.CREDIT_NOTE, f"a credit note ({code})"
    if code in _OWN:
        return DocumentKind.NO_CLAIM, f"a self-invoice or notice to the tax office ({code})"
    way_out = "open it by hand if it is an invoice"
    raise at_fault(found, f"{one_line(code)[:10]!r} is no TipoDocumento that is known; {way_out}")


def _payable(body: XmlElement, head: XmlElement, currency: str) -> Money:
    """What the payments make; else the whole, less what the buyer pays to the tax office."""
    asked = [money for money in _asked(body, currency) if money is not None]
    whole = _whole(body, head, currency)
    if not asked:
        return whole - _withheld(body, head, currency)
    if len(asked) > 1 and all(one == asked[0] == whole for one in asked):
        return whole  # several ways of paying the same sum
    return Money(sum(one.minor for one in asked), currency)


def _asked(body: XmlElement, currency: str) -> Iterator[Money | None]:
    for one in body.all(_PAYMENT):
        yield money_at(one, currency, "ImportoPagamento")


def _whole(body: XmlElement, head: XmlElement, currency: str) -> Money:
    told = money_at(head, currency, "ImportoTotaleDocumento")
    if told is not None:
        return told
    if found_at(body, f"{_SUMS}/{_NET}") is None:
        needed(body, "DatiBeniServizi/Importo")  # a simplified invoice: taxes are within it
        return _sum(body, currency, "DatiBeniServizi", "Importo")
    net = _sum(body, currency, _SUMS, _NET)
    return net + _sum(body, currency, _SUMS, "Imposta")


def _sum(body: XmlElement, currency: str, folder: str, name: str) -> Money:
    every = (money_at(one, currency, name) for one in body.all(folder))
    return Money(sum(one.minor for one in every if one), currency)


def _withheld(body: XmlElement, head: XmlElement, currency: str) -> Money:
    """Withholding tax, and VAT under split payment: the buyer pays them to the tax office."""
    kept = _sum(head, currency, "DatiRitenuta", "ImportoRitenuta")
    for one in body.all(_SUMS):
        if said_of(one, "EsigibilitaIVA") == "S":
            kept += money_at(one, currency, "Imposta") or Money(0, currency)
    return kept


def _terms(payments: list[XmlElement], issued: date, payable: Money) -> DueTerms:
    """Several due dates are instalments; terms without any day are said nowhere else."""
    found = [(one, _due(one, issued)) for one in payments]
    days = {day for _, day in found if day}
    if not found or len(days) == 0 or any(day is None for _, day in found):
        return DueTerms()
    parts = joined_parts(
        InvoicePart(day=day, minor=money.minor)
        for one, day in found
        if day and (money := money_at(one, payable.currency, "ImportoPagamento"))
    )
    if sum(part.minor for part in parts) != payable.minor:
        parts = ()
    return DueTerms(due=min(days) if parts or len(days) == 1 else None, parts=parts)


def _due(payment: XmlElement, issued: date) -> date | None:
    day = day_at(payment, "DataScadenzaPagamento")
    days = found_at(payment, "GiorniTerminiPagamento")
    if day or days is None:
        return day
    text = (days.text or "").strip()
    if not text.isdecimal() or int(text) > _LONGEST_TERM:
        raise at_fault(days, "is no number of days")
    start = day_at(payment, "DataRiferimentoTerminiPagamento") or issued
    return start + timedelta(days=int(text))


def _means(payments: list[XmlElement]) -> PaymentMeans:
    modes = [said_of(one, "ModalitaPagamento") for one in payments]
    references = (said_of(one, "CodicePagamento") for one in payments)
    return PaymentMeans(
        accounts=accounts_of(said_of(one, "IBAN") for one in payments),
        reference=next((one for one in references if one), ""),
        is_collected=bool(modes) and all(mode in _COLLECTED for mode in modes),
        payee=next((name for one in payments if (name := said_of(one, "Beneficiario"))), ""),
    )


def _party(told: XmlElement) -> InvoiceParty:
    """A party of an ordinary invoice, or of a simplified one, where some names differ."""
    data, place = _first(told, "DatiAnagrafici", "AltriDatiIdentificativi"), _place(told)
    name = said_of(data, "Anagrafica/Denominazione", "Denominazione")
    first = said_of(data, "Anagrafica/Nome", "Nome")
    last = said_of(data, "Anagrafica/Cognome", "Cognome")
    fiscal = (_first(told, "IdentificativiFiscali"), data, told)
    numbers = (said_of(one, "CodiceFiscale") for one in fiscal)
    vats = (_vat_id(one) for one in fiscal)
    return InvoiceParty(
        keys=tuple(f"tax:{number}" for number in numbers if number),
        name=name or f"{first} {last}".strip(),
        vat_id=next((vat for vat in vats if vat), ""),
        is_person=not name and bool(last),
        street=_street(place),
        postcode=said_of(place, "CAP"),
        town=said_of(place, "Comune"),
        country=said_of(place, "Nazione").upper(),
        email=said_of(told, "Contatti/Email"),
        phone=said_of(told, "Contatti/Telefono"),
    )


def _first(told: XmlElement, *paths: str) -> XmlElement | None:
    return next((one for path in paths for one in told.all(path)), None)


def _place(told: XmlElement) -> XmlElement | None:
    return _first(told, "Sede", "AltriDatiIdentificativi/Sede")


def _vat_id(told: XmlElement | None) -> str:
    country = said_of(told, "IdFiscaleIVA/IdPaese").upper()
    code = said_of(told, "IdFiscaleIVA/IdCodice")
    return f"{country}{code.removeprefix(country)}" if code else ""


def _street(place: XmlElement | None) -> tuple[str, ...]:
    line = f"{said_of(place, 'Indirizzo')} {said_of(place, 'NumeroCivico')}".strip()
    return (line,) if line else ()
