"""Real e-invoices of others: each read to the cent or refused by name; read independently as well.

What is expected is taken from the files by patterns over their text, not by the parser under test.
"""

import io
import logging
import re
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest

from adapters.einvoice.invoice_files import InvoiceDocument, read_invoice_file
from adapters.einvoice.refused_invoice import InvoiceFileError
from domain.einvoice.claims import ClaimFate, DueFrom, judge_invoice
from domain.einvoice.document import DocumentKind

REFUSED = {"factur-x-invalid-xml-encoding-attribute.pdf": "this is no complete XML"}
"""Files that their makers have broken on purpose."""

_MONEY = r"[^>]*>\s*(-?[0-9.]+)\s*<"
_CODES = {"381": DocumentKind.CREDIT_NOTE, "384": DocumentKind.CORRECTION}


@pytest.fixture(scope="module")
def files(shared_data: Path) -> list[Path]:
    folder = shared_data / "einvoice"
    if not folder.is_dir():
        pytest.skip(f"no electronic invoices at {folder}; set AMICABLE_SHARED_DATA")
    return sorted(file for file in folder.rglob("*") if file.suffix in {".xml", ".pdf", ".p7m"})


@pytest.fixture(scope="module")
def read(files: list[Path]) -> dict[Path, list[InvoiceDocument]]:
    """What every file that is not refused holds."""
    good = [file for file in files if file.name not in REFUSED]
    return {file: read_invoice_file(file.name, file.read_bytes()) for file in good}


@dataclass(frozen=True)
class Expected:
    """What stands in a file, found by patterns alone."""

    number: str
    issued: str
    payable: str
    prepaid: str
    due: str
    kind: DocumentKind


def test_every_file_is_read_or_refused_by_name(files: list[Path]) -> None:
    assert len(files) == 98
    refused = {}
    for file in files:
        try:
            read_invoice_file(file.name, file.read_bytes())
        except InvoiceFileError as error:
            refused[file.name] = str(error)
    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[name] in told for name, told in refused.items())
    assert all(told.startswith(f"{name}: ") for name, told in refused.items())


def test_numbers_days_and_sums_are_those_that_patterns_find(
    read: dict[Path, list[InvoiceDocument]],
) -> None:
    seen = 0
    for file, documents in read.items():
        expected = _expected(_xml_of(file))
        found = [_told(one) for one in documents]
        assert (file.name, found) == (file.name, expected)
        seen += len(documents)
    assert seen == 98


def test_a_pdf_is_kept_as_the_copy_that_people_read(
    read: dict[Path, list[InvoiceDocument]],
) -> None:
    for file, documents in read.items():
        copy = file.read_bytes() if file.suffix == ".pdf" else b""
        assert [one.copy for one in documents] == [copy] * len(documents)


def test_each_document_becomes_a_claim_a_credit_or_a_question(
    read: dict[Path, list[InvoiceDocument]],
) -> None:
    """Nothing of which nothing is to be paid becomes a claim, and no claim is without its day."""
    fates = dict.fromkeys(ClaimFate, 0)
    for documents in read.values():
        for one in documents:
            judged = judge_invoice(one.invoice)
            fates[judged.fate] += 1
            if judged.fate is ClaimFate.CLAIM:
                assert one.invoice.payable.minor > 0
                assert judged.due
                assert judged.due >= one.invoice.issued
                assert (judged.due_from is DueFrom.FIELD) == (one.invoice.terms.due is not None)
            else:
                assert judged.why or judged.credits
    assert fates == {
        ClaimFate.CLAIM: 57,
        ClaimFate.ASKED: 27,
        ClaimFate.CREDIT: 13,
        ClaimFate.NOTHING_OWED: 1,
    }


def test_the_buyer_is_named_where_the_file_names_one(
    read: dict[Path, list[InvoiceDocument]],
) -> None:
    for file, documents in read.items():
        text = " ".join(_xml_of(file).split())
        for one in documents:
            buyer = one.invoice.buyer
            assert buyer.name, file.name
            words = [word for word in buyer.name.split() if word.isalpha()]
            assert all(word in text for word in words), file.name
            assert buyer.country == "" or f">{buyer.country}<" in text


