"""Each format of electronic invoices in its wrappings: what is read, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from adapters.einvoice.invoice_files import is_invoice_file, read_invoice_file
from adapters.einvoice.refused_invoice import InvoiceFileError
from domain.case.invoice import InvoicePart
from domain.einvoice.document import DocumentKind, ElectronicInvoice, PaymentMeans
from tests.adapters.einvoice import samples
from tests.starter.importing.exports.exporting import workbook

_PAID = "ZaplatyCzesciowej"
_PART = f"Znacznik{_PAID}"


def read(body: bytes) -> ElectronicInvoice:
    """The one invoice of a file."""
    (found,) = read_invoice_file("in", body)
    return found.invoice


def test_ubl_tells_sums_days_and_the_buyer() -> None:
    found = read(samples.ubl("R-1", "99.00", prepaid="20.00", buyer_id="C-7"))
    assert (found.number, found.issued, found.terms.due) == (
        "R-1",
        date(2026, 3, 5),
        date(2035, 4, 4),
    )
    assert (found.amount.plain, found.payable.plain) == ("119.00", "99.00")
    buyer = found.buyer
    assert (buyer.id, buyer.name, buyer.vat_id) == ("C-7", "Globex AG", "DE136695976")
    assert (buyer.street, buyer.postcode, buyer.town) == (("Ringstr. 7",), "53111", "Bonn")
    assert (buyer.country, buyer.email) == ("DE", "pay@globex.example")


def test_ubl_credit_note_names_its_invoice() -> None:
    found = read(samples.ubl("G-1", "19.00", root="CreditNote", about="R-1"))
    assert (found.kind, found.corrects) == (DocumentKind.CREDIT_NOTE, ("R-1",))


def test_cii_tells_parts_language_reference_and_account() -> None:
    found = read(samples.CII.encode())
    parts = (
        InvoicePart(day=date(2026, 4, 4), minor=4000),
        InvoicePart(day=date(2026, 5, 4), minor=6000),
    )
    assert (found.terms.parts, found.terms.due) == (parts, date(2026, 4, 4))
    assert (found.payable.plain, found.prepaid.plain, found.language) == ("100.00", "20.00", "fr")
    assert found.means == PaymentMeans(
        accounts=("FR7630006000011234567890189",), reference="RF18 5390 0754 7034"
    )
    assert (found.buyer.id, found.buyer.email) == ("C-9", "compta@boutique.example")


def test_fattura_with_several_due_dates_falls_due_in_parts() -> None:
    """Of the 122.00 the buyer pays 22.00 VAT to the tax office itself (split payment)."""
    found = read(samples.FATTURA.encode())
    assert [(part.day.isoformat(), part.minor) for part in found.terms.parts] == [
        ("2026-04-30", 4000),
        ("2026-06-03", 6000),
    ]
    assert (found.number, found.payable.plain) == ("12/A", "100.00")
    assert (found.buyer.name, found.buyer.is_person) == ("Mario Rossi", True)
    assert found.means.accounts == ("IT60X0542811101000000123456",)


def test_fattura_without_payments_leaves_the_split_tax_out() -> None:
    body = samples.FATTURA.partition("<DatiPagamento>")
    rest = body[2].partition("</DatiPagamento>")[2]
    found = read(f"{body[0]}{rest}".encode())
    assert (found.payable.plain, found.terms.due) == ("100.00", None)


@pytest.mark.parametrize("code", ["TD17", "TD18", "TD28"])
def test_self_invoices_are_no_claims(code: str) -> None:
    found = read(samples.FATTURA.replace("TD01", code).encode())
    assert found.kind is DocumentKind.NO_CLAIM


@pytest.mark.parametrize(
    "wrapped", [samples.signed, samples.in_pieces, lambda xml: samples.as_text(samples.signed(xml))]
)
def test_a_signed_envelope_is_opened(wrapped: Callable[[bytes], bytes]) -> None:
    body = wrapped(samples.FATTURA.encode())
    assert is_invoice_file(body)
    assert read(body).number == "12/A"


def test_a_broken_envelope_is_refused() -> None:
    body = samples.signed(samples.FATTURA.encode())
    with pytest.raises(InvoiceFileError, match="envelope is broken"):
        read_invoice_file("a.p7m", body[:400])


def test_ksef_tells_term_account_and_customer_number() -> None:
    found = read(samples.ksef())
    assert (found.number, found.payable.plain) == ("FV/2026/03/1", "123.00")
    assert (found.terms.due, found.buyer.id) == (date(2026, 4, 4), "K-77")
    assert (found.buyer.vat_id, found.buyer.postcode, found.buyer.town) == (
        "PL2222222222",
        "00-001",
        "Warszawa",
    )


@pytest.mark.parametrize(
    ("paid", "payable", "prepaid"),
    [
        ("<Zaplacono>1</Zaplacono><DataZaplaty>2026-03-05</DataZaplaty>", "0.00", "123.00"),
        (
            f"<{_PART}>1</{_PART}><ZaplataCzesciowa><Kwota{_PAID}>23</Kwota{_PAID}></ZaplataCzesciowa>",
            "100.00",
            "23.00",
        ),
        (f"<{_PART}>2</{_PART}>", "0.00", "123.00"),
    ],
)
def test_ksef_tells_what_was_paid(paid: str, payable: str, prepaid: str) -> None:
    found = read(samples.ksef(paid=paid))
    assert (found.payable.plain, found.prepaid.plain) == (payable, prepaid)


def test_ksef_settles_charges_and_deductions() -> None:
    owed = "<Rozliczenie><DoZaplaty>100.00</DoZaplaty></Rozliczenie>"
    assert read(samples.ksef(more=owed)).payable.plain == "100.00"
    over = "<Rozliczenie><DoRozliczenia>37.00</DoRozliczenia></Rozliczenie>"
    assert read(samples.ksef(more=over)).payable.plain == "-37.00"


def test_ksef_corrections_and_advances() -> None:
    about = "<DaneFaKorygowanej><NrFaKorygowanej>FV/1</NrFaKorygowanej></DaneFaKorygowanej>"
    more = read(samples.ksef("KOR", more=about))
    assert (more.kind, more.corrects) == (DocumentKind.CORRECTION, ("FV/1",))
    less = samples.ksef("KOR").replace(b">123.00<", b">-23.00<")
    assert read(less).kind is DocumentKind.CREDIT_NOTE
    assert read(samples.ksef("ZAL")).kind is DocumentKind.NO_CLAIM


def test_ksef_term_by_number_and_unit() -> None:
    inner = "<Ilosc>14</Ilosc><Jednostka>dni</Jednostka>"
    term = f"<TerminOpis>{inner}<ZdarzeniePoczatkowe>wystawienia</ZdarzeniePoczatkowe></TerminOpis>"
    found = read(samples.ksef(term=term))
    assert (found.terms.due, found.terms.text) == (None, "14 dni od wystawienia")


def test_facturae_tells_series_instalments_and_buyer() -> None:
    found = read(samples.facturae())
    assert (found.number, found.payable.plain, found.language) == ("A26-17", "121.00", "es")
    assert [part.minor for part in found.terms.parts] == [6050, 6050]
    assert (found.buyer.name, found.buyer.country) == ("Beta SL", "ES")
    assert found.buyer.vat_id == "ESB22222222"


def test_facturae_corrective_by_difference_is_a_credit_note() -> None:
    about = (
        "<Corrective><InvoiceNumber>9</InvoiceNumber><InvoiceSeriesCode>A26</InvoiceSeriesCode>"
        "<CorrectionMethod>02</CorrectionMethod></Corrective>"
    )
    found = read(samples.facturae("OR", "-21.00", about))
    assert (found.kind, found.corrects) == (DocumentKind.CREDIT_NOTE, ("A26-9",))
    assert read(samples.facturae("OR", "21.00", about)).kind is DocumentKind.CORRECTION


def test_a_pdf_is_read_and_kept() -> None:
    body = samples.pdf(samples.CII.encode())
    (found,) = read_invoice_file("f.pdf", body)
    assert (found.invoice.number, found.copy) == ("F-7", body)


def test_an_archive_is_read_file_by_file_and_a_spreadsheet_is_none() -> None:
    packed = samples.archive(b_xml=samples.ubl("R-2"), a_pdf=samples.pdf(samples.CII.encode()))
    assert is_invoice_file(packed)
    found = read_invoice_file("all.zip", packed)
    assert [(one.file, one.invoice.number) for one in found] == [
        ("all.zip: a.pdf", "F-7"),
        ("all.zip: b.xml", "R-2"),
    ]
    assert not is_invoice_file(workbook({"Sheet": [["number"], ["R-1"]]}))
    assert not is_invoice_file(b"number,customer\nR-1,C-1\n")


def test_a_business_document_is_taken_out_of_its_envelope() -> None:
    inner = samples.ubl().partition(b"?>\n")[2]
    assert read(b"<StandardBusinessDocument>" + inner + b"</StandardBusinessDocument>").number


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (samples.ubl(payable="a lot"), "line 26: PayableAmount: is no amount"),
        (samples.ubl(payable="1.234"), "PayableAmount: is no amount in EUR"),
        (samples.ubl(code="999"), "line 6: InvoiceTypeCode: '999' is no type of invoice"),
        (samples.ubl(issued="2026-02-30"), "IssueDate: is no day"),
        (samples.ubl().replace(b">EUR<", b">XXQ<"), "DocumentCurrencyCode: is no ISO 4217"),
        (samples.ubl().replace(b'"EUR">119', b'"USD">119'), "is in USD, but the document in EUR"),
        (samples.ubl().replace(b"<cbc:ID>R-1</cbc:ID>", b""), "Invoice/ID: is missing"),
        (samples.ubl()[:-30], "this is no complete XML"),
        (b"<Order/>", "line 1: Order: is none of Invoice, CreditNote"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><Invoice/>', "entities are not read"),
        (b"<a>" * 500 + b"</a>" * 500, "more than 100 deep"),
        (samples.pdf(b"x", "notes.txt"), "PDF without an electronic invoice"),
        (b"%PDF-1.7\nnonsense", "this PDF cannot be read"),
        (samples.encrypted_pdf(samples.CII.encode()), "encrypted"),
        (b"PK\x03\x04nonsense", "archive cannot be read"),
        (b"hello", "is no UBL, CII"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(body: bytes, reason: str) -> None:
    with pytest.raises(InvoiceFileError) as refused:
        read_invoice_file("in", body)
    assert str(refused.value).startswith("in")
    assert reason in str(refused.value)
    assert "Globex" not in str(refused.value)
