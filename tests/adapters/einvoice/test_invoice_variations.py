"""The same formats as other systems write them: read to the cent, or refused by name."""

import re

import pytest

from adapters.einvoice.invoice_files import read_invoice_file
from adapters.einvoice.refused_invoice import InvoiceFileError
from domain.einvoice.document import DocumentKind, ElectronicInvoice
from tests.adapters.einvoice import samples
from tests.adapters.einvoice.test_invoice_files import read

_ALLOWANCE = (
    "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
    '<cbc:Amount currencyID="EUR">10.00</cbc:Amount></cac:AllowanceCharge>'
)
_TAX = (
    '<cac:TaxTotal><cbc:TaxAmount currencyID="{}">19.00</cbc:TaxAmount></cac:TaxTotal>'
    "<cac:LegalMonetaryTotal>"
)


def _prefixed(body: bytes, old: str, new: str) -> bytes:
    text = body.decode()
    text = re.sub(rf"<(/?){old}:", rf"<\1{new}:", text)
    return text.replace(f"xmlns:{old}=", f"xmlns:{new}=").encode()


def _unprefixed(body: bytes) -> bytes:
    """Every element in a namespace of its own declaration, none with a prefix."""
    return re.sub(rb"<(/?)(?:rsm|ram|udt):", rb"<\1", body)


@pytest.mark.parametrize(
    "body",
    [
        _prefixed(samples.ubl(), "cbc", "n1"),
        _prefixed(_prefixed(samples.ubl(), "cac", "a"), "cbc", "b"),
        b"\xef\xbb\xbf" + samples.ubl(),
        samples.ubl().decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        samples.ubl().decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        samples.ubl().replace(b"<cac:LegalMonetaryTotal>", _TAX.format("EUR").encode()),
        samples.ubl().replace(b"<cac:LegalMonetaryTotal>", _TAX.format("SEK").encode()),
        samples.ubl().replace(b"<cac:PaymentTerms>", _ALLOWANCE.encode() + b"<cac:PaymentTerms>"),
        samples.ubl().replace(b"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", b""),
        samples.ubl(payable="119.0000"),
        samples.ubl(payable=" 119 "),
    ],
)
def test_ubl_of_any_writer_says_the_same(body: bytes) -> None:
    found = read(body)
    told = (found.number, found.payable.plain, str(found.terms.due), found.buyer.name)
    assert told == ("R-1", "119.00", "2035-04-04", "Globex AG")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (samples.ubl(code="380"), DocumentKind.INVOICE),
        (samples.ubl(code="326"), DocumentKind.INVOICE),
        (samples.ubl(code="381", about="R-0"), DocumentKind.CREDIT_NOTE),
        (samples.ubl(root="CreditNote", code="396"), DocumentKind.CREDIT_NOTE),
        (samples.ubl(code="384", about="R-0"), DocumentKind.CORRECTION),
        (samples.ubl(code="325"), DocumentKind.NO_CLAIM),
        (samples.CII.replace(">380<", ">381<").encode(), DocumentKind.CREDIT_NOTE),
        (samples.FATTURA.replace("TD01", "TD04").encode(), DocumentKind.CREDIT_NOTE),
        (samples.FATTURA.replace("TD01", "TD24").encode(), DocumentKind.INVOICE),
        (samples.FATTURA.replace("TD01", "TD20").encode(), DocumentKind.NO_CLAIM),
    ],
)
def test_each_type_is_what_its_standard_says(body: bytes, kind: DocumentKind) -> None:
    assert read(body).kind is kind


def test_a_sum_below_zero_is_kept_as_it_stands() -> None:
    found = read(samples.ubl(payable="-119.00"))
    assert (found.kind, found.payable.plain) == (DocumentKind.INVOICE, "-119.00")


def test_a_foreign_currency_with_its_own_decimals() -> None:
    yen = samples.ubl(payable="11900").replace(b"EUR", b"JPY")
    assert (read(yen).payable.plain, read(yen).payable.currency) == ("11900", "JPY")
    with pytest.raises(InvoiceFileError, match="PayableAmount: is no amount in JPY"):
        read(samples.ubl(payable="119.50").replace(b"EUR", b"JPY"))


