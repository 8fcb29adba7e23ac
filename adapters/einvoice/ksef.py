"""Reads Poland's FA of KSeF, versions 1 to 3: what is paid, part paid, settled or corrected."""

from __future__ import annotations

import re
from datetime import date

from adapters.einvoice.invoice_fields import (
    accounts_of,
    all_said,
    at_fault,
    child_of,
    currency_of,
    day_at,
    found_at,
    money_at,
    needed,
    one_line,
    printed_number,
    read_day_of,
    read_money_of,
    said_of,
    schemed_keys,
)
from adapters.einvoice.type_codes import DocumentType
from adapters.xml.safe_xml import XmlElement
from domain.einvoice.document import (
    DocumentKind,
    DueTerms,
    ElectronicInvoice,
    InvoiceParty,
    PaymentMeans,
)
from domain.money import Money

KSEF_ROOTS = ("Faktura",)

_ONE_LINE = re.compile(r"(.*?)[,\s]+([0-9]{2}-[0-9]{3} \S[^,]*)")
_INVOICES = frozenset({"VAT", "ROZ", "UPR"})
_CORRECTIONS = frozenset({"KOR", "KOR_ROZ"})
_ADVANCES = frozenset({"ZAL", "KOR_ZAL"})
"""Of money that came before: nobody owes it."""

_COLLECTED = "2"
"""A card."""


def read_ksef(root: XmlElement) -> list[ElectronicInvoice]:
    """Read the document of a file.

    Raises:
        InvoiceFileError: naming line and element.
    """
    form = needed(root, "Naglowek/KodFormularza")
    if not form.get("kodSystemowy", "FA").replace(" ", "").startswith("FA"):
        raise at_fault(form, "is none of FA(1), FA(2), FA(3)")
    told = child_of(root, "Fa")
    currency = currency_of(needed(told, "KodWaluty"))
    payable, prepaid = _payable(told, currency)
    kind, what = _kind(needed(told, "RodzajFaktury"), payable)
    return [
        ElectronicInvoice(
            kind=kind,
            what=what,
            number=printed_number(told, "P_2"),
            issued=read_day_of(needed(told, "P_1")),
            payable=payable,
            prepaid=prepaid,
            terms=_terms(told),
            seller=_party(child_of(root, "Podmiot1")),
            buyer=_party(child_of(root, "Podmiot2")),
            means=_means(told),
            corrects=all_said(told, "DaneFaKorygowanej/NrFaKorygowanej"),
            line=root.line,
        )
    ]


def _kind(found: XmlElement, payable: Money) -> DocumentType:
    """A correction tells the difference: what is less is a credit note."""
    code = (found.text or "").strip().upper()
    if code in _INVOICES:
        return DocumentKind.INVOICE, f"an invoice ({code})"
    if code in _CORRECTIONS:
        less = payable.minor <= 0
        kind = DocumentKind.CREDIT_NOTE if less else DocumentKind.CORRECTION
        return kind, f"a correction ({code})"
    if code in _ADVANCES:
        return DocumentKind.NO_CLAIM, f"about money that was paid in advance ({code})"
    way_out = "open it by hand if it is an invoice"
    raise at_fault(found, f"{one_line(code)[:10]!r} is no RodzajFaktury that is known; {way_out}")


def _payable(told: XmlElement, currency: str) -> tuple[Money, Money]:
    """What is to be paid, and what was before; charges and deductions below the sum count."""
    whole = read_money_of(needed(told, "P_15"), currency)
    settled = money_at(told, currency, "Rozliczenie/DoZaplaty")
    over = money_at(told, currency, "Rozliczenie/DoRozliczenia")
    if over is not None:
        settled = Money(-abs(over.minor), currency)
    asked, nothing = settled if settled is not None else whole, Money(0, currency)
    paid, part = said_of(told, "Platnosc/Zaplacono"), "Platnosc/ZnacznikZaplatyCzesciowej"
    if paid == "1" or said_of(told, part) == "2":
        return nothing, asked
    every = (
        money_at(one, currency, "KwotaZaplatyCzesciowej")
        for one in told.all("Platnosc/ZaplataCzesciowa")
    )
    gone = Money(sum(one.minor for one in every if one), currency)
    return asked - gone, gone


def _terms(told: XmlElement) -> DueTerms:
    """One day; where there are several the sums of the parts are told nowhere."""
    every = list(told.all("Platnosc/TerminPlatnosci"))
    days: set[date] = {day for one in every if (day := day_at(one, "Termin"))}
    words = (_term_text(one) for one in every)
    return DueTerms(
        due=min(days) if len(days) == 1 else None,
        text="\n".join(dict.fromkeys(text for text in words if text)),
    )


def _term_text(told: XmlElement) -> str:
    """A term in words: as one text up to FA(2), by number, unit and event since FA(3)."""
    names = ("Ilosc", "Jednostka", "ZdarzeniePoczatkowe")
    parts = [said_of(told, f"TerminOpis/{name}") for name in names]
    count, unit, event = parts
    if not count:
        return said_of(told, "TerminOpis", "TerminPlatnosciOpis")
    return " ".join((count, unit, *(("od", event) if event else ())))


def _means(told: XmlElement) -> PaymentMeans:
    own, factor = "Platnosc/RachunekBankowy/NrRB", "Platnosc/RachunekBankowyFaktora/NrRB"
    factored = found_at(told, factor) is not None
    return PaymentMeans(
        accounts=accounts_of(all_said(told, factor if factored else own)),
        is_collected=said_of(told, "Platnosc/FormaPlatnosci") == _COLLECTED,
        payee="factor" if factored else "",
    )


def _party(told: XmlElement) -> InvoiceParty:
    ids = child_of(told, "DaneIdentyfikacyjne")
    nip, country = said_of(ids, "NIP"), said_of(told, "PrefiksPodatnika").upper()
    eu, code = said_of(ids, "NrVatUE"), said_of(ids, "KodUE").upper()
    vat_id = f"{country or 'PL'}{nip}" if nip else f"{code}{eu}" if eu else ""
    lines = _address(all_said(told, "Adres/AdresL1", "Adres/AdresL2"))
    name = said_of(ids, "Nazwa", "PelnaNazwa")
    person = f"{said_of(ids, 'ImiePierwsze')} {said_of(ids, 'Nazwisko')}".strip()
    return InvoiceParty(
        id=said_of(told, "NrKlienta"),
        keys=(*schemed_keys(ids.all("NrID"), "id"), *schemed_keys(told.all("NrEORI"), "eori")),
        name=name or person,
        vat_id=vat_id,
        is_person=not name and bool(person),
        street=lines[:1],
        postcode=_postcode(lines),
        town=_town(lines),
        country=said_of(told, "Adres/KodKraju").upper(),
        email=said_of(told, "DaneKontaktowe/Email"),
        phone=said_of(told, "DaneKontaktowe/Telefon"),
    )


def _address(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The street, and the postcode with the town: many write both in the first line."""
    found = _ONE_LINE.fullmatch(lines[0]) if len(lines) == 1 else None
    return (found[1], found[2]) if found else lines


def _postcode(lines: tuple[str, ...]) -> str:
    first = lines[1].partition(" ")[0] if len(lines) > 1 else ""
    return first if any(char.isdigit() for char in first) else ""


def _town(lines: tuple[str, ...]) -> str:
    code = _postcode(lines)
    return lines[1].removeprefix(code).strip() if len(lines) > 1 else ""
