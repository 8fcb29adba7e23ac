"""How dates, amounts and payment terms are written: found out where it is certain, else asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.errors import DomainError
from starter.importing.exports.terms import read_terms
from tests.starter.importing.exports.exporting import HEADER, export, hinted, opened, refusal


def invoices(*pairs: tuple[str, str]) -> str:
    lines = (f'R-{at},C1,"{issued}","{due}",EUR,1.00' for at, (issued, due) in enumerate(pairs))
    return "\n".join((HEADER, *lines))


@pytest.mark.parametrize(
    ("pairs", "due"),
    [
        ([("2026-01-02", "2026-02-01")], "2026-02-01"),
        ([("24/03/2026", "23/04/2026")], "2026-04-23"),
        ([("04/02/2026", "06/03/2026"), ("24/03/2026", "01/04/2026")], "2026-03-06"),
        ([("01/15/2026", "02/03/2026")], "2026-02-03"),
        ([("03.04.2026", "05.06.2026")], "2026-06-05"),
        ([("3.4.2026", "5.6.2026")], "2026-06-05"),
        ([("24-03-2026", "23-04-2026")], "2026-04-23"),
        ([("24 Mar 2026", "3 Apr 2026")], "2026-04-03"),
        ([("24-Mar-26", "03-Apr-26")], "2026-04-03"),
        ([("Mar 24, 2026", "April 3, 2026")], "2026-04-03"),
        ([("24. März 2026", "3. Mai 2026")], "2026-05-03"),
        ([("1er mars 2026", "3 avril 2026")], "2026-04-03"),
        ([("2026/03/24", "2026/04/03")], "2026-04-03"),
        ([("20260324", "20260403")], "2026-04-03"),
        ([("2026-03-24 09:30", "2026-04-03T00:00:00Z")], "2026-04-03"),
        ([("2026-01-02", "24/03/2026")], "2026-03-24"),
        ([("05/05/2026", "06/06/2026")], "2026-06-06"),  # both orders mean the same day
        ([("31.12.25", "13.01.26")], "2026-01-13"),
    ],
)
def test_dates_are_read_where_only_one_way_makes_sense_of_all(
    tmp_path: Path, pairs: list[tuple[str, str]], due: str
) -> None:
    assert export(tmp_path, invoices(*pairs)).rows[0].due.isoformat() == due


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([("03/04/2026", "05/06/2026")], "'03/04/2026' could be 2026-03-04 or 2026-04-03"),
        ([("03-04-2026", "05-06-2026")], "'03-04-2026' could be 2026-03-04 or 2026-04-03"),
        ([("2026-01-02", "03/04/2026")], "'03/04/2026' could be 2026-03-04 or 2026-04-03"),
        ([("31/12/25", "13/01/26")], "'31/12/25' could be 2025-12-31 or 2031-12-25"),
        ([("01/02/26", "01/03/26")], "'01/02/26' could be 2001-02-26 or 2026-01-02 or 2026-02-01"),
    ],
)
def test_dates_that_could_be_two_days_are_asked_about(
    tmp_path: Path, pairs: list[tuple[str, str]], told: str
) -> None:
    text = refusal(tmp_path, invoices(*pairs))
    assert told in text
    assert {option for option, _ in hinted(tmp_path, invoices(*pairs))} == {"date_format"}


@pytest.mark.parametrize(
    ("how", "due"),
    [
        ("DMY", "2026-06-05"),
        ("mdy", "2026-05-06"),
        ("DD/MM/YYYY", "2026-06-05"),
        ("M/D/YYYY", "2026-05-06"),
    ],
)
def test_what_was_said_about_dates_holds(tmp_path: Path, how: str, due: str) -> None:
    found = export(tmp_path, invoices(("03/04/2026", "05/06/2026")), date_format=how)
    assert found.rows[0].due.isoformat() == due


def test_a_format_may_name_months(tmp_path: Path) -> None:
    found = export(tmp_path, invoices(("03 Apr 2026", "05 Jun 2026")), date_format="DD MMM YYYY")
    assert found.rows[0].due.isoformat() == "2026-06-05"


@pytest.mark.parametrize(
    ("pair", "complaint"),
    [
        (("2026-01-02", "soon"), "in.csv:2: due: 'soon' is no date; write it like 2026-03-31"),
        (("2026-01-02", "2026-02-30"), "in.csv:2: due: '2026-02-30' is no date"),
        (("24/03/2026", "04/23/2026"), "is no date"),
        (("2026-01-02", "9.3.26"), "in.csv:2: due: '9.3.26' has a year of two digits, where"),
        (("2026-01-02", "2026-01-01"), "in.csv:2: due: 2026-01-01 lies before the invoice date"),
        (("1026-01-02", "2026-01-03"), "would be in the year 1026"),
        (("2026-01-02", ""), "in.csv:2: due: is empty; a date is needed here"),
    ],
)
def test_a_date_that_is_none_is_named(
    tmp_path: Path, pair: tuple[str, str], complaint: str
) -> None:
    assert complaint in refusal(tmp_path, invoices(pair))


def amounts(currency: str, *texts: str) -> str:
    lines = (
        f'R-{at},C1,2026-01-02,2026-02-01,{currency},"{text}"' for at, text in enumerate(texts)
    )
    return "\n".join((HEADER, *lines))


@pytest.mark.parametrize(
    ("currency", "texts", "first"),
    [
        ("EUR", ["119.00"], "119.00"),
        ("EUR", ["119"], "119.00"),
        ("USD", ["1,100.00"], "1100.00"),
        ("USD", ["1,100", "19.90"], "1100.00"),
        ("EUR", ["1.100,00"], "1100.00"),
        ("EUR", ["1.100", "19,90"], "1100.00"),
        ("EUR", ["119,00"], "119.00"),
        ("CHF", ["1'234.50"], "1234.50"),
        ("CHF", ["1\u2019234.50"], "1234.50"),
        ("SEK", ["1 234,56"], "1234.56"),
        ("PLN", ["1\u00a0234,56"], "1234.56"),
        ("EUR", ["1\u202f234,56"], "1234.56"),
        ("USD", ["$4,250.00"], "4250.00"),
        ("EUR", ["1.234,56 €"], "1234.56"),
        ("EUR", ["EUR 12.50"], "12.50"),
        ("NZD", ["1495.0000"], "1495.00"),
        ("INR", ["1,00,000.00"], "100000.00"),
        ("JPY", ["1200"], "1200"),
        ("JPY", ["1,200", "1,000,000"], "1200"),
        ("KWD", ["1.234"], "1.234"),
    ],
)
def test_amounts_are_read_where_only_one_way_makes_sense_of_all(
    tmp_path: Path, currency: str, texts: list[str], first: str
) -> None:
    assert opened(export(tmp_path, amounts(currency, *texts)))[0][1] == first


@pytest.mark.parametrize(
    ("currency", "texts"),
    [("EUR", ["1.100"]), ("USD", ["1,100"]), ("JPY", ["1,200"]), ("EUR", ["1.234", "12"])],
)
def test_amounts_that_could_be_a_thousand_times_more_are_asked_about(
    tmp_path: Path, currency: str, texts: list[str]
) -> None:
    told = refusal(tmp_path, amounts(currency, *texts))
    assert "could be a thousand times more or less" in told
    ways_out = hinted(tmp_path, amounts(currency, *texts))
    assert ways_out == {("decimal_point", ""), ("decimal_comma", "")}


def test_what_was_said_about_amounts_holds(tmp_path: Path) -> None:
    text = amounts("EUR", "1.100")
    assert opened(export(tmp_path, text, decimal_comma=True))[0][1] == "1100.00"
    assert opened(export(tmp_path, text, decimal_point=True))[0][1] == "1.10"


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["1.100,00", "1,100.00"], "in.csv:2: amount: '1.100,00' is no amount written like 1,2"),
        (["1,100.00", "1.100", "1,00"], "the amounts are written in two ways"),
        (["119.005", "1.00"], "has more than 2 decimals for EUR"),
        (["1e3"], "in.csv:2: amount: '1e3' is no amount"),
        (["12.50 USD"], "'12.50 USD' is in USD, its line in EUR"),
        ([""], "in.csv:2: amount: is empty"),
        (["9" * 20], "is larger than any invoice"),
    ],
)
def test_an_amount_that_is_none_is_named(tmp_path: Path, texts: list[str], complaint: str) -> None:
    assert complaint in refusal(tmp_path, amounts("EUR", *texts))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("30 days", "2026-02-19"),
        ("Net 30", "2026-02-19"),
        ("net30", "2026-02-19"),
        ("n/30", "2026-02-19"),
        ("30", "2026-02-19"),
        ("14 Tage netto", "2026-02-03"),
        ("Zahlbar innerhalb von 14 Tagen", "2026-02-03"),
        ("30 jours", "2026-02-19"),
        ("60 giorni", "2026-03-21"),
        ("EOM+15", "2026-02-15"),
        ("EOM + 0", "2026-01-31"),
        ("15 days after end of month", "2026-02-15"),
        ("30 Days EOM", "2026-03-02"),
        ("End of month", "2026-01-31"),
        ("30 jours fin de mois", "2026-02-28"),
        ("20th of following month", "2026-02-20"),
        ("Due on receipt", "2026-01-20"),
        ("sofort", "2026-01-20"),
        ("2/10 net 30", "2026-02-19"),
        ("2% Skonto innerhalb 10 Tagen, 30 Tage netto", "2026-02-19"),
    ],
)
def test_terms_give_the_due_date_that_is_missing(tmp_path: Path, text: str, due: str) -> None:
    head = "number,customer,issued,currency,amount,terms"
    found = export(tmp_path, f'{head}\nR-1,C1,2026-01-20,EUR,119.00,"{text}"\n')
    assert found.rows[0].due.isoformat() == due


def test_terms_may_be_the_same_for_all_and_a_due_date_holds_against_them(tmp_path: Path) -> None:
    content = f"{HEADER}\n1,C,2026-01-20,,EUR,1.00\n2,C,2026-01-20,2026-03-01,EUR,1.00\n"
    first, second = export(tmp_path, content, constants={"terms": "10 days"}).rows
    assert (first.due, second.due) == (date(2026, 1, 30), date(2026, 3, 1))


def test_terms_with_a_discount_for_paying_early_give_it(tmp_path: Path) -> None:
    """P07: 2 % of 119.00 within ten days."""
    head = "number,customer,issued,currency,amount,terms"
    (row,) = export(tmp_path, f"{head}\nR-1,C1,2026-01-20,EUR,119.00,2/10 net 30\n").rows
    assert row.discount
    assert (row.discount.minor, row.discount.until) == (238, date(2026, 1, 30))


@pytest.mark.parametrize("text", ["whenever", "net 500", "30 moons", "(((", "[", "30 days \\"])
def test_terms_that_nobody_understands_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(DomainError, match="are no payment terms that are understood; write them"):
        read_terms(text)
    head = "number,customer,issued,currency,amount,terms"
    told = refusal(tmp_path, f"{head}\nR-1,C1,2026-01-20,EUR,119.00,{text}\n")
    assert told.startswith("in.csv:2: terms: ")