def test_an_attachment_in_the_document_does_not_matter() -> None:
    inner = (
        "<cac:AdditionalDocumentReference><cbc:ID>T</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf">{"QUJD" * 50_000}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    body = samples.ubl(due="").replace(
        b"<cac:AccountingSupplier", inner.encode() + b"<cac:AccountingSupplier", 1
    )
    found = read(body)
    assert (found.number, found.terms.due, found.terms.text) == (
        "R-1",
        None,
        "Zahlbar innerhalb 30 Tagen netto",
    )


def _profile(name: str, body: str) -> bytes:
    context = (
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
        f"<ram:ID>{name}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>"
        "</rsm:ExchangedDocumentContext><rsm:ExchangedDocument>"
    )
    return body.replace("<rsm:ExchangedDocument>", context, 1).encode()


def _minimum() -> str:
    """Neither terms, nor means, nor a prepaid sum, nor the buyer's address."""
    text = samples.CII
    gone = (
        *("SpecifiedTradePaymentTerms", "SpecifiedTradeSettlementPaymentMeans"),
        "PostalTradeAddress",
    )
    for part in gone:
        text = re.sub(rf"<ram:{part}>.*?</ram:{part}>", "", text, flags=re.DOTALL)
    return re.sub(r"<ram:(LanguageID|TotalPrepaidAmount)>.*?</ram:\1>", "", text)


_EN = "urn:cen.eu:en16931:2017"


@pytest.mark.parametrize(
    ("profile", "file", "text", "due"),
    [
        ("urn:factur-x.eu:1p0:minimum", "factur-x.xml", _minimum(), "None"),
        ("urn:factur-x.eu:1p0:basicwl", "factur-x.xml", samples.CII, "2026-04-04"),
        (f"{_EN}#compliant#urn:factur-x.eu:1p0:basic", "factur-x.xml", samples.CII, "2026-04-04"),
        (_EN, "zugferd-invoice.xml", samples.CII, "2026-04-04"),
        (
            f"{_EN}#conformant#urn:factur-x.eu:1p0:extended",
            "xrechnung.xml",
            samples.CII,
            "2026-04-04",
        ),
    ],
)
def test_every_profile_of_a_pdf_is_read(profile: str, file: str, text: str, due: str) -> None:
    body = samples.pdf(_profile(profile, text), file)
    found = read(body)
    assert (found.number, found.payable.plain, str(found.terms.due)) == ("F-7", "100.00", due)


def test_cii_without_prefixes() -> None:
    assert read(_unprefixed(samples.CII.encode())).payable.plain == "100.00"


def test_a_lot_of_fattura_is_one_invoice_each() -> None:
    start = samples.FATTURA.index("<FatturaElettronicaBody>")
    end = samples.FATTURA.index("</p:FatturaElettronica>")
    other = samples.FATTURA[start:end].replace("12/A", "13/A").replace("TD01", "TD04")
    lot = samples.FATTURA[:end] + other + samples.FATTURA[end:]
    found: list[ElectronicInvoice] = [one.invoice for one in read_invoice_file("l", lot.encode())]
    assert [(one.number, one.kind) for one in found] == [
        ("12/A", DocumentKind.INVOICE),
        ("13/A", DocumentKind.CREDIT_NOTE),
    ]


@pytest.mark.parametrize("line", ["ul. Prosta 1, 00-001 Warszawa", "ul. Prosta 1 00-001 Warszawa"])
def test_an_address_of_poland_in_one_line(line: str) -> None:
    told = re.sub(
        rb"<AdresL1>ul. Prosta 1</AdresL1>\s*<AdresL2>[^<]*</AdresL2>", b"@", samples.ksef()
    )
    buyer = read(told.replace(b"@", f"<AdresL1>{line}</AdresL1>".encode())).buyer
    assert (buyer.street, buyer.postcode, buyer.town) == (("ul. Prosta 1",), "00-001", "Warszawa")


def test_no_invoice_ends_in_anything_but_words() -> None:
    """Every sample cut at every place, or with any one element left out, is read or refused."""
    bodies = [samples.ubl(), samples.CII.encode(), samples.FATTURA.encode(), samples.ksef()]
    outcomes: list[int] = []
    for body in [*bodies, samples.facturae()]:
        text = body.decode()
        cut = [body[:end] for end in range(0, len(body), 97)]
        leaves = re.finditer(r"<([\w:]+)(?: [^<>]*)?>[^<>]*</\1>", text)
        less = [(text[: one.start()] + text[one.end() :]).encode() for one in leaves]
        for one in [*cut, *less]:
            try:
                outcomes.append(len(read_invoice_file("in", one)))
            except InvoiceFileError:
                outcomes.append(0)
    assert set(outcomes) == {0, 1}
