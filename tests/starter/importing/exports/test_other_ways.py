"""Other ways in which people and programs write amounts, days, terms, places and states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.calendar import check_place
from domain.errors import DomainError
from starter.importing.exports.terms import read_terms
from tests.starter.importing.exports.exporting import (
    HEADER,
    export,
    hinted,
    left,
    opened,
    refusal,
)


def amount_of(folder: Path, currency: str, text: str) -> str:
    """What is opened, or with a minus what is credited, of one amount."""
    found = export(folder, f'{HEADER}\nR-1,C1,2026-01-02,2026-02-01,{currency},"{text}"\n')
    return found.rows[0].amount.plain if found.rows else f"-{found.credits[0].amount.plain}"


@pytest.mark.parametrize(
    ("currency", "text", "plain"),
    [
        ("USD", "US$ 1,234.50", "1234.50"),
        ("AUD", "A$1,234.50", "1234.50"),
        ("NZD", "NZ$ 99.50", "99.50"),
        ("INR", "Rs. 1,23,456.00", "123456.00"),
        ("ZAR", "R 1 234,50", "1234.50"),
        ("TRY", "1.234,50 TL", "1234.50"),
        ("SEK", "100:-", "100.00"),
        ("SEK", "1 234:50", "1234.50"),
        ("NOK", "100,-", "100.00"),
        ("CHF", "100.\u2013", "100.00"),
        ("EUR", "1.234,--", "1234.00"),
        ("INR", "1,234.50 Dr", "1234.50"),
        ("USD", "1,234.50 CR", "-1234.50"),
        ("JPY", "\u00a51,234,567", "1234567"),
    ],
)
def test_amounts_are_read_as_each_country_writes_them(
    tmp_path: Path, currency: str, text: str, plain: str
) -> None:
    assert amount_of(tmp_path, currency, text) == plain


@pytest.mark.parametrize(
    ("currency", "text"),
    [("EUR", "£119.00"), ("GBP", "€119.00"), ("EUR", "$119.00"), ("USD", "A$119.00"),
     ("SEK", "119,00 zł"), ("CHF", "1.190,00 kr.")],
)  # fmt: skip
def test_a_sign_that_contradicts_the_lines_currency_is_named(
    tmp_path: Path, currency: str, text: str
) -> None:
    complaint = refusal(tmp_path, f'{HEADER}\nR-1,C1,2026-01-02,2026-02-01,{currency},"{text}"\n')
    assert f"has a sign that is not of {currency}" in complaint


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        ("Saturday, January 31, 2026", "Saturday, February 28, 2026"),
        ("Sat 31/01/2026", "Sat 28/02/2026"),
        ("Jan-31-2026", "Feb-28-2026"),
        ("31.01.2026 r.", "28.02.2026 r."),
        ("31.1.2026.", "28.2.2026."),
        ("Sa., 31.01.2026", "Sa., 28.02.2026"),
    ],
)
def test_days_are_read_with_what_stands_around_them(tmp_path: Path, issued: str, due: str) -> None:
    row = export(tmp_path, f"{HEADER};\n".replace(",", ";") +
                 f"R-1;C1;{issued};{due};EUR;119.00;\n").rows[0]  # fmt: skip
    assert (row.issued, row.due) == (date(2026, 1, 31), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("text", "due", "discount"),
    [
        ("8 Tage 2% Skonto, 30 Tage netto", date(2026, 3, 2), ("2", "8")),
        ("innerhalb von 14 Tagen ohne Abzug", date(2026, 2, 14), ("", "")),
        ("30 Tage nach Rechnungsdatum", date(2026, 3, 2), ("", "")),
        ("within 30 days of the invoice date", date(2026, 3, 2), ("", "")),
        ("45 jours date de facture", date(2026, 3, 17), ("", "")),
        ("2 weeks", date(2026, 2, 14), ("", "")),
        ("4 Wochen netto", date(2026, 2, 28), ("", "")),
        ("14 pv netto", date(2026, 2, 14), ("", "")),
        ("net-30", date(2026, 3, 2), ("", "")),
    ],
)
def test_terms_are_understood(text: str, due: date, discount: tuple[str, str]) -> None:
    found = read_terms(text)
    assert found.due(date(2026, 1, 31)) == due
    assert (found.discount_percent, found.discount_days) == discount


@pytest.mark.parametrize("text", ["-5 days", "14 Tage ab Erhalt", "10 Werktage", "30/60/90"])
def test_terms_that_name_no_certain_day_are_asked_about(text: str) -> None:
    with pytest.raises(DomainError, match="no payment terms that are understood"):
        read_terms(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Germany", "DE"), ("Österreich", "AT"), ("United Kingdom", "GB"), ("UK", "GB"),
     ("Nederland", "NL"), ("EL", "GR"), ("U.S.A.", "US"), ("Suède", "SE"), ("fr", "FR")],
)  # fmt: skip
def test_countries_are_read_by_their_names(tmp_path: Path, text: str, code: str) -> None:
    line = f"R-1,C1,2026-01-02,2026-02-01,EUR,119.00,{text}"
    assert export(tmp_path, f"{HEADER},country\n{line}\n").rows[0].debtor.country == code


@pytest.mark.parametrize("country", ["UK", "GBR", "DEU", "gb", "XX"])
def test_another_name_of_a_country_is_refused_where_a_code_is_said(country: str) -> None:
    with pytest.raises(DomainError, match=r"country code|no holidays"):
        check_place("UTC", country, "")


@pytest.mark.parametrize(("text", "code"), [("€", "EUR"), ("Euro", "EUR"), ("US$", "USD")])
def test_currencies_are_read_by_their_signs(tmp_path: Path, text: str, code: str) -> None:
    found = export(tmp_path, f"{HEADER}\nR-1,C1,2026-01-02,2026-02-01,{text},119.00\n")
    assert found.rows[0].amount.currency == code


@pytest.mark.parametrize("number", ["'0012", '"=""0012"""'])
def test_signs_that_tell_spreadsheets_of_a_text_are_no_part_of_it(
    tmp_path: Path, number: str
) -> None:
    found = export(tmp_path, f"{HEADER}\n{number},C1,2026-01-02,2026-02-01,EUR,119.00\n")
    assert opened(found) == [("0012", "119.00", "119.00")]


