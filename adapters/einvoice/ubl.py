"""Reads UBL 2.1 invoices and credit notes: Peppol BIS, XRechnung, CIUS-RO, PEF and their kin."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.einvoice.invoice_fields import (
    accounts_of,
    all_said,
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
from adapters.einvoice.type_codes import DocumentType, is_collected, kind_of_code
from adapters.xml.safe_xml import XmlElement
from domain.case.invoice import InvoicePart
from domain.einvoice.document import (
    DocumentKind,
    DueTerms,
    EarlyDiscount,
    ElectronicInvoice,
    InvoiceParty,
    PaymentMeans,
)
from domain.money import Money

UBL_ROOTS = ("Invoice", "CreditNote")


def read_ubl(root: XmlElement) -> list[ElectronicInvoice]:
    """Read the document of a file.

    Raises:
        InvoiceFileError: naming line and element.
    """
    totals = child_of(root, "LegalMonetaryTotal")
    asked = needed(totals, "PayableAmount")
    currency = _currency(root, asked)
    payable = read_money_of(asked, currency)
    kind, what = _kind(root)
    return [
        ElectronicInvoice(
            kind=kind,
            what=what,
            number=printed_number(root, "ID"),
            issued=read_day_of(needed(root, "IssueDate")),
            payable=payable,
            prepaid=money_at(totals, currency, "PrepaidAmount") or Money(0, currency),
            terms=_terms(root, payable),
            seller=_party(child_of(root, "AccountingSupplierParty/Party")),
            buyer=_party(child_of(root, "AccountingCustomerParty/Party")),
            means=_means(root),
            corrects=all_said(root, "BillingReference/InvoiceDocumentReference/ID"),
            language=_language(root),
            line=root.line,
        )
    ]


def _currency(root: XmlElement, asked: XmlElement) -> str:
    """The document's currency; where it tells none, that of the sum to be paid."""
    found = found_at(root, "DocumentCurrencyCode")
    if found is None and asked.get("currencyID"):
        return currency_of(asked, asked.get("currencyID", ""))
    return currency_of(needed(root, "DocumentCurrencyCode"))


def _kind(root: XmlElement) -> DocumentType:
    found = found_at(root, "InvoiceTypeCode", "CreditNoteTypeCode")
    if found is not None:
        kind, what = kind_of_code(found)
    else:
        kind, what = DocumentKind.INVOICE, "an invoice"
    if root.name == "CreditNote" and kind is not DocumentKind.NO_CLAIM:
        return DocumentKind.CREDIT_NOTE, "a credit note"
    return kind, what


def _terms(root: XmlElement, payable: Money) -> DueTerms:
    parts = joined_parts(_parts(root, payable.currency))
    whole = sum(part.minor for part in parts) == payable.minor
    means = ("PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate")
    return DueTerms(
        due=parts[0].day if whole and parts else day_at(root, "DueDate", *means),
        parts=parts if whole else (),
        text="\n".join(_texts(root, "PaymentTerms/Note")),
        discounts=tuple(_discounts(root)),
    )


def _parts(root: XmlElement, currency: str) -> Iterator[InvoicePart]:
    """Payment terms that each name a day and an amount are instalments."""
    for terms in root.all("PaymentTerms"):
        day = day_at(terms, "InstallmentDueDate", "PaymentDueDate")
        amount = money_at(terms, currency, "Amount")
        if day and amount:
            yield InvoicePart(day=day, minor=amount.minor)


def _texts(root: XmlElement, path: str) -> Iterator[str]:
    for found in root.all(path):
        yield from (line for line in map(one_line, (found.text or "").splitlines()) if line)


def _discounts(root: XmlElement) -> Iterator[EarlyDiscount]:
    for terms in root.all("PaymentTerms"):
        percent = said_of(terms, "SettlementDiscountPercent")
        until = day_at(terms, "SettlementPeriod/EndDate")
        if percent and until:
            yield EarlyDiscount(percent=percent, until=until)


def _means(root: XmlElement) -> PaymentMeans:
    every = list(root.all("PaymentMeans"))
    codes = [said_of(one, "PaymentMeansCode") for one in every]
    accounts = (said_of(one, "PayeeFinancialAccount/ID") for one in every)
    return PaymentMeans(
        accounts=accounts_of(accounts),
        reference=said_of(root, "PaymentMeans/PaymentID", "PaymentMeans/InstructionID"),
        is_collected=bool(codes) and all(is_collected(code) for code in codes),
        payee=said_of(root, "PayeeParty/PartyName/Name"),
    )


def _language(root: XmlElement) -> str:
    """The language that the seller's own words are marked with; else nothing says it."""
    for path in ("PaymentTerms/Note", "Note", "InvoiceLine/Item/Name", "InvoiceLine/Note"):
        for found in root.all(path):
            if tag := language_tag(found.get("languageID", "")):
                return tag
    return ""


def _party(told: XmlElement) -> InvoiceParty:
    ids = list(told.all("PartyIdentification/ID"))
    own = next((one_line(one.text or "") for one in ids if not one.get("schemeID")), "")
    schemed = [one for one in ids if one.get("schemeID")]
    registers, ends = told.all("PartyLegalEntity/CompanyID"), list(told.all("EndpointID"))
    mails = [one_line(one.text or "") for one in ends if one.get("schemeID") == "EM"]
    place = "PostalAddress"
    lines = (f"{place}/{name}" for name in ("StreetName", "AdditionalStreetName"))
    return InvoiceParty(
        id=own,
        keys=(
            *schemed_keys(schemed),
            *schemed_keys(registers, "register"),
            *schemed_keys(one for one in ends if one.get("schemeID") != "EM"),
            *_tax_numbers(told),
        ),
        name=said_of(told, "PartyLegalEntity/RegistrationName", "PartyName/Name"),
        vat_id=_vat_id(told),
        street=all_said(told, *lines, f"{place}/AddressLine/Line"),
        postcode=said_of(told, f"{place}/PostalZone"),
        town=said_of(told, f"{place}/CityName"),
        country=said_of(told, f"{place}/Country/IdentificationCode").upper(),
        email=said_of(told, "Contact/ElectronicMail") or next(iter(mails), ""),
        phone=said_of(told, "Contact/Telephone"),
        attention=said_of(told, "Contact/Name"),
    )


def _vat_id(told: XmlElement) -> str:
    for scheme in told.all("PartyTaxScheme"):
        if said_of(scheme, "TaxScheme/ID").upper() in {"VAT", ""}:
            return said_of(scheme, "CompanyID")
    return ""


def _tax_numbers(told: XmlElement) -> Iterator[str]:
    for scheme in told.all("PartyTaxScheme"):
        if said_of(scheme, "TaxScheme/ID").upper() not in {"VAT", ""}:
            yield from schemed_keys(scheme.all("CompanyID"), "tax")
