"""The exports of accounting programs, known by their headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.errors import DomainError
from starter.importing.exports.profiles import ANY, choose_profile, every_profile, profile_names
from starter.importing.exports.reader import read_export
from starter.importing.exports.settling import Meaning
from starter.importing.files.invoices import EXPORT_FIELDS
from tests.starter.importing.exports.exporting import (
    NOTHING_SAID,
    Content,
    export,
    hinted,
    left,
    opened,
    refusal,
)

QUICKBOOKS = """"Juniper Supplies, Inc",,,,,,,
A/R Aging Detail Report,,,,,,,
"As of Jul 25, 2026",,,,,,,

,Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance
91 or more days past due,,,,,,,
,11/21/2025,Invoice,SI-1,Tactics,12/21/2025,"1,000.00",800.00
,01/23/2026,Credit Memo,SC-1,Zumi,01/23/2026,-100.00,-100.00
Total for 91 or more days past due,,,,,,,700.00
CURRENT,,,,,,,
,08/01/2026,Invoice,SI-2,Basement,09/01/2026,500.00,500.00
,08/01/2026,Payment,4711,Basement,,-50.00,-50.00
Total for CURRENT,,,,,,,450.00
TOTAL,,,,,,,"1,150.00"

" Thursday, July 30, 2026 04:19 PM GMT-06:00",,,,,,,
"""
DATEV = (
    "Konto;Kontobezeichnung;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo;"
    "Gegenkonto;Buchungstext\n"
    "10001;Müller & Söhne;RE-7;02.01.2026;01.02.2026;1.190,00;190,00;1.000,00;8400;Waren\n"
    "10002;Birke AG;RE-8;02.01.2026;01.02.2026;99,50;;99,50;8400;Waren\n"
    "10002;Birke AG;GU-1;05.01.2026;;;20,00;-20,00;8400;Gutschrift\n"
    "Summe;;;;;1.289,50;210,00;1.079,50;;\n"
).encode("cp1252")
SAGE = (
    "Invoice Number,Customer,Due Date,Date,Net,VAT,Total,Outstanding,Status\n"
    "SI-1,Oak Ltd,03/02/2026,04/01/2026,100.00,20.00,120.00,70.00,Part Paid\n"
    "SI-2,Oak Ltd,03/02/2026,04/01/2026,10.00,2.00,12.00,0.00,Paid\n"
    "SI-3,Elm Ltd,03/02/2026,04/01/2026,10.00,2.00,12.00,12.00,Void\n"
)
ODOO = (
    "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Total,Amount Due,Currency,"
    "Payment Status,Status\n"
    "INV/2026/0001,Azure,2026-01-02,2026-02-01,1190.0,690.0,EUR,Partially Paid,Posted\n"
    "INV/2026/0002,Azure,2026-01-02,2026-02-01,50.0,50.0,EUR,Not Paid,Posted\n"
    "INV/2026/0003,Azure,2026-01-02,2026-02-01,50.0,0.0,EUR,In Payment,Posted\n"
    "/,Azure,2026-01-02,2026-02-01,50.0,50.0,EUR,Not Paid,Draft\n"
    "INV/2026/0005,Azure,2026-01-02,2026-02-01,50.0,50.0,EUR,Not Paid,Cancelled\n"
)
STRIPE = (
    "id,Amount Due,Billing,Currency,Customer,Customer Email,Date (UTC),Due Date (UTC),Number,Paid,"
    "Subtotal,Total,Amount Paid,Amount Remaining,Status\n"
    "in_1,100.00,send_invoice,usd,cus_1,a@x.example,2026-01-02 09:30,2026-02-01 09:30,A-1,FALSE,"
    "100.00,100.00,40.00,60.00,open\n"
    "in_2,100.00,send_invoice,usd,cus_1,a@x.example,2026-01-02 09:30,2026-02-01 09:30,A-2,TRUE,"
    "100.00,100.00,100.00,0.00,paid\n"
    "in_3,100.00,send_invoice,usd,cus_1,a@x.example,2026-01-02 09:30,2026-02-01 09:30,A-3,FALSE,"
    "100.00,100.00,0.00,100.00,uncollectible\n"
    "in_4,100.00,send_invoice,usd,cus_1,a@x.example,2026-01-02 09:30,,,FALSE,"
    "100.00,100.00,0.00,100.00,draft\n"
)
ERPNEXT = (
    "ID,Customer,Customer Name,Date,Payment Due Date,Currency,Grand Total,Outstanding Amount,"
    "Status,Is Return (Credit Note),Return Against\n"
    "SINV-1,CUST-1,Oak Ltd,2026-01-02,2026-02-01,EUR,119.00,69.00,Partly Paid,0,\n"
    "SINV-2,CUST-1,Oak Ltd,2026-01-02,2026-02-01,EUR,50.00,50.00,Overdue,0,\n"
    "SINV-3,CUST-1,Oak Ltd,2026-01-02,2026-02-01,EUR,50.00,0.00,Paid,0,\n"
    "SINV-4,CUST-1,Oak Ltd,2026-01-02,2026-02-01,EUR,50.00,50.00,Cancelled,0,\n"
    "SINV-5,CUST-1,Oak Ltd,2026-01-09,2026-01-09,EUR,-20.00,-20.00,Return,1,SINV-2\n"
)
DAYS = "2026-01-02T00:00:00.000+01:00,2026-02-01T00:00:00.000+01:00"
LEXWARE = (
    "id,voucherType,voucherStatus,voucherNumber,voucherDate,dueDate,contactId,contactName,"
    "totalAmount,openAmount,currency\n"
    f"a,invoice,overdue,RE1,{DAYS},k1,Test GmbH,"
    "99.8,74.8,EUR\n"
    f"b,invoice,paid,RE2,{DAYS},k1,Test GmbH,"
    "99.8,0,EUR\n"
    f"c,purchaseinvoice,open,4711,{DAYS},k2,X,"
    "10,10,EUR\n"
    f"d,creditnote,open,GU1,{DAYS},k1,Test GmbH,"
    "5,5,EUR\n"
)


def test_a_xero_export_as_it_was_handed_in(shared_data: Path) -> None:
    """Line items are one invoice, dates are day first, and only what is open is opened."""
    path = shared_data / "faults" / "06-accounting-export" / "xero-shaped.csv"
    found = read_export(path, NOTHING_SAID)
    assert opened(found) == [("INV-1", "1495.00", "1000.00")]
    (row,) = found.rows
    assert (row.debtor.id, row.debtor.email) == ("Juniper Tea House", "pay@juniper.example")
    assert (row.issued.isoformat(), row.due.isoformat()) == ("2026-03-24", "2026-04-23")
    assert left(found) == [(4, "paid ('Paid')"), (5, "void ('Voided')")]
    assert [(one.number, one.amount.plain) for one in found.credits] == [("CN-1", "115.00")]
    assert found.notes == ("read as an export of Xero (profile xero)",)


@pytest.mark.parametrize(
    ("content", "told", "expected"),
    [
        (
            QUICKBOOKS,
            {"constants": {"currency": "USD"}},
            [("SI-1", "1000.00", "800.00"), ("SI-2", "500.00", "500.00")],
        ),
        (DATEV, {}, [("RE-7", "1190.00", "1000.00"), ("RE-8", "99.50", "99.50")]),
        (SAGE, {"constants": {"currency": "GBP"}}, [("SI-1", "120.00", "70.00")]),
        (
            ODOO,
            {},
            [("INV/2026/0001", "1190.00", "690.00"), ("INV/2026/0002", "50.00", "50.00")],
        ),
        (STRIPE, {}, [("A-1", "100.00", "60.00")]),
        (ERPNEXT, {}, [("SINV-1", "119.00", "69.00"), ("SINV-2", "50.00", "50.00")]),
        (LEXWARE, {}, [("RE1", "99.80", "74.80")]),
    ],
    ids=["quickbooks", "datev", "sage", "odoo", "stripe", "erpnext", "lexware"],
)
def test_an_export_is_known_by_its_header(
    tmp_path: Path, content: Content, told: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert opened(export(tmp_path, content, **told)) == expected


def test_reports_have_titles_sums_and_an_hour_which_are_no_invoices(tmp_path: Path) -> None:
    found = export(tmp_path, QUICKBOOKS, constants={"currency": "USD"})
    assert [line for line, _ in left(found)] == [6, 9, 10, 12, 13, 14, 16]
    assert (12, "no invoice ('Payment')") in left(found)
    assert (14, "'TOTAL': a sum") in left(found)
    assert [(row.issued.isoformat(), row.due.isoformat()) for row in found.rows] == [
        ("2025-11-21", "2025-12-21"),
        ("2026-08-01", "2026-09-01"),
    ]
    assert [(one.line, one.number) for one in found.credits] == [(8, "SC-1")]


def test_a_german_ledger_has_its_own_letters_dates_and_amounts(tmp_path: Path) -> None:
    found = export(tmp_path, DATEV)
    assert (found.rows[0].debtor.id, found.rows[0].debtor.name) == ("10001", "Müller & Söhne")
    assert found.rows[0].due.isoformat() == "2026-02-01"
    assert [(one.number, one.amount.plain) for one in found.credits] == [("GU-1", "20.00")]
    assert any("Windows-1252" in note for note in found.notes)


def test_a_programs_missing_currency_is_asked_for(tmp_path: Path) -> None:
    assert "in.csv:5: currency: this column is missing" in refusal(tmp_path, QUICKBOOKS)
    assert ("constants", "currency=EUR") in hinted(tmp_path, QUICKBOOKS)


def test_a_profile_can_be_asked_for_and_refused(tmp_path: Path) -> None:
    assert opened(export(tmp_path, STRIPE, profile="stripe")) == [("A-1", "100.00", "60.00")]
    assert "number" in refusal(tmp_path, DATEV, profile="none")
    with pytest.raises(DomainError, match="did you mean xero"):
        export(tmp_path, STRIPE, profile="xeros")


def test_our_own_header_is_nobodys_export(tmp_path: Path) -> None:
    assert choose_profile("", ["anything"]).name == ""
    found = export(
        tmp_path, "number,customer,issued,due,currency,amount\n1,C,2026-01-02,2026-02-01,EUR,1\n"
    )
    assert found.notes == ()


@pytest.mark.parametrize("name", [*profile_names(), ANY])
def test_a_profile_speaks_of_known_fields_and_meanings_only(name: str) -> None:
    profile = every_profile()[name]
    assert set(profile.columns) <= set(EXPORT_FIELDS)
    assert set(profile.statuses.values()) <= {*Meaning}
    assert set(profile.kinds.values()) <= {"invoice", "credit_note", "other"}
    assert profile.dates in ("", "DMY", "MDY", "YMD")
    assert profile.decimals in ("", ".", ",")
    if name != ANY:
        assert profile.fits
        assert profile.title


def test_no_header_fits_two_programs() -> None:
    for one in every_profile().values():
        for header in one.fits:
            assert choose_profile("", header).name == one.name