def _told(one: InvoiceDocument) -> Expected:
    invoice = one.invoice
    return Expected(
        number=invoice.number,
        issued=f"{invoice.issued:%Y%m%d}",
        payable=_cents(invoice.payable.plain),
        prepaid=_cents(invoice.prepaid.plain),
        due=f"{invoice.terms.due:%Y%m%d}" if invoice.terms.due else "",
        kind=invoice.kind,
    )


def _cents(text: str) -> str:
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')[:2]}"


def _xml_of(file: Path) -> str:
    body = file.read_bytes()
    if file.suffix == ".pdf":
        logging.disable(logging.CRITICAL)
        attached = pypdf.PdfReader(io.BytesIO(body)).attachments
        logging.disable(logging.NOTSET)
        body = next(parts[0] for name, parts in attached.items() if name.lower().endswith(".xml"))
    return body.decode("utf-8-sig")


def _expected(text: str) -> list[Expected]:
    if "FatturaElettronicaBody" in text:
        return [_of_fattura(part) for part in text.split("<FatturaElettronicaBody>")[1:]]
    text = re.sub(r"<(/?)[\w-]+:", r"<\1", text)  # names without their prefixes
    return [_of_cii(text) if "CrossIndustry" in text else _of_ubl(text)]


def _first(pattern: str, text: str, default: str = "") -> str:
    found = re.search(pattern, text, re.DOTALL)
    return found[1].strip() if found else default


def _of_ubl(text: str) -> Expected:
    head = text.partition("<AccountingSupplierParty>")[0]
    code = _first(r"<InvoiceTypeCode[^>]*>\s*(\d+)", head)
    return Expected(
        number=_first(r"<ID>([^<]+)<", head),
        issued=_first(r"<IssueDate>([^<]+)<", head).replace("-", ""),
        payable=_cents(_first(rf"<PayableAmount{_MONEY}", text)),
        prepaid=_cents(_first(rf"<PrepaidAmount{_MONEY}", text, "0")),
        due=_first(r"<DueDate>([^<]+)<", head).replace("-", ""),
        kind=_CODES.get(code, DocumentKind.INVOICE),
    )


def _of_cii(text: str) -> Expected:
    head = _first(r"<(?:Header)?ExchangedDocument>(.*?)</(?:Header)?ExchangedDocument>", text)
    terms = _first(r"<SpecifiedTradePaymentTerms>(.*)</SpecifiedTradePaymentTerms>", text)
    whole = _first(rf"<GrandTotalAmount{_MONEY}", text)
    code = _first(r"<TypeCode>\s*(\d+)", head)
    return Expected(
        number=_first(r"<ID>([^<]+)<", head),
        issued=_first(r"<DateTimeString[^>]*>([^<]+)<", head),
        payable=_cents(_first(rf"<DuePayableAmount{_MONEY}", text, whole)),
        prepaid=_cents(_first(rf"<TotalPrepaidAmount{_MONEY}", text, "0")),
        due=_first(r"<DueDateDateTime>.*?<DateTimeString[^>]*>([^<]+)<", terms),
        kind=_CODES.get(code, DocumentKind.INVOICE),
    )


def _of_fattura(text: str) -> Expected:
    code = _first(r"<TipoDocumento>(\w+)<", text)
    return Expected(
        number=_first(r"<Numero>([^<]+)<", text),
        issued=_first(r"<Data>([^<]+)<", text).replace("-", ""),
        payable=_cents(_first(r"<ImportoPagamento>([^<]+)<", text)),
        prepaid="0.00",
        due=_first(r"<DataScadenzaPagamento>([^<]+)<", text).replace("-", ""),
        kind=DocumentKind.CREDIT_NOTE if code == "TD04" else DocumentKind.INVOICE,
    )
