"""Invoices from files: checked on entry (P01), the whole file or nothing of it."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.case.invoice import Discount
from domain.money import Money
from starter.importing.files.invoices import InvoiceRow, read_invoices
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError

SHARED = Path(
    os.environ.get("AMICABLE_SHARED_DATA", Path(__file__).parents[3].parent / "shared" / "data")
)
HEADER = "number,customer,issued,due,currency,amount"
GOOD = "007,C1,2026-01-02,2026-02-01,EUR,119.00"
NOTHING_SAID = ReadOptions()


def read(
    folder: Path, *lines: str, header: str = HEADER, options: ReadOptions = NOTHING_SAID
) -> list[InvoiceRow]:
    path = folder / "in.csv"
    path.write_text("\n".join((header, *lines)), encoding="utf-8")
    return read_invoices(path, options)


def refusal(
    folder: Path, *lines: str, header: str = HEADER, options: ReadOptions = NOTHING_SAID
) -> str:
    with pytest.raises(FileError) as refused:
        read(folder, *lines, header=header, options=options)
    return str(refused.value).replace(str(folder / "in.csv"), "in.csv")


def test_an_invoice_is_read_with_its_leading_zeros_and_exact_money(tmp_path: Path) -> None:
    (row,) = read(tmp_path, GOOD)
    assert (row.line, row.number, row.debtor.id) == (2, "007", "C1")
    assert (row.issued, row.due, row.settled) == (date(2026, 1, 2), date(2026, 2, 1), None)
    assert row.amount == Money(11900, "EUR")
    assert (row.debtor.zone, row.debtor.country, row.debtor.language) == ("UTC", "", "")


def test_an_invoice_may_be_due_on_the_day_it_is_issued(tmp_path: Path) -> None:
    (row,) = read(tmp_path, GOOD.replace("2026-02-01", "2026-01-02"))
    assert row.due == row.issued


def test_who_owes_it_is_read_and_put_into_one_form(tmp_path: Path) -> None:
    header = f"{HEADER},customer_name,email,phone,country,subdivision,timezone,language,class,"
    line = f"{GOOD},=cmd() GmbH,Anna@EXAMPLE.org,030 901820,de,BE,Europe/Berlin,de,risky,Eve"
    (row,) = read(tmp_path, f"{line},2026-03-01", header=f"{header}sales_rep,settled")
    debtor = row.debtor
    assert (debtor.name, debtor.email) == ("=cmd() GmbH", "Anna@example.org")
    assert (debtor.phone, debtor.country, debtor.subdivision) == ("+4930901820", "DE", "BE")
    assert (debtor.zone, debtor.language) == ("Europe/Berlin", "de")
    assert (debtor.customer_class, debtor.sales_rep) == ("risky", "Eve")
    assert row.settled == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("007", "", "in.csv:2: number: is empty; every line needs one"),
        ("C1", "", "in.csv:2: customer: is empty"),
        ("2026-02-01", "2026-01-01", "in.csv:2: due: 2026-01-01 lies before the invoice date"),
        ("2026-02-01", "2026-02-30", "in.csv:2: due: '2026-02-30' is no day of the calendar"),
        ("2026-02-01", "03/04/2026", "in.csv:2: due: '03/04/2026' is no ISO date; write 2026"),
        ("2026-02-01", "20260201", "in.csv:2: due: '20260201' is no ISO date"),
        ("2026-01-02", "0202-01-02", "in.csv:2: issued: '0202-01-02' would be in the year 202"),
        ("EUR", "eur", "in.csv:2: currency: 'eur' is no ISO 4217 currency code"),
        ("EUR", "", "in.csv:2: currency: is empty; write for example EUR, or say one for"),
        ("119.00", "119.005", "in.csv:2: amount: 119.005 has more than 2 decimals for EUR"),
        ("119.00", "0.00", "in.csv:2: amount: 0.00 is not more than zero"),
        ("119.00", "-5", "in.csv:2: amount: -5 is not more than zero"),
        ("119.00", "1e3", "in.csv:2: amount: '1e3' is no plain amount; write it like 1234.56"),
        ("119.00", "1_000", "in.csv:2: amount: '1_000' is no plain amount"),
        ("119.00", "NaN", "in.csv:2: amount: 'NaN' is no plain amount"),
        ("119.00", '"1.234,56"', "'1.234,56' is no plain amount; write it like 1234.56 or, if"),
        ("119.00", '"1,234.56"', "'1,234.56' is no plain amount; write it like 1234.56 or, if"),
        ("119.00", "9" * 20, "is larger than any invoice here can be"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_and_the_way_out(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert complaint in refusal(tmp_path, GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("email", "anna", "'anna' is no e-mail address"),
        ("email", "anna@here", "its domain has no dot"),
        ("phone", "030 901820", "write it like +49 30 901820, or name the country"),
        ("phone", "+1 5550100", "cannot be a phone number"),
        ("country", "Germany", "'Germany' is no country code; write for example DE"),
        ("country", "XX", "no holidays are known for XX; leave it empty for weekends only"),
        ("timezone", "Berlin", "'Berlin' is no IANA time zone; write for example Europe/Berlin"),
        ("language", "german!", "is no language tag"),
        ("class", "vip", "'vip' is no customer class; write one of new, good"),
        ("settled", "soon", "'soon' is no ISO date"),
    ],
)
def test_a_wrong_contact_is_named_too(
    tmp_path: Path, column: str, value: str, complaint: str
) -> None:
    text = refusal(tmp_path, f"{GOOD},{value}", header=f"{HEADER},{column}")
    assert text.startswith(f"in.csv:2: {column}: ")
    assert complaint in text


DISCOUNT = "discount_percent,discount_days,discount_until"


@pytest.mark.parametrize(
    ("cells", "minor", "until"),
    [("2,10,", 238, date(2026, 1, 12)), ("2.5,,2026-01-20", 298, date(2026, 1, 20))],
)
def test_a_discount_for_paying_early_is_an_amount_and_a_last_day(
    tmp_path: Path, cells: str, minor: int, until: date
) -> None:
    """P07: 2 % of 119.00 within ten days of 2 January, or up to a date."""
    path = tmp_path / "in.csv"
    path.write_text(f"{HEADER},{DISCOUNT}\n{GOOD},{cells}\n")
    (row,) = read_invoices(path, ReadOptions())

    assert row.discount == Discount(minor=minor, until=until)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("2,,", "in.csv:2: discount_days: '' is no number of days"),
        ("2,10,2026-01-20", "in.csv:2: discount_days: name the days or the last day"),
        (",10,", "in.csv:2: discount_percent: '' is no percentage"),
        ("2,,2026-01-01", "in.csv:2: discount_until: 2026-01-01 lies before the invoice date"),
        ("2,,soon", "in.csv:2: discount_until: 'soon' is no ISO date"),
    ],
)
def test_a_discount_that_makes_no_sense_is_named(
    tmp_path: Path, cells: str, complaint: str
) -> None:
    assert complaint in refusal(tmp_path, f"{GOOD},{cells}", header=f"{HEADER},{DISCOUNT}")


def test_the_columns_are_called_what_the_file_calls_them(tmp_path: Path) -> None:
    header = HEADER.replace("amount", "Betrag")
    text = refusal(
        tmp_path,
        GOOD.replace("119.00", "x"),
        header=header,
        options=ReadOptions(columns={"amount": "Betrag"}),
    )
    assert text.startswith("in.csv:2: Betrag: 'x' is no plain amount")


def test_a_number_that_comes_twice_is_refused_whether_equal_or_not(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOOD, GOOD) == (
        "in.csv:3: number: 007 stands in line 2 already, the same line twice; take one out"
    )
    other = refusal(tmp_path, GOOD, GOOD.replace("119", "120"))
    assert "another invoice of this number; find out which one is right" in other


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = refusal(tmp_path, GOOD.replace("EUR", "X").replace("C1", ""), GOOD, f"{GOOD},x")
    assert [line.split(":")[1] for line in text.splitlines()] == ["2", "2", "3", "4"]
    assert "in.csv:2: customer" in text
    assert "in.csv:2: currency" in text
    assert "in.csv:4: has 7 cells where the header has 6" in text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")
def test_all_invoices_of_the_ibm_file_are_read_with_their_zeros_and_american_dates() -> None:
    options = ReadOptions(
        columns={
            "number": "invoiceNumber",
            "customer": "customerID",
            "issued": "InvoiceDate",
            "due": "DueDate",
            "amount": "InvoiceAmount",
            "settled": "SettledDate",
        },
        constants={"currency": "USD"},
        date_format="M/D/YYYY",
    )
    rows = read_invoices(SHARED / "receivables" / "ibm_accounts_receivable.csv", options)
    assert len(rows) == 2466
    assert (rows[0].number, rows[0].issued) == ("0000611365", date(2013, 1, 2))
    assert all(len(row.number) == 10 for row in rows)
    assert len({row.debtor.id for row in rows}) == 100
    assert sum((row.amount.decimal for row in rows), Decimal()) == Decimal("147703.18")


def test_the_reference_that_is_printed_on_an_invoice_is_read(tmp_path: Path) -> None:
    lines = (f"{GOOD},RF18 5390 0754 7034", "008,C1,2026-01-02,2026-02-01,EUR,1.00,")
    first, second = read(tmp_path, *lines, header=f"{HEADER},reference")

    assert (first.reference, second.reference) == ("RF18 5390 0754 7034", "")


def test_a_reference_that_no_bank_carries_is_named(tmp_path: Path) -> None:
    told = refusal(tmp_path, f"{GOOD},{'7' * 36}", header=f"{HEADER},reference")

    assert told.startswith("in.csv:2: reference: ")
    assert "longer than 35 characters" in told
