"""Reads Cross Industry Invoices: Factur-X, ZUGFeRD 2, XRechnung, and ZUGFeRD 1 under its names."""

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
    said_of,
    schemed_keys,
)
from adapters.einvoice.type_codes import is_collected, kind_of_code
from adapters.xml.safe_xml import XmlElement
from domain.case.invoice import InvoicePart
from domain.einvoice.document import (
    DueTerms,
    EarlyDiscount,
    ElectronicInvoice,
    InvoiceParty,
    PaymentMeans,
)
from domain.money import Money

CII_ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")

# Each with the name that ZUGFeRD 1 had for it.
_HEAD = ("ExchangedDocument", "HeaderExchangedDocument")
_TRADE = ("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
_AGREEMENT = ("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
_SETTLEMENT = ("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
_SUMS = (
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
_TERMS = "SpecifiedTradePaymentTerms"
_MEANS = "SpecifiedTradeSettlementPaymentMeans"
_DAY = "DateTimeString"
_END, _MAIL = "URIUniversalCommunication/URIID", "EM"
_VAT = ("VA", None)


def read_cii(root: XmlElement) -> list[ElectronicInvoice]:
    """Read the document of a file.

    Raises:
        InvoiceFileError: naming line and element.
    """
    head, trade = child_of(root, *_HEAD), child_of(root, *_TRADE)
    agreement, settled = child_of(trade, *_AGREEMENT), child_of(trade, *_SETTLEMENT)
    currency = currency_of(needed(settled, "InvoiceCurrencyCode"))
    sums = child_of(settled, *_SUMS)
    payable, prepaid = _payable(sums, currency)
    kind, what = kind_of_code(needed(head, "TypeCode"))
    return [
        ElectronicInvoice(
            kind=kind,
            what=what,
            number=printed_number(head, "ID"),
            issued=read_day_of(needed(head, f"IssueDateTime/{_DAY}")),
            payable=payable,
            prepaid=prepaid,
            terms=_terms(settled, payable),
            seller=_party(child_of(agreement, "SellerTradeParty")),
            buyer=_party(child_of(agreement, "BuyerTradeParty")),
            means=_means(settled),
            corrects=_corrects(settled),
            language=language_tag(said_of(head, "LanguageID")),
            line=root.line,
        )
    ]


def _payable(sums: XmlElement, currency: str) -> tuple[Money, Money]:
    """What is to be paid, and what was before; where only the whole sum stands it is that."""
    prepaid = money_at(sums, currency, "TotalPrepaidAmount") or Money(0, currency)
    payable = money_at(sums, currency, "DuePayableAmount")
    if payable is None:
        whole = money_at(sums, currency, "GrandTotalAmount")
        if whole is None:
            raise at_fault(needed(sums, "DuePayableAmount", "GrandTotalAmount"), "is missing")
        payable = whole - prepaid
    return payable, prepaid


def _corrects(settled: XmlElement) -> tuple[str, ...]:
    place = "InvoiceReferencedDocument"
    return all_said(settled, f"{place}/IssuerAssignedID", f"{place}/ID")


def _terms(settled: XmlElement, payable: Money) -> DueTerms:
    parts = joined_parts(_parts(settled, payable.currency))
    whole = sum(part.minor for part in parts) == payable.minor
    days = {day for one in settled.all(_TERMS) if (day := day_at(one, f"DueDateDateTime/{_DAY}"))}
    due = min(days) if len(days) == 1 else None
    return DueTerms(
        due=parts[0].day if parts and whole else due,
        parts=parts if whole else (),
        text="\n".join(_texts(settled)),
        discounts=tuple(_discounts(settled)),
    )


def _parts(settled: XmlElement, currency: str) -> Iterator[InvoicePart]:
    for terms in settled.all(_TERMS):
        day = day_at(terms, f"DueDateDateTime/{_DAY}")
        amount = money_at(terms, currency, "PartialPaymentAmount")
        if day and amount:
            yield InvoicePart(day=day, minor=amount.minor)


def _texts(settled: XmlElement) -> Iterator[str]:
    for found in settled.all(f"{_TERMS}/Description"):
        yield from (line for line in map(one_line, (found.text or "").splitlines()) if line)


def _discounts(settled: XmlElement) -> Iterator[EarlyDiscount]:
    for one in settled.all(f"{_TERMS}/ApplicableTradePaymentDiscountTerms"):
        percent = said_of(one, "CalculationPercent")
        period = found_at(one, "BasisPeriodMeasure")
        days = _whole_days(period) if period is not None else None
        if percent and days is not None:
            yield EarlyDiscount(percent=percent, days=days)


def _whole_days(period: XmlElement) -> int | None:
    """Days of a period in days; other units are left to the words."""
    text = (period.text or "").strip()
    return int(text) if period.get("unitCode", "DAY") == "DAY" and text.isdecimal() else None


def _means(settled: XmlElement) -> PaymentMeans:
    every = list(settled.all(_MEANS))
    codes = [said_of(one, "TypeCode") for one in every]
    account = "PayeePartyCreditorFinancialAccount"
    found = (said_of(one, f"{account}/IBANID", f"{account}/ProprietaryID") for one in every)
    return PaymentMeans(
        accounts=accounts_of(found),
        reference=said_of(settled, "PaymentReference"),
        is_collected=bool(codes) and all(is_collected(code) for code in codes),
        payee=said_of(settled, "PayeeTradeParty/Name"),
    )


def _party(told: XmlElement) -> InvoiceParty:
    place, contact = "PostalTradeAddress", "DefinedTradeContact"
    lines = (f"{place}/{name}" for name in ("LineOne", "LineTwo", "LineThree"))
    numbers = list(told.all("SpecifiedTaxRegistration/ID"))
    vat = (one_line(one.text or "") for one in numbers if one.get("schemeID") in _VAT)
    return InvoiceParty(
        id=said_of(told, "ID"),
        keys=tuple(_keys(told, numbers)),
        name=said_of(told, "Name"),
        vat_id=next(vat, ""),
        street=all_said(told, *lines),
        postcode=said_of(told, f"{place}/PostcodeCode"),
        town=said_of(told, f"{place}/CityName"),
        country=said_of(told, f"{place}/CountryID").upper(),
        email=said_of(told, f"{contact}/EmailURIUniversalCommunication/URIID") or _mail(told),
        phone=said_of(told, f"{contact}/TelephoneUniversalCommunication/CompleteNumber"),
        attention=said_of(told, f"{contact}/PersonName", f"{contact}/DepartmentName"),
    )


def _keys(told: XmlElement, numbers: list[XmlElement]) -> Iterator[str]:
    yield from schemed_keys(told.all("GlobalID"))
    yield from schemed_keys(told.all("SpecifiedLegalOrganization/ID"), "register")
    yield from schemed_keys(one for one in told.all(_END) if one.get("schemeID") != _MAIL)
    yield from schemed_keys((one for one in numbers if one.get("schemeID") not in _VAT), "tax")


def _mail(told: XmlElement) -> str:
    """The electronic address, where it is one for mails."""
    every = (one for one in told.all(_END) if one.get("schemeID") == _MAIL)
    return next((one_line(one.text or "") for one in every), "")