def test_one_address_written_twice_is_one(tmp_path: Path) -> None:
    line = "R-1,C1,2026-01-02,2026-02-01,EUR,119.00,mailto:a@x.example;A@X.example"
    debtor = export(tmp_path, f"{HEADER},email\n{line}\n").rows[0].debtor
    assert (debtor.email, debtor.others) == ("a@x.example", ())


def test_a_header_on_each_page_and_ruled_lines_are_no_invoices(tmp_path: Path) -> None:
    line = "C1,2026-01-02,2026-02-01,EUR,119.00"
    text = f"{HEADER}\n---,---,---,---,---,---\nR-1,{line}\n{HEADER}\nR-2,{line}\n"
    found = export(tmp_path, text)
    assert [number for number, _, _ in opened(found)] == ["R-1", "R-2"]
    assert left(found) == [(2, "'---': a ruled line"), (4, "the header again")]


def of_status(folder: Path, text: str) -> list[tuple[str, str, str]]:
    return opened(export(folder, f"{HEADER},status\nR-1,C1,2026-01-02,2026-02-01,EUR,9.00,{text}"))


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("Overdue by 12 days", True), ("Due in 5 days", True), ("Overdue on 05/02/2026", True),
     ("Forfalden", True), ("Neuhrazeno", True), ("Em aberto", True), ("Paid (05/02/2026)", False),
     ("Maksettu", False), ("Pago", False), ("Tabsført", False)],
)  # fmt: skip
def test_states_are_read_in_more_words(tmp_path: Path, text: str, is_open: bool) -> None:
    assert bool(of_status(tmp_path, text)) is is_open


@pytest.mark.parametrize("text", ["Paid 40.00", "Refunded (partial)", "Closed - cancelled"])
def test_a_state_with_an_amount_or_another_word_behind_it_is_asked_about(
    tmp_path: Path, text: str
) -> None:
    line = f"R-1,C1,2026-01-02,2026-02-01,EUR,9.00,{text}"
    assert "no status that is known" in refusal(tmp_path, f"{HEADER},status\n{line}")


@pytest.mark.parametrize(
    ("header", "hint"),
    [("Voided", "status=Voided"), ("Is Paid", "status=Is Paid"),
     ("Amount due (EUR)", "balance=Amount due (EUR)"), ("Balance EUR", "balance=Balance EUR")],
)  # fmt: skip
def test_what_probably_tells_of_an_end_is_offered_before_it_is_ignored(
    tmp_path: Path, header: str, hint: str
) -> None:
    text = f"{HEADER},{header}\nR-1,C1,2026-01-02,2026-02-01,EUR,9.00,yes\n"
    assert ("columns", hint) in hinted(tmp_path, text)


@pytest.mark.parametrize("number", ["1.23457E+17", "1,2E+11", "4E+12"])
def test_a_number_that_a_spreadsheet_has_shortened_is_named(tmp_path: Path, number: str) -> None:
    line = f'"{number}",C1,2026-01-02,2026-02-01,EUR,119.00'
    assert "was shortened by a spreadsheet" in refusal(tmp_path, f"{HEADER}\n{line}\n")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<html><table><tr><td>number</td></tr></table></html>", "a web page or XML"),
        ("\ufeff<?xml version='1.0'?><Workbook/>", "a web page or XML"),
        ("%PDF-1.7 an invoice", "a PDF"),
        ('[{"number": "R-1"}]', "JSON"),
    ],
)
def test_what_is_no_table_is_named_as_what_it_is(tmp_path: Path, content: str, what: str) -> None:
    assert f"in.csv: is {what} and no table" in refusal(tmp_path, content)
