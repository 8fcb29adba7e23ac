"""Reads Spain's Facturae 3.x: batches, instalments, corrective invoices."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.einvoice.invoice_fields import (
    accounts_of,
    all_said,
    at_fault,
    child_of,
    currency_of,
    day_at,
    found_at,
    joined_parts,
    language_tag,
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
from domain.case.invoice import InvoicePart
from domain.einvoice.document import (
    DocumentKind,
    DueTerms,
    ElectronicInvoice,
    InvoiceParty,
    PaymentMeans,
)
from domain.money import Money

FACTURAE_ROOTS = ("Facturae",)

_CLASSES = frozenset({"OO", "OC", "CO", "CC"})
_CORRECTIVE = frozenset({"OR", "CR"})
_DIFFERENCES = "02"
_COLLECTED = frozenset({"02", "19"})
"""A receipt that is put to the account, and a card: the seller takes the money itself."""

# ISO 3166 alpha-3, as Facturae writes countries, of those that trade with Spain most.
_CODES = (
    "ESP=ES;PRT=PT;FRA=FR;DEU=DE;ITA=IT;GBR=GB;IRL=IE;NLD=NL;BEL=BE;LUX=LU;AUT=AT;CHE=CH;POL=PL;"
    "SWE=SE;DNK=DK;NOR=NO;FIN=FI;CZE=CZ;SVK=SK;HUN=HU;ROU=RO;BGR=BG;GRC=GR;HRV=HR;SVN=SI;EST=EE;"
    "LVA=LV;LTU=LT;MLT=MT;CYP=CY;AND=AD;MAR=MA;USA=US;MEX=MX;ARG=AR"
)
_COUNTRIES = dict(pair.split("=") for pair in _CODES.split(";"))
_PLACES = ("AddressInSpain", "OverseasAddress")


def read_facturae(root: XmlElement) -> list[ElectronicInvoice]:
    """Read the documents of a file.

    Raises:
        InvoiceFileError: naming line and element.
    """
    seller = _party(child_of(root, "Parties/SellerParty"))
    buyer = _party(child_of(root, "Parties/BuyerParty"))
    child_of(root, "Invoices/Invoice")
    return [_invoice(one, seller, buyer) for one in root.all("Invoices/Invoice")]


def _invoice(told: XmlElement, seller: InvoiceParty, buyer: InvoiceParty) -> ElectronicInvoice:
    head, data = child_of(told, "InvoiceHeader"), child_of(told, "InvoiceIssueData")
    currency = currency_of(needed(data, "InvoiceCurrencyCode"))
    payable, prepaid = _payable(child_of(told, "InvoiceTotals"), currency)
    parts = joined_parts(_parts(told, currency))
    whole = sum(part.minor for part in parts) == payable.minor
    days = {day for one in _installments(told) if (day := day_at(one, "InstallmentDueDate"))}
    kind, what = _kind(needed(head, "InvoiceClass"), head, payable)
    return ElectronicInvoice(
        kind=kind,
        what=what,
        number=_number(head),
        issued=read_day_of(needed(data, "IssueDate")),
        payable=payable,
        prepaid=prepaid,
        terms=DueTerms(
            due=min(days) if len(days) == 1 or (days and whole) else None,
            parts=parts if whole else (),
        ),
        seller=seller,
        buyer=buyer,
        means=_means(told),
        corrects=_corrected(head),
        language=language_tag(said_of(data, "LanguageName")),
        line=told.line,
    )


def _number(head: XmlElement) -> str:
    """The number behind its series, for only together they are one of a kind."""
    number, series = printed_number(head, "InvoiceNumber"), said_of(head, "InvoiceSeriesCode")
    return f"{series}-{number}" if series else number


def _corrected(head: XmlElement) -> tuple[str, ...]:
    every = list(head.all("Corrective"))
    return tuple(_number(one) for one in every if found_at(one, "InvoiceNumber") is not None)


def _kind(found: XmlElement, head: XmlElement, payable: Money) -> DocumentType:
    """A corrective invoice that tells a difference which is less is a credit note."""
    code = (found.text or "").strip().upper()
    if code in _CLASSES:
        return DocumentKind.INVOICE, f"an invoice (class {code})"
    if code in _CORRECTIVE:
        method = said_of(head, "Corrective/CorrectionMethod")
        less = payable.minor < 0 or (method == _DIFFERENCES and payable.minor <= 0)
        kind = DocumentKind.CREDIT_NOTE if less else DocumentKind.CORRECTION
        return kind, f"a corrective invoice (class {code})"
    way_out = "open it by hand if it is an invoice"
    raise at_fault(found, f"{one_line(code)[:10]!r} is no InvoiceClass that is known; {way_out}")


def _payable(sums: XmlElement, currency: str) -> tuple[Money, Money]:
    """What is to be paid at last; what was paid on account stands beside it."""
    asked = found_at(sums, "TotalExecutableAmount", "TotalOutstandingAmount")
    asked = asked if asked is not None else needed(sums, "InvoiceTotal")
    paid = money_at(sums, currency, "TotalPaymentsOnAccount") or Money(0, currency)
    return read_money_of(asked, currency), paid


def _installments(told: XmlElement) -> Iterator[XmlElement]:
    yield from told.all("PaymentDetails/Installment")


def _parts(told: XmlElement, currency: str) -> Iterator[InvoicePart]:
    for one in _installments(told):
        day = day_at(one, "InstallmentDueDate")
        amount = money_at(one, currency, "InstallmentAmount")
        if day and amount:
            yield InvoicePart(day=day, minor=amount.minor)


def _means(told: XmlElement) -> PaymentMeans:
    every = list(_installments(told))
    codes = [said_of(one, "PaymentMeans") for one in every]
    accounts = (said_of(one, "AccountToBeCredited/IBAN") for one in every)
    references = (said_of(one, "PaymentReconciliationReference") for one in every)
    return PaymentMeans(
        accounts=accounts_of(accounts),
        reference=next((one for one in references if one), ""),
        is_collected=bool(codes) and all(code in _COLLECTED for code in codes),
    )


def _party(told: XmlElement) -> InvoiceParty:
    tax = said_of(told, "TaxIdentification/TaxIdentificationNumber")
    person = next(told.all("Individual"), None)
    inner = person if person is not None else child_of(told, "LegalEntity")
    names = ("Name", "FirstSurname", "SecondSurname")
    parts = [said_of(person, name) for name in names]
    place = next((one for name in _PLACES for one in inner.all(name)), None)
    contact = next(inner.all("ContactDetails"), None)
    town = said_of(place, "Town")
    postcode, _, rest = said_of(place, "PostCodeAndTown").partition(" ")
    country = said_of(place, "CountryCode").upper()
    return InvoiceParty(
        id=said_of(told, "PartyIdentification"),
        keys=(*schemed_keys(told.all("TaxIdentification/TaxIdentificationNumber"), "tax"),),
        name=" ".join(filter(None, parts)) or said_of(inner, "CorporateName"),
        vat_id=tax if tax[:2].isalpha() else "",
        is_person=person is not None,
        street=all_said(place, "Address") if place is not None else (),
        postcode=said_of(place, "PostCode") or postcode,
        town=town or rest,
        country=_COUNTRIES.get(country, ""),
        email=said_of(contact, "ElectronicMail"),
        phone=said_of(contact, "Telephone"),
        attention=said_of(contact, "ContactPersons"),
    )
